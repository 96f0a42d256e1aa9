package io.jenkins.plugins.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {
    private final Problems problems = new Problems();

    private Policy read(String text) {
        return PolicyReader.read("policy.yaml", text.getBytes(StandardCharsets.UTF_8), problems);
    }

    @Test
    void everyListIsAllThatIsAllowedOfItsKind() {
        Policy policy = read(
                """
                allowedActions: [build, blubberfile, script]
                allowedTriggerJobs: [docs]
                allowedCredentials: []
                allowedFrontends: ['registry.example/blubber/*', 'docker/dockerfile:1']
                """);
        assertThat(problems.list()).isEmpty();
        assertThat(List.of(policy.allowsAction("build"), policy.allowsAction("publish")))
                .containsExactly(true, false);
        assertThat(List.of(policy.allowsJob("docs"), policy.allowsJob("doc"))).containsExactly(true, false);
        assertThat(policy.allowsCredential("token")).isFalse();
        assertThat(policy.allowsFrontend("registry.example/blubber/buildkit:v1"))
                .isTrue();
        assertThat(policy.allowsFrontend("docker/dockerfile:1")).isTrue();
        assertThat(policy.allowsFrontend("docker/dockerfile:1.7")).isFalse();
        assertThat(policy.allowsFrontend("registryXexample/blubber/x")).isFalse();
        assertThat(policy.allowsFrontend("evil.example/registry.example/blubber/x"))
                .isFalse();
    }

    @Test
    void emptyMapAllowsEverything() {
        assertThat(read("{}")).isEqualTo(Policy.OPEN);
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "~"})
    void fileThatHasLostItsContentIsAnError(String text) {
        read(text);
        assertThat(problems.hasErrors()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Action.Kind.class)
    void everyActionCanBeNamed(Action.Kind kind) {
        Policy policy = read("allowedActions: [" + kind.key() + "]\n");
        assertThat(problems.list()).isEmpty();
        assertThat(policy.allowsAction(kind.key())).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "text", "allowedActions: build", "allowedActions: [fly]", "allowdActions: []", "["})
    void whatIsWrongIsAProblemWithItsPlace(String text) {
        read(text);
        assertThat(problems.hasErrors()).isTrue();
        assertThat(problems.list().stream().map(Problem::toString).collect(Collectors.joining()))
                .startsWith("policy.yaml:1:");
    }
}
