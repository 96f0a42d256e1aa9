package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunOutcome;
import java.util.Optional;

/** Endings in Jenkins' words. */
final class Endings {
    private Endings() {}

    /** The step that shows how a stage ended; empty if it went well. It does not change the result of the build. */
    static Optional<Call> of(PlannedStage stage, Outcome outcome, String detail) {
        String words = stage.id() + " " + outcome.word() + (detail.isEmpty() ? "" : ": " + detail);
        return switch (outcome) {
            case SUCCEEDED -> Optional.empty();
            case SKIPPED -> Optional.of(Call.of("echo", Call.arguments("message", words)));
            case FAILED, ERRORED ->
                Optional.of(marked(words, stage.stage().flow().allowFailure() ? "UNSTABLE" : "FAILURE"));
            case ABORTED -> Optional.of(marked(words, "ABORTED"));
        };
    }

    private static Call marked(String words, String result) {
        Call mark = Call.of("catchError", Call.arguments("buildResult", "SUCCESS", "stageResult", result));
        return Call.of("error", Call.arguments("message", words)).within(mark);
    }

    /** What a build is said to have come to. */
    static String result(RunOutcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> "SUCCESS";
            case UNSTABLE -> "UNSTABLE";
            case FAILED, ERRORED -> "FAILURE";
            case ABORTED -> "ABORTED";
        };
    }
}
