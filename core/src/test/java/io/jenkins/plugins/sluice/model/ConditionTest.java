package io.jenkins.plugins.sluice.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
    private static final Trigger TRIGGER = new Trigger(
            Map.of("branch", "release/1.2", "event", "change"),
            Optional.of(List.of("services/api/pom.xml", "README.md")),
            Map.of("STAGE", "prod"));

    private static String whyNot(String when) {
        Problems problems = new Problems();
        String text = "version: 1\npipelines: {p: {stages: [{name: a, script: x, when: " + when + "}]}}\n";
        PipelineFile file =
                ModelReader.read("f", text.getBytes(UTF_8), problems).orElseThrow();
        assertThat(problems.list()).isEmpty();
        Stage stage = file.stage(new StageRef("p", "a")).orElseThrow();
        return stage.flow().when().orElseThrow().whyNot(TRIGGER).orElse("holds");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{branch: main} | branch is 'release/1.2', not main",
                "{branch: [main, 'release/*']} | holds",
                "{event: [push, change]} | holds",
                "{tag: true} | there is no tag",
                "{tag: false} | holds",
                "{tag: 'v*'} | there is no tag, not v*",
                "{changed: [libs/**, '**/*.md']} | holds",
                "{changed: docs/**} | nothing changed in docs/**",
                "{env: {STAGE: 'pr*'}} | holds",
                "{env: {STAGE: test}} | $STAGE does not match test",
                "{env: {NONE: x}} | $NONE is not set",
                "{not: {branch: main}} | holds",
                "{not: {event: change}} | 'event change' holds, and must not",
                "{any: [{branch: main}, {event: change}]} | holds",
                "{any: [{branch: main}, {event: push}]} | branch is 'release/1.2', not main and event is 'change', not push",
                "{all: [{event: change}, {branch: main}]} | branch is 'release/1.2', not main",
                "{event: change, branch: main} | branch is 'release/1.2', not main",
                "{not: {any: [{tag: true}, {env: {STAGE: prod}}]}} | 'a tag or $STAGE prod' holds, and must not",
            })
    void sayWhyTheyDoNotHold(String when, String expected) {
        assertThat(whyNot(when)).isEqualTo(expected);
    }
}
