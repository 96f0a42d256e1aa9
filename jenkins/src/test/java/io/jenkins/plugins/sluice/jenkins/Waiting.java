package io.jenkins.plugins.sluice.jenkins;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jvnet.hudson.test.JenkinsRule;

/** Patience with builds. */
final class Waiting {
    private static final long PATIENCE_MILLIS = 120_000;
    private static final long PAUSE_MILLIS = 100;

    private Waiting() {}

    /**
     * Waits until something is there, and gives it.
     *
     * @param what is waited for, for whoever reads that it never came
     */
    static <T> T waitUntil(WorkflowRun build, String what, Callable<Optional<T>> look) throws Exception {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (true) {
            // Asked first: what is not there when the build is over already will never be.
            boolean last = !build.isBuilding() || System.currentTimeMillis() > end;
            Optional<T> found = look.call();
            if (found.isPresent()) {
                return found.get();
            }
            if (last) {
                throw new AssertionError("not " + what + ": " + JenkinsRule.getLog(build));
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
