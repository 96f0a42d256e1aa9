package io.jenkins.plugins.sluice.jenkins;

import static io.jenkins.plugins.sluice.jenkins.Stages.outcome;
import static io.jenkins.plugins.sluice.jenkins.Stages.stage;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Label;
import hudson.model.ParametersAction;
import hudson.model.Queue;
import hudson.model.Result;
import hudson.model.StringParameterValue;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.sluice.run.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Calendar;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.ClassRule;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.BuildWatcher;
import org.jvnet.hudson.test.JenkinsRule;

/** Where the stages of a run work, what they share there, and how their work is ended from outside. */
public class AgentsTest {
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
    public void filesGoFromOneAgentToAnotherWhileTwoPipelinesRunSideBySide() throws Exception {
        JENKINS.createOnlineSlave(Label.get("left"));
        JENKINS.createOnlineSlave(Label.get("right"));
        WorkflowJob job = repository(
                        "version: 1",
                        "pipelines:",
                        "  api:",
                        "    stages:",
                        "      - {name: make, agent: left, script: 'echo made by $NODE_NAME > made.txt', artifacts: [made.txt]}",
                        "      - {name: take, agent: right, script: 'cat made.txt; echo taken by $NODE_NAME'}",
                        "  web:",
                        "    stages:",
                        "      - {name: make, agent: right, script: echo done}")
                .job(JENKINS, "two-agents");
        WorkflowRun build = JENKINS.buildAndAssertSuccess(job);
        String log = JenkinsRule.getLog(build);
        assertThat(log).containsPattern("made by slave\\d+").containsPattern("taken by slave\\d+");
        assertThat(build.getArtifacts())
                .extracting(artifact -> artifact.relativePath)
                .containsExactly("api/make/made.txt");
    }

    @Test
    public void aFirstFailureEndsThePipelineThatWantsIt() throws Exception {
        WorkflowJob job = repository(
                        "version: 1",
                        "pipelines:",
                        "  web:",
                        "    failFast: true",
                        "    stages:",
                        "      - {name: quick, needs: [], script: 'while [ ! -f " + folder.getRoot()
                                + "/begun ]; do sleep 0.2; done; exit 1'}",
                        "      - {name: endless, needs: [], script: 'touch " + folder.getRoot()
                                + "/begun; sleep 300'}")
                .job(JENKINS, "fail-fast");
        WorkflowRun build = JENKINS.buildAndAssertStatus(Result.FAILURE, job);
        assertThat(outcome(build, "web/quick")).isEqualTo(Outcome.FAILED);
        assertThat(outcome(build, "web/endless")).isEqualTo(Outcome.ABORTED);
        assertThat(build.getDescription()).startsWith("web/quick failed");
    }

    @Test
    public void whoeverHoldsALockHasItAlone() throws Exception {
        Path log = folder.newFile().toPath();
        WorkflowJob job = repository(
                        "version: 1",
                        "pipelines:",
                        "  api:",
                        "    stages:",
                        "      - name: deploy",
                        "        lock: staging",
                        "        script: 'echo in >> " + log + "; sleep 2; echo out >> " + log + "'")
                .job(JENKINS, "lock", "which");
        WorkflowRun one = job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("which", "1")))
                .waitForStart();
        WorkflowRun two = job.scheduleBuild2(0, new ParametersAction(new StringParameterValue("which", "2")))
                .waitForStart();
        JENKINS.assertBuildStatusSuccess(JENKINS.waitForCompletion(one));
        JENKINS.assertBuildStatusSuccess(JENKINS.waitForCompletion(two));
        assertThat(Files.readAllLines(log)).containsExactly("in", "out", "in", "out");
    }

    @Test
    public void whatAlwaysRunsAlsoRunsAfterAnAbort() throws Exception {
        WorkflowJob job = repository(
                        "version: 1",
                        "pipelines:",
                        "  api:",
                        "    stages:",
                        "      - {name: long, script: 'echo begun; sleep 300'}",
                        "      - {name: next, script: echo never}",
                        "      - {name: clean, runs: always, script: echo cleaned up}")
                .job(JENKINS, "abort");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        JENKINS.waitForMessage("begun", build);
        build.getExecutor().interrupt();
        JENKINS.assertBuildStatus(Result.ABORTED, JENKINS.waitForCompletion(build));
        assertThat(outcome(build, "api/long")).isEqualTo(Outcome.ABORTED);
        assertThat(outcome(build, "api/next")).isEqualTo(Outcome.SKIPPED);
        assertThat(outcome(build, "api/clean")).isEqualTo(Outcome.SUCCEEDED);
        JENKINS.assertLogContains("cleaned up", build);
        assertThat(build.getDescription()).startsWith("api/long aborted");
    }

    @Test
    public void aStageIsTriedAgainOnAnotherAgentIfItsOwnIsLost() throws Exception {
        DumbSlave first = JENKINS.createSlave("shaky-1", "shaky", null);
        WorkflowJob job = repository(
                        "version: 1",
                        "pipelines:",
                        "  api:",
                        "    stages:",
                        "      - name: long",
                        "        agent: shaky",
                        "        retry: {attempts: 2, on: [agentLost]}",
                        "        script: 'test -f " + folder.getRoot() + "/again || { touch " + folder.getRoot()
                                + "/again; echo begun; sleep 300; }'")
                .job(JENKINS, "lost");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        JENKINS.waitForMessage("begun", build);
        JENKINS.jenkins.removeNode(first);
        JENKINS.createSlave("shaky-2", "shaky", null);
        JENKINS.assertBuildStatusSuccess(JENKINS.waitForCompletion(build));
        assertThat(stage(build, "api/long").attempts()).hasSize(2);
    }

    @Test
    public void aNodeThatIsOverGetsNoAgentAgain() throws Exception {
        WorkflowJob job = repository(
                        "version: 1",
                        "pipelines:",
                        "  api:",
                        "    stages:",
                        "      - {name: build, agent: late, script: 'true'}",
                        "      - {name: ask, gate: {}}")
                .job(JENKINS, "leftover");
        WorkflowRun build = job.scheduleBuild2(0).waitForStart();
        JENKINS.waitForMessage("Still waiting to schedule task", build);
        Queue.Task task = JENKINS.jenkins.getQueue().getItems()[0].task;
        assertThat(LeftoverTasks.isOver(task)).isFalse();
        JENKINS.createSlave("late-1", "late", null);
        Gates.asked(build);
        assertThat(LeftoverTasks.isOver(task)).isTrue();
        assertThat(LeftoverTasks.isOver(job)).isFalse();
        assertThat(new LeftoverTasks().canRun(new Queue.WaitingItem(Calendar.getInstance(), task, List.of())))
                .as("asked for since the start")
                .isNull();
        build.doStop();
        JENKINS.assertBuildStatus(Result.ABORTED, JENKINS.waitForCompletion(build));
    }
}
