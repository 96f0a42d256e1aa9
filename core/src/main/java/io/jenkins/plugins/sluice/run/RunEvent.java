package io.jenkins.plugins.sluice.run;

import java.time.Instant;

/**
 * Something that has happened in a run. The state of a run is a fold over its events ({@link RunState}); whoever keeps them
 * can rebuild it. Stages are named by {@link io.jenkins.plugins.sluice.plan.PlannedStage#id}.
 */
public sealed interface RunEvent {
    /** When it happened. */
    Instant at();

    /** The run began. */
    record RunStarted(String run, Instant at) implements RunEvent {}

    /** A stage will not run, or not be tried again. */
    record StageSkipped(String stage, String reason, Instant at) implements RunEvent {}

    /** An attempt at a stage began; attempts count from 1. */
    record AttemptStarted(String stage, int attempt, Instant at) implements RunEvent {}

    /** An attempt ended, with all that remains of it. */
    record AttemptEnded(String stage, int attempt, AttemptResult result, Instant at) implements RunEvent {}

    /** Someone wants the run to end. */
    record AbortRequested(String reason, Instant at) implements RunEvent {}

    /** The run is over. */
    record RunFinished(RunOutcome outcome, Instant at) implements RunEvent {}
}
