package io.jenkins.plugins.sluice.jenkins;

import io.jenkins.plugins.sluice.handle.RunHandle;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.StageRun;
import io.jenkins.plugins.sluice.run.StageStatus;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/** What has become of the stages of a build. */
final class Stages {
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
        Waiting.waitUntil(
                build,
                id + " " + status,
                () -> SluiceAction.runOf(build).map(run -> stage(build, id)).filter(run -> run.status() == status));
    }
}
