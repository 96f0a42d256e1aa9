package io.jenkins.plugins.sluice.jenkins;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.sluice.handle.RunHandle;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.support.steps.input.InputAction;
import org.jenkinsci.plugins.workflow.support.steps.input.InputStepExecution;

/** Runs of the same job that are about the same branch, or the same change. */
final class NewerRuns {
    private static final Logger LOGGER = Logger.getLogger(NewerRuns.class.getName());

    private NewerRuns() {}

    /** Why a newer run has taken the place of this one, if it has. */
    static Optional<String> after(Run<?, ?> build, RunHandle run) {
        for (Run<?, ?> newer = build.getNextBuild(); newer != null; newer = newer.getNextBuild()) {
            Optional<RunHandle> other = SluiceAction.runOf(newer);
            if (other.isPresent() && !other.get().isRepetition() && isAboutTheSame(run, other.get())) {
                return Optional.of(words(newer));
            }
        }
        return Optional.empty();
    }

    private static String words(Run<?, ?> newer) {
        return "build " + newer.getNumber() + " has begun";
    }

    private static boolean isAboutTheSame(RunHandle one, RunHandle other) {
        return fact(one, "branch").equals(fact(other, "branch"))
                && fact(one, "change").equals(fact(other, "change"))
                && one.basis().pipelines().equals(other.basis().pipelines());
    }

    private static String fact(RunHandle run, String name) {
        return run.basis().trigger().fact(name);
    }

    /** Ends the waiting of older runs at gates where a newer one takes their place. */
    static void supersede(Run<?, ?> build, RunHandle run) {
        for (Run<?, ?> older = build.getPreviousBuildInProgress();
                older != null;
                older = older.getPreviousBuildInProgress()) {
            Optional<RunHandle> other = SluiceAction.runOf(older);
            InputAction questions = older.getAction(InputAction.class);
            if (other.isPresent() && questions != null && isAboutTheSame(run, other.get())) {
                end(questions, other.get(), words(build));
            }
        }
    }

    private static void end(InputAction questions, RunHandle run, String why) {
        try {
            for (InputStepExecution question : questions.getExecutions().toArray(InputStepExecution[]::new)) {
                if (run.isSupersedable(question.getId())) {
                    question.stop(new FlowInterruptedException(
                            Result.NOT_BUILT, false, Interruption.superseded(why)));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) { // what a step declares that is stopped
            LOGGER.log(Level.WARNING, "an older run still waits: " + run.key(), e);
        }
    }
}
