package io.jenkins.plugins.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A build whose file names an image that turns it into a build. */
class FrontendsTest {
    private static final Site SITE = new Site(
            Optional.empty(),
            Optional.of("own.example/blubber:v1"),
            Optional.empty(),
            Site.Helm.DEFAULT,
            Optional.empty(),
            Map.of());

    private static AttemptResult build(String dockerfile, String arguments) {
        Policy policy = Policy.of(Map.of(Policy.Kind.FRONTEND, List.of("good.example/*")));
        ExecutionPlan plan = Plans.of("name: a, build: {dockerfile: Dockerfile, args: " + arguments + "}");
        RunValues.Facts facts = new RunValues.Facts(Map.of(), Map.of(), Trigger.unknown(), SITE, policy);
        StageProgram program =
                StageProgram.of(plan.stage(0), new RunValues(new RunState(plan), facts), List.of(), Map.of(), true);
        program.next();
        program.take(new InstructionResult.FileRead(Optional.of(dockerfile)));
        if (program.next().isPresent()) {
            program.take(new InstructionResult.ImageBuilt("sha256:0"));
        }
        program.next();
        return program.result();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# syntax=evil.example/x\nFROM a\n",
                "#  SYNTAX = evil.example/x trailing\nFROM a\n",
                "\n# escape=\\\n# syntax=good.example/x\n# syntax=evil.example/x\nFROM a\n",
                "//syntax=evil.example/x\n{}\n",
                "#!/usr/bin/env blubber\n# syntax=evil.example/x\n",
                "\uFEFF# syntax=evil.example/x\n",
                " {\"version\": \"v4\", \"syntax\": \"evil.example/x\"}",
                "{\"synt\\u0061x\": \"evil.exam\\u0070le/x\"}",
                "#!/usr/bin/env blubber\n{\"syntax\": \"evil.example/x\"}",
                "# a=b\u2028c\n# syntax=evil.example/x\nFROM a\n",
                "# a=b\rc\n# syntax=evil.example/x\nFROM a\n",
                "# a comment\r\n# syntax=evil.example/x\r\nFROM a\r\n"
            })
    void everyWayToNameOneIsSeen(String dockerfile) {
        AttemptResult result = build(dockerfile, "{A: b}");
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.detail())
                .isEqualTo("the policy does not allow the frontend 'evil.example/x'; allowed are: good.example/*");
    }

    @Test
    void argumentOfTheBuildCannotNameOneEither() {
        assertThat(build("FROM a\n", "{BUILDKIT_SYNTAX: evil.example/x}").detail())
                .contains("the frontend 'evil.example/x'");
        assertThat(build("FROM a\n", "{BUILDKIT_SYNTAX: ' evil.example/x good.example/x'}")
                        .detail())
                .contains("the frontend 'evil.example/x'");
    }

    @Test
    void whatLooksLikeOneHidesNoOther() {
        assertThat(build("{\"\\u0022syntax\\u0022:\": 1, \"syntax\": \"evil.example/x\"}", "{A: b}")
                        .outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void nameOfAnArgumentCannotHoldAnother() {
        assertThat(build("FROM a\n", "{'BUILDKIT_SYNTAX=evil.example/x ': good}")
                        .detail())
                .isEqualTo("'BUILDKIT_SYNTAX=evil.example/x ' is no name of a build argument");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FROM a\n# syntax=evil.example/x\n",
                "# syntax=good.example/x:v1\nFROM a\n",
                "# syntax=own.example/blubber:v1\nversion: v4\n",
                ""
            })
    void whatIsAllowedIsBuilt(String dockerfile) {
        assertThat(build(dockerfile, "{A: b}").outcome()).isEqualTo(Outcome.SUCCEEDED);
    }
}
