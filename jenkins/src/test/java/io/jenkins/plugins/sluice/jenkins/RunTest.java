package io.jenkins.plugins.sluice.jenkins;

import static io.jenkins.plugins.sluice.jenkins.Stages.outcome;
import static io.jenkins.plugins.sluice.jenkins.Stages.stage;
import static io.jenkins.plugins.sluice.jenkins.Stages.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.StageStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;

/** Runs as the owner of a repository sees them. */
public class RunTest {
    @ClassRule
    public static final BuildWatcher WATCHER = new BuildWatcher();

    @ClassRule
    public static final JenkinsRule JENKINS = new JenkinsRule();

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private Repository repository(String... yaml) throws Exception {
        return Repository.of(folder.newFolder().toPath(), yaml);
    }

    @Test
    public void oneLineIsEnough() throws Exception {
        WorkflowJob job = repository(
                        "version: 1", "pipelines:", "  api:", "    stages:", "      - {name: hello, script: echo good day}")
                .job(JENKINS, "one-line");
        WorkflowRun build = JENKINS.buildAndAssertSuccess(job);
        JENKINS.assertLogContains("good day", build);
        assertThat(outcome(build, "api/hello")).isEqualTo(Outcome.SUCCEEDED);
        assertThat(build.getDescription()).isNull();
    }

    @Test
    public void dryRunOnlyShowsThePlan() throws Exception {
        WorkflowJob job = repository(
                        "version: 1", "pipelines:", "  api:", "    stages:", "      - {name: hello, script: echo good day}")
                .write("Jenkinsfile", "sluice(dryRun: true)")
                .commit()
                .job(JENKINS, "dry-run");
        WorkflowRun build = JENKINS.buildAndAssertSuccess(job);
        JENKINS.assertLogContains("api/hello", build);
        JENKINS.assertLogNotContains("good day", build);
        assertThat(SluiceAction.runOf(build)).isEmpty();
    }

    @Test
    public void onePipelineCanBeChosen() throws Exception {
        WorkflowJob job = repository(
                        "version: 1",
                        "pipelines:",
                        "  api: {stages: [{name: hello, script: echo this is api}]}",
                        "  web: {stages: [{name: hello, script: echo this is web}]}")
                .write("Jenkinsfile", "sluice(pipeline: 'web')")
                .commit()
                .job(JENKINS, "chosen");
        WorkflowRun build = JENKINS.buildAndAssertSuccess(job);
        JENKINS.assertLogContains("this is web", build);
        JENKINS.assertLogNotContains("this is api", build);
    }

    @Test
    public void aRunBeginsAtAStageOfAnEarlierOne() throws Exception {
        Path marker = folder.newFolder().toPath().resolve("mended");
        WorkflowJob job = repository(
                        "version: 1",
                        "pipelines:",
                        "  api:",
                        "    stages:",
                        "      - {name: build, agent: '', script: 'echo built in $BUILD_NUMBER | tee built.txt', artifacts: [built.txt]}",
                        "      - {name: hold, gate: {message: 'On?', timeout: 2s, onTimeout: approve}}",
                        "      - {name: deploy, script: 'cat built.txt; test -f " + marker + "'}")
                .job(JENKINS, "from", "from");
        WorkflowRun first = JENKINS.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(first.getDescription()).isEqualTo("api/deploy failed: exit code 1");
        Files.createFile(marker);
        WorkflowRun second = JENKINS.assertBuildStatusSuccess(job.scheduleBuild2(
                0, new ParametersAction(new StringParameterValue("from", first.getNumber() + "/deploy"))));
        JENKINS.assertLogContains("built in 1", second);
        JENKINS.assertLogNotContains("built in 2", second);
        assertThat(stage(second, "api/build").taken()).isPresent();
        String page = new Gates(JENKINS).page("", second.getUrl() + "sluice/");
        assertThat(page).contains("taken over from build 1", "../../1/artifact/api/build/built.txt");
        assertThat(new Gates(JENKINS).page("", second.getUrl() + "sluice/../../1/artifact/api/build/built.txt"))
                .contains("built in 1");
    }

    @Test
    public void whatThePolicyForbidsDoesNotBegin() throws Exception {
        WorkflowJob job = repository(
                        "version: 1",
                        "pipelines:",
                        "  api:",
                        "    stages:",
                        "      - {name: hello, script: echo good day}",
                        "      - {name: other, trigger: {name: elsewhere}}")
                .job(JENKINS, "forbidden");
        SluiceConfiguration settings = SluiceConfiguration.get();
        settings.setPolicies(List.of(new JobPolicy("for*", "allowedActions: [script]")));
        try {
            WorkflowRun build = JENKINS.buildAndAssertStatus(Result.FAILURE, job);
            JENKINS.assertLogContains(".pipeline/config.yaml:6:23: error[not-allowed]", build);
            JENKINS.assertLogNotContains("good day", build);
        } finally {
            settings.setPolicies(List.of());
        }
    }

    @Test
    public void thePageShowsARunWhileItGoesOnAndEscapesWhatOthersWrote() throws Exception {
        WorkflowJob job = repository(
                        "version: 1",
                        "pipelines:",
                        "  api:",
                        "    stages:",
                        "      - {name: make, script: 'echo x > \"a&b.txt\"', artifacts: ['a&b.txt']}",
                        "      - name: ask",
                        "        gate: {message: '<script>alert(1)</script> \"go\" & on?', show: ['a&b.txt'], supersede: true}",
                        "      - {name: after, script: echo no}")
                .job(JENKINS, "hostile");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        waitFor(build, "api/ask", StageStatus.ASKING);
        Gates gates = new Gates(JENKINS);
        for (String path : List.of("sluice/", "sluice/parts")) {
            String page = gates.page("", build.getUrl() + path);
            assertThat(page)
                    .contains("&lt;script>alert(1)&lt;/script> \"go\" &amp; on?")
                    .contains("../artifact/api/make/a&amp;b.txt", "Decide", "agent (any)", "data-over=\"false\"")
                    .doesNotContain("alert(1)</script>");
        }
        assertThat(gates.page("", build.getUrl() + "artifact/api/make/a&b.txt")).isEqualTo("x\n");
        assertThat(gates.page("", build.getUrl())).contains("1 of 3 stages done; waits at api/ask");
        assertThat(gates.page("", build.getUrl() + "sluice/api/json")).contains("\"status\" : \"asking\"");
        assertThat(gates.page("", build.getUrl() + "sluice/parts"))
                .as("nothing that a content security policy forbids")
                .doesNotContain("style=", "onclick", "<script");

        WorkflowRun newer = job.scheduleBuild2(0).waitForStart();
        JENKINS.waitForCompletion(build);
        assertThat(outcome(build, "api/ask")).isNotEqualTo(Outcome.SUCCEEDED);
        JENKINS.assertLogContains("build 2 has begun", build);
        assertThat(build.getDescription()).startsWith("api/ask").doesNotContain("<");
        waitFor(newer, "api/ask", StageStatus.ASKING);
        newer.getExecutor().interrupt();
        JENKINS.assertBuildStatus(Result.ABORTED, JENKINS.waitForCompletion(newer));
        assertThat(RunPage.of(SluiceAction.runOf(newer).orElseThrow(), Instant.now()).isOver())
                .isTrue();
    }
}
