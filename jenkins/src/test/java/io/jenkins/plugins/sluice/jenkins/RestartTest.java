package io.jenkins.plugins.sluice.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.TemporaryFolder;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsSessionRule;

/** A run outlives its controller. */
public class RestartTest {
    @Rule
    public JenkinsSessionRule sessions = new JenkinsSessionRule();

    @Rule
    public TemporaryFolder folder = new TemporaryFolder();

    private static WorkflowRun build(JenkinsRule jenkins) {
        return jenkins.jenkins.getItemByFullName("waits", WorkflowJob.class).getBuildByNumber(1);
    }

    @Test
    public void aGateWaitsThroughRestarts() throws Throwable {
        sessions.then(jenkins -> {
            jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
            WorkflowRun build = Repository.of(
                            folder.newFolder().toPath(),
                            "version: 1",
                            "pipelines:",
                            "  api:",
                            "    stages:",
                            "      - {name: make, script: echo made > made.txt, artifacts: [made.txt]}",
                            "      - {name: ask, gate: {message: 'Go on?', show: [made.txt], approvers: {users: [ann, bob], count: 2}}}",
                            "      - {name: deploy, script: cat made.txt; echo deployed}")
                    .job(jenkins, "waits")
                    .scheduleBuild2(0)
                    .waitForStart();
            Gates.asked(build);
            assertThat(new Gates(jenkins).vote(build, "ann", "approve", Map.of())).isLessThan(400);
            jenkins.waitForMessage("ann approves; 1 more to come", build);
            Gates.asked(build);
        });
        sessions.then(jenkins -> {
            String page = new Gates(jenkins).page("bob", build(jenkins).getUrl() + "sluice/");
            assertThat(page).contains("Go on?", "<b>ann</b>", "1 of 2 approvals", "../artifact/api/make/made.txt");
        });
        sessions.then(jenkins -> {
            WorkflowRun build = build(jenkins);
            Gates.asked(build);
            new Gates(jenkins).vote(build, "bob", "approve", Map.of());
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(build));
            jenkins.assertLogContains("deployed", build);
        });
        sessions.then(jenkins -> assertThat(new Gates(jenkins).page("bob", build(jenkins).getUrl() + "sluice/"))
                .contains("data-over=\"true\"", "3 succeeded", "Audit trail"));
    }
}
