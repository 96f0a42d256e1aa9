package io.jenkins.plugins.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.sluice.cli.Sluice.Said;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An administrator's files, from the command line to the run. */
class SiteAndPolicyTest {
    private static final String TRIGGERS =
            """
            version: 1
            pipelines:
              p:
                stages:
                  - {name: docs, trigger: {name: publish-docs, wait: true}}
            """;

    @TempDir
    Path repository;

    private Sluice sluice = new Sluice(Path.of("."));

    @BeforeEach
    void here() {
        sluice = new Sluice(repository);
    }

    @Test
    void onlyARunDemandsTheSettings() {
        sluice.config(TRIGGERS);
        assertThat(sluice.call("lint").exitCode()).isEqualTo(ExitCode.OK);
        assertThat(sluice.call("plan").exitCode()).isEqualTo(ExitCode.OK);
        Said run = sluice.call("run");
        assertThat(run.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(run.err())
                .contains(".pipeline/config.yaml:5:38: error[missing-setting]")
                .contains("hint: write 'jobs: {publish-docs: COMMAND}' into the file given with --site");
    }

    @Test
    void planWithSettingsIsHeldAgainstThem() {
        sluice.config(TRIGGERS).file("site.yaml", "jobs: {other: 'true'}\n");
        Said plan = sluice.call("plan", "--site", "site.yaml");
        assertThat(plan.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(plan.err()).contains("error[missing-setting]");
    }

    @Test
    void whatIsWrongWithTheFilesIsSaidLikeOfAnyOther() {
        sluice.config("version: 1\npipelines: {p: {stages: [{name: a, script: 'true'}]}}\n")
                .file("site.yaml", "registry: {hots: x}\n")
                .file("policy.yaml", "allowedActions: [scirpt]\n")
                .with("SLUICE_SITE", "site.yaml")
                .with("SLUICE_POLICY", "policy.yaml");
        for (String command : new String[] {"lint", "plan", "run"}) {
            Said said = sluice.call(command);
            assertThat(said.exitCode()).as(command).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(said.out() + said.err())
                    .contains("site.yaml:1:12: error[unknown-key] registry.hots")
                    .contains("policy.yaml:1:18: error[invalid-value]");
        }
        assertThat(sluice.call("run", "--site", "none.yaml").err()).contains("none.yaml:1:1: error[file-unreadable]");
    }

    @Test
    void policyIsEnforcedByEveryCommand() {
        sluice.config(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - name: a
                        script: 'true'
                        credentials: [{id: token, variable: TOKEN}]
                      - {name: ask, gate: {}}
                      - {name: b, script: 'true'}
                """);
        sluice.file("policy.yaml", "{allowedActions: [script], allowedCredentials: [other]}\n")
                .file("open.yaml", "allowedCredentials: [token]\n")
                .file("closed.yaml", "allowedActions: [build]\n")
                .with("SLUICE_SECRET_TOKEN", "a-long-secret");
        for (String command : new String[] {"lint", "plan", "run"}) {
            Said said = sluice.call(command, "--policy", "policy.yaml");
            assertThat(said.exitCode()).as(command).isEqualTo(ExitCode.BAD_INPUT);
            assertThat(said.out() + said.err())
                    .contains("7:28: error[not-allowed]")
                    .contains("hint: allowed are: other");
        }
        assertThat(sluice.call("run", "--policy", "open.yaml").exitCode()).isEqualTo(ExitCode.WAITING);
        assertThat(sluice.call("approve", "1", "ask").exitCode()).isEqualTo(ExitCode.OK);
        Said resumed = sluice.call("resume", "--policy", "closed.yaml");
        assertThat(resumed.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(resumed.err()).contains("error[not-allowed]").contains("allowed are: build");
        assertThat(sluice.call("resume").exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void runKeepsTheSettingsThatItBeganWith() throws IOException {
        sluice.config("version: 1\npipelines: {p: {stages: [{name: a, script: 'true'}]}}\n")
                .file("etc/site.yaml", "mail: {host: mail.example, from: ci@example.org, credential: mail}\n");
        assertThat(sluice.call("run", "--site", "etc/site.yaml").exitCode()).isEqualTo(ExitCode.OK);
        assertThat(new ObjectMapper()
                        .readTree(repository.resolve(".sluice/runs/1/run.json").toFile())
                        .path("site")
                        .path("text")
                        .asText())
                .startsWith("mail: {host: mail.example");
        sluice.file("etc/site.yaml", "broken: [\n");
        assertThat(sluice.call("rerun", "1", "--from", "p/a").exitCode()).isEqualTo(ExitCode.OK);
    }

    @Test
    void credentialOfTheSiteThatIsNotThereIsToldAtItsPlace() {
        sluice.config(
                        "version: 1\npipelines: {p: {stages: [{name: a, script: x, notify: {email: {to: a@b.example}}}]}}\n")
                .file("site.yaml", "mail: {host: mail.example, from: ci@example.org, credential: mail-bot}\n");
        Said said = sluice.call("run", "--site", "site.yaml");
        assertThat(said.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.err())
                .contains("site.yaml:1:62: error[missing-secret] mail.credential")
                .contains("SLUICE_SECRET_MAIL_BOT_USERNAME and SLUICE_SECRET_MAIL_BOT_PASSWORD");
    }
}
