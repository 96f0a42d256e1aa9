package io.jenkins.plugins.sluice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.Golden;
import io.jenkins.plugins.sluice.model.Enforcement;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.report.PlanJson;
import io.jenkins.plugins.sluice.report.PlanText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a policy adds to a plan. Each {@code policy/<case>.yaml} and {@code .policy} are planned as the files beside it say. */
class EnforcementTest {
    private static final String PRODUCTION =
            "gates: [{name: ok, before: {agents: [production]}, gate: {message: 'Sure?'}}]\n";

    static List<Path> fixtures() throws IOException {
        return Golden.files("policy", ".policy");
    }

    private static ExecutionPlan plan(Path policy) throws IOException {
        return Policies.plan(Files.readString(Golden.beside(policy, ".yaml")), Files.readString(policy));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void asText(Path policy) throws IOException {
        Golden.check(Golden.beside(policy, ".txt"), PlanText.of(plan(policy)));
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void asJson(Path policy) throws IOException {
        Golden.check(Golden.beside(policy, ".json"), PlanJson.of(plan(policy)));
    }

    private static List<String> needs(ExecutionPlan plan, String id) {
        PlannedStage stage = plan.stages().stream()
                .filter(s -> s.id().equals(id))
                .findFirst()
                .orElseThrow();
        return stage.needs().stream().map(need -> plan.stage(need).id()).toList();
    }

    private static List<String> ids(ExecutionPlan plan) {
        return plan.stages().stream().map(PlannedStage::id).toList();
    }

    @Test
    void policyWithoutGatesAndDefaultsChangesNothing() {
        PipelineFile file = Policies.file("version: 1\npipelines: {p: {stages: [{name: a, script: x}]}}\n");
        assertThat(Enforcement.of(file, Policies.policy("allowedActions: [script]")))
                .isSameAs(file);
    }

    @Test
    void gateNeedsWhatItsStageNeedsAndTheStageNeedsItToo() {
        ExecutionPlan plan = Policies.plan(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: unit, needs: [], script: x}
                      - {name: lint, needs: [], script: x}
                      - {name: deploy, needs: [unit, lint], agent: production, script: x}
                      - {name: after, needs: [deploy], script: x}
                """,
                PRODUCTION);
        assertThat(needs(plan, "p/ok-deploy")).containsExactly("p/unit", "p/lint");
        assertThat(needs(plan, "p/deploy")).containsExactly("p/unit", "p/lint", "p/ok-deploy");
        assertThat(needs(plan, "p/after")).containsExactly("p/deploy");
        assertThat(needs(plan, "p/lint")).isEmpty();
    }

    @Test
    void firstStageOfAPipelineWaitsForOtherPipelinesThroughItsGate() {
        ExecutionPlan plan = Policies.plan(
                """
                version: 1
                pipelines:
                  web: {needs: [api], agent: production, stages: [{name: go, script: x}]}
                  api: {stages: [{name: a, script: x}]}
                """,
                PRODUCTION);
        assertThat(needs(plan, "web/ok-go")).containsExactly("api/a");
        assertThat(needs(plan, "web/go")).containsExactly("web/ok-go");
    }

    @Test
    void stageOfTheFileKeepsItsName() {
        ExecutionPlan plan = Policies.plan(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: ok-deploy, script: x}
                      - {name: deploy, agent: production, script: x}
                      - {name: ok-deploy-2, script: x}
                """,
                PRODUCTION);
        assertThat(ids(plan)).containsExactly("p/ok-deploy", "p/ok-deploy-3", "p/deploy", "p/ok-deploy-2");
        assertThat(needs(plan, "p/deploy")).containsExactly("p/ok-deploy", "p/ok-deploy-3");
    }

    @Test
    void copiesOfAStageShareAGateAndCopiesOfAPipelineDoNot() {
        ExecutionPlan plan = Policies.plan(
                """
                version: 1
                pipelines:
                  p:
                    matrix: {zone: [a, b]}
                    stages:
                      - {name: unit, matrix: {node: ['18', '20']}, script: x}
                      - {name: deploy, agent: production, matrix: {part: [x, y]}, script: x}
                """,
                PRODUCTION);
        assertThat(ids(plan).stream().filter(id -> id.contains("ok-")))
                .containsExactly("p[zone=a]/ok-deploy", "p[zone=b]/ok-deploy");
        assertThat(needs(plan, "p[zone=a]/ok-deploy"))
                .containsExactly("p[zone=a]/unit[node=18]", "p[zone=a]/unit[node=20]");
        assertThat(needs(plan, "p[zone=b]/deploy[part=y]"))
                .contains("p[zone=b]/ok-deploy")
                .doesNotContain("p[zone=a]/ok-deploy");
    }

    @Test
    void everyConditionCounts() {
        ExecutionPlan plan = Policies.plan(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: plain, script: x}
                      - {name: secret, script: x, credentials: [{id: prod-key, variable: KEY}]}
                      - {name: job, trigger: {name: publish}}
                      - {name: any-but, agent: '!linux', script: x}
                      - {name: either, agent: linux || production, script: x}
                      - {name: other, agent: linux, script: x}
                """,
                "gates: [{name: ok, before: {actions: [trigger], agents: [prod*], credentials: ['prod-*']}, gate: {}}]\n");
        assertThat(ids(plan).stream().filter(id -> id.startsWith("p/ok-")))
                .containsExactly("p/ok-secret", "p/ok-job", "p/ok-any-but", "p/ok-either");
    }

    @Test
    void severalGatesStandSideBySide() {
        ExecutionPlan plan = Policies.plan(
                "version: 1\npipelines: {p: {stages: [{name: a, script: x}, {name: b, agent: q, script: x}]}}\n",
                """
                gates:
                  - {name: one, before: {agents: [q]}, gate: {}}
                  - {name: two, before: {agents: [q]}, gate: {}}
                """);
        assertThat(needs(plan, "p/two-b")).containsExactly("p/a");
        assertThat(needs(plan, "p/b")).containsExactly("p/a", "p/one-b", "p/two-b");
    }

    @Test
    void gateOfASkippedStageIsSkippedWithIt() {
        PipelineFile file = Policies.file(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: make, when: {branch: main}, script: x, outputs: {v: '1'}}
                      - {name: deploy, agent: production, script: 'echo ${make.v}'}
                """);
        ExecutionPlan plan = Policies.plan(file, Policies.policy(PRODUCTION));
        assertThat(plan.skips())
                .containsKeys("p/make", "p/deploy")
                .containsEntry("p/ok-deploy", "what it guards is skipped");
        ExecutionPlan onMain = Planner.plan(
                Enforcement.of(file, Policies.policy(PRODUCTION)),
                new Trigger(Map.of("branch", "main"), Optional.empty(), Map.of()));
        assertThat(onMain.skips()).isEmpty();
    }

    @Test
    void defaultsAreUsedWhereTheFileSaysNothing() {
        ExecutionPlan plan = Policies.plan(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: plain, script: x}
                      - {name: own, agent: mac, timeout: 1h, script: x}
                      - {name: ask, gate: {}}
                """,
                "{defaults: {agent: linux, timeout: 20m}, limits: {timeout: 2h}}");
        assertThat(plan.stage(0).stage().settings().agent()).isEqualTo("linux");
        assertThat(plan.stage(0).stage().settings().timeout()).contains(Duration.ofMinutes(20));
        assertThat(plan.stage(1).stage().settings().agent()).isEqualTo("mac");
        assertThat(plan.stage(1).stage().settings().timeout()).contains(Duration.ofHours(1));
        assertThat(plan.stage(2).stage().settings().timeout()).isEmpty();
    }

    @Test
    void stageWithoutATimeoutGetsTheLimit() {
        ExecutionPlan plan = Policies.plan(
                "version: 1\npipelines: {p: {stages: [{name: a, script: x}]}}\n", "limits: {timeout: 2h}");
        assertThat(plan.stage(0).stage().settings().timeout()).contains(Duration.ofHours(2));
    }

    @Test
    void whatThePolicyItselfGivesIsAllowed() {
        Policy policy = Policies.policy(
                """
                allowedAgents: [mac]
                allowedCredentials: []
                defaults: {agent: linux}
                limits: {timeout: 1h}
                gates:
                  - {name: ok, before: {actions: [script]}, gate: {ask: {url: 'https://a.example', secret: key}}}
                """);
        ExecutionPlan plan =
                Policies.plan(Policies.file("version: 1\npipelines: {p: {stages: [{name: a, script: x}]}}\n"), policy);
        Problems problems = new Problems();
        PolicyChecks.check(plan, policy, problems);
        assertThat(problems.list()).isEmpty();
    }

    @Test
    void pipelineThatInfersItsOrderInfersTheSame() {
        String file =
                """
                version: 1
                pipelines:
                  p:
                    execution: auto
                    stages:
                      - {name: unit, script: x, outputs: {v: '1'}}
                      - {name: deploy, agent: production, script: 'echo ${unit.v}'}
                      - {name: docs, script: y}
                """;
        ExecutionPlan plan = Policies.plan(file, PRODUCTION);
        assertThat(needs(plan, "p/docs")).isEmpty();
        assertThat(needs(plan, "p/ok-deploy")).containsExactly("p/unit");
    }
}
