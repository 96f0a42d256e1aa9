package io.jenkins.plugins.sluice.run;

import java.time.Instant;
import java.util.Optional;

/** What a host is to do next with the stages of a run. */
public sealed interface Decision {
    /**
     * Begin an attempt.
     *
     * @param attempt from 1
     * @param notBefore when the pause before it is over, whoever began to wait for it; empty if there is none
     */
    record Start(int stage, int attempt, Optional<Instant> notBefore) implements Decision {}

    /** Ask the question of a gate. */
    record Ask(int stage) implements Decision {}

    /** Take note that a stage will not run. */
    record Skip(int stage, String reason) implements Decision {}

    /** Stop a stage that runs, or that waits for its next attempt or for an answer. */
    record Abort(int stage, String reason) implements Decision {}

    /** Take note that the run is over. */
    record Finish(RunOutcome outcome) implements Decision {}
}
