package io.jenkins.plugins.sluice.jenkins;

import hudson.AbortException;
import hudson.model.User;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.RequestAbortedException;
import io.jenkins.plugins.sluice.handle.Failure;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.support.steps.input.Rejection;

/** What exceptions of Jenkins' steps mean. */
final class Failures {
    private static final Pattern EXIT_CODE = Pattern.compile("script returned exit code (-?\\d+)");

    /** Causes and exceptions that say that an agent is gone; some of their classes are not for others to name. */
    private static final Pattern LOST = Pattern.compile(
            ".*\\$RemovedNode(Timeout)?Cause|.*AgentOfflineException|.*\\$RetryableCauseOfInterruption");

    private static final String TIMEOUT = "TimeoutStepExecution$ExceededTimeout";

    private Failures() {}

    static Failure of(Throwable trouble) {
        if (trouble instanceof FlowInterruptedException interrupted) {
            return interrupted(interrupted);
        }
        for (Throwable cause = trouble; cause != null; cause = cause.getCause()) {
            if (isLoss(cause)) {
                return Failure.of(Failure.Kind.AGENT_LOST, "the agent went away: " + words(trouble));
            }
        }
        if (trouble instanceof InterruptedException) {
            return Failure.of(Failure.Kind.ABORTED, "interrupted");
        }
        Matcher exited = EXIT_CODE.matcher(words(trouble));
        if (trouble instanceof AbortException && exited.matches()) {
            return new Failure(Failure.Kind.EXITED, words(trouble), Integer.parseInt(exited.group(1)));
        }
        return Failure.of(Failure.Kind.BROKEN, words(trouble));
    }

    private static boolean isLoss(Throwable cause) {
        return cause instanceof ChannelClosedException
                || cause instanceof RequestAbortedException
                || cause instanceof ClosedChannelException
                || LOST.matcher(cause.getClass().getName()).matches();
    }

    private static Failure interrupted(FlowInterruptedException interrupted) {
        List<CauseOfInterruption> causes = interrupted.getCauses();
        for (CauseOfInterruption cause : causes) {
            if (cause instanceof Interruption ours) {
                return ours.failure();
            }
            if (cause instanceof Rejection rejection) {
                User user = rejection.getUser();
                return Failure.of(Failure.Kind.REJECTED, user == null ? "" : user.getId());
            }
            if (cause.getClass().getName().endsWith(TIMEOUT)) {
                return Failure.of(Failure.Kind.TIMED_OUT, cause.getShortDescription());
            }
            if (LOST.matcher(cause.getClass().getName()).matches()) {
                return Failure.of(Failure.Kind.AGENT_LOST, cause.getShortDescription());
            }
        }
        String why = causes.isEmpty() ? "interrupted" : causes.get(0).getShortDescription();
        return Failure.of(Failure.Kind.ABORTED, why);
    }

    static String words(Throwable trouble) {
        String message = trouble.getMessage();
        return message == null || message.isBlank() ? trouble.getClass().getName() : message;
    }
}
