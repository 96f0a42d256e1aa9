package io.jenkins.plugins.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.cli.Sluice.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that are commands of the site. */
class TriggerTest {
    @TempDir
    Path top;

    private Sluice sluice = new Sluice(Path.of("."));

    @BeforeEach
    void here() throws IOException {
        Files.createDirectories(top.resolve("work"));
        sluice = new Sluice(top.resolve("work"));
        sluice.file("../etc/docs.sh", "echo docs of \"$BRANCH\" in \"$(basename \"$PWD\")\"\nexit \"$CODE\"\n")
                .file("../etc/site.yaml", "jobs: {docs: sh docs.sh, later: 'sleep 1; echo \"$WHAT\" > later.txt'}\n")
                .with("SLUICE_SITE", "../etc/site.yaml");
    }

    private Said run(String trigger) {
        sluice.config("version: 1\npipelines: {p: {stages: [{name: a, trigger: " + trigger + "}]}}\n");
        return sluice.call("run");
    }

    @Test
    void commandRunsBesideTheFileOfTheSiteWithItsParameters() {
        Said said = run("{name: docs, wait: true, parameters: {BRANCH: 'main; rm -rf /', CODE: 0}}");
        assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(ExitCode.OK);
        assertThat(said.out()).contains("docs of main; rm -rf / in etc");
    }

    @Test
    void failureOfAJobThatIsWaitedForCountsUnlessItIsNotToPropagate() {
        Said failed = run("{name: docs, wait: true, parameters: {BRANCH: x, CODE: 3}}");
        assertThat(failed.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(failed.out()).contains("job docs: exit code 3");
        assertThat(run("{name: docs, wait: true, propagate: false, parameters: {BRANCH: x, CODE: 3}}")
                        .exitCode())
                .isEqualTo(ExitCode.OK);
    }

    @Test
    void jobThatNobodyWaitsForGoesOnAfterTheRun() throws IOException, InterruptedException {
        Instant start = Instant.now();
        Said said = run("{name: later, parameters: {WHAT: done}}");
        assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(ExitCode.OK);
        assertThat(said.out()).contains("the job 'later' goes on by itself; its output is in ");
        Path result = top.resolve("etc/later.txt");
        while ((!Files.exists(result) || Files.size(result) == 0)
                && Duration.between(start, Instant.now()).toSeconds() < 20) {
            Thread.sleep(50);
        }
        assertThat(result).hasContent("done");
    }

    @Test
    void parametersCannotTakeTheCommandOver() {
        for (String name : new String[] {"PATH", "LD_PRELOAD", "BASH_ENV", "GIT_SSH_COMMAND", "a-b", "IFS"}) {
            Said said = run("{name: docs, wait: true, parameters: {" + name + ": x}}");
            assertThat(said.exitCode()).as(name).isEqualTo(ExitCode.FAILED);
            assertThat(said.out()).contains("the parameter '" + name + "'");
        }
    }

    @Test
    void nameThatIsKnownOnlyInTheRunIsHeldAgainstSiteAndPolicyThen() {
        sluice.config(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: a, trigger: {name: "${setup.params.JOB}", wait: true, parameters: {CODE: 0, BRANCH: x}}}
                """);
        sluice.file("policy.yaml", "allowedTriggerJobs: [other, docs]\n").with("SLUICE_POLICY", "policy.yaml");
        assertThat(sluice.call("run", "--param", "JOB=docs").exitCode()).isEqualTo(ExitCode.OK);
        Said refused = sluice.call("run", "--param", "JOB=later");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.out()).contains("the policy does not allow the job 'later'; allowed are: other, docs");
        Said unknown = sluice.call("run", "--param", "JOB=other");
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(unknown.out()).contains("write 'jobs: {other: COMMAND}'");
    }
}
