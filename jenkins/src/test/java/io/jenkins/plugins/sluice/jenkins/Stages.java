package io.jenkins.plugins.sluice.jenkins;

import io.jenkins.plugins.sluice.handle.RunHandle;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.StageRun;
import io.jenkins.plugins.sluice.run.StageStatus;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** What has become of the stages of a build. */
final class Stages {
    private static final long PATIENCE = 120_000;
    private static final long PAUSE = 100;

    private Stages() {}

    static StageRun stage(WorkflowRun build, String id) {
        RunHandle run = SluiceAction.runOf(build).orElseThrow();
        synchronized (run) {
            return run.state().stage(run.state().find(id).orElseThrow());
        }
    }

    static Outcome outcome(WorkflowRun build, String id) {
        return stage(build, id).outcome().orElseThrow();
    }

    static void waitFor(WorkflowRun build, String id, StageStatus status) throws Exception {
        long end = System.currentTimeMillis() + PATIENCE;
        while (SluiceAction.runOf(build).isEmpty() || stage(build, id).status() != status) {
            if (System.currentTimeMillis() > end) {
                throw new AssertionError(id + " is not " + status + ": " + JenkinsRule.getLog(build));
            }
            Thread.sleep(PAUSE);
        }
    }
}
