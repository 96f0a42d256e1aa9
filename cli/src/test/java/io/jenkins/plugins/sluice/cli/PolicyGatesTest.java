package io.jenkins.plugins.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.cli.Sluice.Said;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gates that a policy puts into a run on one machine, and the one for a change of the pipeline. */
class PolicyGatesTest {
    private static final String DEPLOYS =
            """
            version: 1
            pipelines:
              p:
                stages:
                  - {name: unit, script: 'true'}
                  - {name: deploy, agent: production, script: 'touch "$DONE"'}
                  - {name: clean, agent: production, runs: always, script: 'echo cleaned'}
            """;
    private static final String GATES =
            """
            gates:
              - name: production
                before: {agents: [production]}
                gate: {message: Change production, approvers: {users: [ada]}}
            """;

    @TempDir
    Path repository;

    private Sluice sluice = new Sluice(Path.of("."));

    @BeforeEach
    void here() {
        sluice = new Sluice(repository);
        sluice.with("DONE", repository.resolve("done").toString());
    }

    private void git(String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of("git", "-c", "user.name=Eve", "-c", "user.email=eve@example.org"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        assertThat(builder.start().waitFor()).isZero();
    }

    /** A repository whose pipeline Eve changes. */
    private void changed(String config) throws IOException, InterruptedException {
        sluice.config("version: 1\npipelines: {p: {stages: [{name: unit, script: make test}]}}\n")
                .file("trusted.yaml", "trusted: {users: [ada]}\n");
        git("init", "-q");
        git("add", ".");
        git("commit", "-qm", "one");
        sluice.config(config);
        git("add", ".");
        git("commit", "-qm", "two");
    }

    @Test
    void planShowsTheGateOfThePolicyAndLintHasNothingAgainstIt() {
        sluice.config(DEPLOYS).file("policy.yaml", GATES);
        Said plan = sluice.call("plan", "--policy", "policy.yaml");
        assertThat(plan.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(plan.out())
                .contains("p/production-deploy   gate: approval by ada; nothing is held; the policy asks for it")
                .contains("Change production");
        assertThat(sluice.call("lint", "--policy", "policy.yaml").exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void runWaitsAtTheGateAndGoesOnAfterAYes() {
        sluice.config(DEPLOYS).file("policy.yaml", GATES);
        assertThat(sluice.call("run", "--policy", "policy.yaml").exitCode()).isEqualTo(ExitCode.WAITING);
        assertThat(repository.resolve("done")).doesNotExist();
        assertThat(sluice.call("approve", "1", "production-deploy", "--as", "bob")
                        .exitCode())
                .isNotEqualTo(ExitCode.OK);
        assertThat(sluice.call("approve", "1", "production-deploy", "--as", "ada")
                        .exitCode())
                .isEqualTo(ExitCode.OK);
        assertThat(sluice.call("resume").exitCode()).isEqualTo(ExitCode.WAITING);
        assertThat(repository.resolve("done")).exists();
        assertThat(sluice.call("approve", "1", "production-clean", "--as", "ada")
                        .exitCode())
                .isEqualTo(ExitCode.OK);
        assertThat(sluice.call("resume").exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void nothingThatIsGuardedRunsAfterANo() {
        sluice.config(DEPLOYS).file("policy.yaml", GATES);
        assertThat(sluice.call("run", "--policy", "policy.yaml").exitCode()).isEqualTo(ExitCode.WAITING);
        assertThat(sluice.call("reject", "1", "production-deploy", "--as", "ada")
                        .exitCode())
                .isEqualTo(ExitCode.OK);
        assertThat(sluice.call("resume").exitCode()).isEqualTo(ExitCode.WAITING);
        assertThat(sluice.call("reject", "1", "production-clean", "--as", "ada").exitCode())
                .isEqualTo(ExitCode.OK);
        Said end = sluice.call("resume");
        assertThat(end.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(end.out()).contains("the policy asks for p/production-clean, and nobody approved that");
        assertThat(repository.resolve("done")).doesNotExist();
    }

    @Test
    void filesOfASharedWorkspaceTravelAcrossTheGateAndARepetitionKeepsTheApproval() {
        sluice.config(
                        """
                        version: 1
                        pipelines:
                          p:
                            workspace: shared
                            stages:
                              - {name: make, script: 'echo made > made.txt'}
                              - {name: deploy, agent: production, script: 'grep made made.txt'}
                              - {name: after, script: 'grep made made.txt'}
                        """)
                .file("policy.yaml", GATES);
        assertThat(sluice.call("run", "--policy", "policy.yaml").exitCode()).isEqualTo(ExitCode.WAITING);
        assertThat(sluice.call("approve", "1", "production-deploy", "--as", "ada")
                        .exitCode())
                .isEqualTo(ExitCode.OK);
        assertThat(sluice.call("resume").exitCode()).isEqualTo(ExitCode.OK);
        assertThat(sluice.call("rerun", "1", "--from", "p/deploy").exitCode()).isEqualTo(ExitCode.OK);
        Said fromTheStart = sluice.call("rerun", "1", "--from", "p/make");
        assertThat(fromTheStart.exitCode()).isEqualTo(ExitCode.WAITING);
    }

    @Test
    void whatAutoWouldGainIsSaidOfTheFileAlone() {
        sluice.config(DEPLOYS).file("policy.yaml", GATES);
        Said with = sluice.call("plan", "--what-if", "auto", "--policy", "policy.yaml");
        Said without = sluice.call("plan", "--what-if", "auto");
        assertThat(with.out().lines().takeWhile(line -> !line.isEmpty()))
                .containsExactlyElementsOf(
                        without.out().lines().takeWhile(line -> !line.isEmpty()).toList());
        assertThat(with.out()).contains("p/production-deploy");
    }

    @Test
    void runThatBeganBeforeThePolicyAskedForAGateDoesNotGoOn() {
        sluice.config(
                        """
                        version: 1
                        pipelines:
                          p:
                            stages:
                              - {name: ask, gate: {}}
                              - {name: deploy, agent: production, script: 'true'}
                        """)
                .file("policy.yaml", GATES);
        assertThat(sluice.call("run").exitCode()).isEqualTo(ExitCode.WAITING);
        assertThat(sluice.call("approve", "1", "ask").exitCode()).isEqualTo(ExitCode.OK);
        Said resumed = sluice.call("resume", "--policy", "policy.yaml");
        assertThat(resumed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(resumed.err()).contains("error[gate-missing]");
    }

    @Test
    void changeOfThePipelineWaitsForSomeoneWhoIsTrusted() throws Exception {
        changed("version: 1\npipelines: {p: {stages: [{name: unit, script: 'touch \"$DONE\"'}]}}\n");
        Said plan = sluice.call("plan", "--policy", "trusted.yaml", "--since", "HEAD~1");
        assertThat(plan.out())
                .contains("1 pipeline, 2 stages")
                .contains("policy/pipeline-change   gate: approval by ada")
                .contains("make test")
                .contains("touch");
        assertThat(sluice.call("run", "--policy", "trusted.yaml", "--since", "HEAD~1")
                        .exitCode())
                .isEqualTo(ExitCode.WAITING);
        assertThat(repository.resolve("done")).doesNotExist();
        Said gates = sluice.call("gates");
        assertThat(gates.out()).contains("pipeline-change").contains("What that does to the plan:");
        assertThat(sluice.call("approve", "1", "pipeline-change", "--as", "eve@example.org")
                        .exitCode())
                .isNotEqualTo(ExitCode.OK);
        assertThat(sluice.call("approve", "1", "pipeline-change", "--as", "ada").exitCode())
                .isEqualTo(ExitCode.OK);
        assertThat(sluice.call("resume").exitCode()).isEqualTo(ExitCode.OK);
        assertThat(repository.resolve("done")).exists();
    }

    @Test
    void changeBySomeoneTrustedAndOtherChangesDoNotWait() throws Exception {
        changed("version: 1\npipelines: {p: {stages: [{name: unit, script: 'true'}]}}\n");
        assertThat(sluice.call("run", "--policy", "trusted.yaml", "--since", "HEAD~1", "--author", "ada")
                        .exitCode())
                .isEqualTo(ExitCode.OK);
        assertThat(sluice.call("run", "--policy", "trusted.yaml", "--changed", "a.txt")
                        .exitCode())
                .isEqualTo(ExitCode.OK);
        assertThat(sluice.call("run", "--policy", "trusted.yaml").exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void commitOfSomeoneTrustedOnTopDoesNotHideTheChangeBelow() throws Exception {
        changed("version: 1\npipelines: {p: {stages: [{name: unit, script: 'true'}]}}\n");
        git("commit", "-qm", "three", "--allow-empty", "--author", "ada <ada>");
        assertThat(sluice.call("plan", "--policy", "trusted.yaml", "--since", "HEAD~2")
                        .out())
                .contains("pipeline-change");
        assertThat(sluice.call("plan", "--policy", "trusted.yaml", "--since", "HEAD~1")
                        .out())
                .doesNotContain("pipeline-change");
    }

    @Test
    void withoutARevisionTheWholePlanIsShown() throws Exception {
        changed("version: 1\npipelines: {p: {stages: [{name: unit, script: 'true'}]}}\n");
        assertThat(sluice.call("plan", "--policy", "trusted.yaml", "--changed", ".pipeline/x.sh")
                        .out())
                .contains("(.pipeline/x.sh)")
                .contains("this is the whole plan:");
    }
}
