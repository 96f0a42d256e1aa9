package io.jenkins.plugins.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.plan.Policies;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineChangeTest {
    private static final Policy POLICY = Policies.policy("trusted: {users: [ada], groups: [build-team]}\n");

    private static boolean needsReview(List<String> changed, List<String> author, List<String> groups) {
        return PipelineChange.needsReview(POLICY, "ci/own.yaml", changed, author, groups);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {".pipeline/config.yaml", ".pipeline/a/b.sh", ".pipeline", ".Pipeline/config.yaml", "ci/own.yaml"
            })
    void changeOfThePipelineBySomeoneElseNeedsAReview(String path) {
        assertThat(needsReview(List.of("a.txt", path), List.of("eve"), List.of("users")))
                .isTrue();
    }

    @Test
    void nobodyKnownIsNobodyTrusted() {
        assertThat(needsReview(List.of(".pipeline/config.yaml"), List.of(), List.of()))
                .isTrue();
    }

    @Test
    void addressWithATrustedNameInItIsNotTrusted() {
        assertThat(needsReview(List.of(".pipeline/config.yaml"), List.of("ada@evil.example"), List.of()))
                .isTrue();
    }

    @Test
    void trustedUsersAndMembersOfTrustedGroupsNeedNone() {
        assertThat(needsReview(List.of(".pipeline/config.yaml"), List.of("x@example.org", "Ada"), List.of()))
                .isFalse();
        assertThat(needsReview(List.of(".pipeline/config.yaml"), List.of("bob"), List.of("build-team")))
                .isFalse();
    }

    @Test
    void otherChangesNeedNone() {
        assertThat(needsReview(List.of("src/.pipeline/x", ".pipelines/x", "config.yaml"), List.of("eve"), List.of()))
                .isFalse();
        assertThat(PipelineChange.needsReview(
                        Policy.OPEN, "", List.of(".pipeline/config.yaml"), List.of("eve"), List.of()))
                .isFalse();
    }

    @Test
    void everyStageNeedsTheGateAndTheOrderStays() {
        PipelineFile file = Policies.file(
                """
                version: 1
                pipelines:
                  policy: {stages: [{name: pipeline-change, script: x}]}
                  api:
                    needs: [policy]
                    matrix: {zone: [a, b]}
                    stages:
                      - {name: unit, script: x}
                      - {name: deploy, script: x}
                      - {name: tell, runs: onFailure, script: x}
                """);
        Policy.Trusted trusted = POLICY.trusted().orElseThrow();
        ExecutionPlan plan =
                Planner.plan(PipelineChange.reviewed(file, trusted, "it says ${nothing}"), Trigger.unknown());
        ExecutionPlan without = Planner.plan(file, Trigger.unknown());
        PlannedStage gate = plan.stage(0);
        assertThat(gate.id()).isEqualTo("policy-2/pipeline-change");
        assertThat(gate.needs()).isEmpty();
        Gate question = gate.stage().work().gate().orElseThrow();
        assertThat(question.message().references()).isEmpty();
        assertThat(question.approvers())
                .isEqualTo(new Gate.Approvers(List.of("ada"), List.of("build-team"), 1, List.of(Gate.Party.AUTHOR)));
        for (PlannedStage stage : plan.stages().subList(1, plan.stages().size())) {
            PlannedStage same = without.stage(stage.number() - 1);
            assertThat(stage.id()).isEqualTo(same.id());
            assertThat(stage.needs()).contains(0);
            assertThat(stage.needs().stream().filter(need -> need > 0).map(need -> need - 1))
                    .containsExactlyInAnyOrderElementsOf(same.needs());
        }
    }
}
