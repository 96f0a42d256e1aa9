package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.gate.Vote;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that has happened in a run. The state of a run is a fold over its events ({@link RunState}); whoever keeps them
 * ({@link EventJson} is their written form) can rebuild it. Stages are named by
 * {@link io.jenkins.plugins.sluice.plan.PlannedStage#id}.
 */
public sealed interface RunEvent {
    /** When it happened. */
    Instant at();

    /** The run began. */
    record RunStarted(String run, Instant at) implements RunEvent {}

    /** The run goes on in another process than before. */
    record RunResumed(Instant at) implements RunEvent {}

    /** A stage will not run, or not be tried again. */
    record StageSkipped(String stage, String reason, Instant at) implements RunEvent {}

    /** The result of an earlier run stands for a stage of this one. */
    record ResultTaken(String stage, String fromRun, AttemptResult result, Instant at) implements RunEvent {}

    /** An attempt at a stage began; attempts count from 1. */
    record AttemptStarted(String stage, int attempt, Instant at) implements RunEvent {}

    /** An attempt ended, with all that remains of it. */
    record AttemptEnded(String stage, int attempt, AttemptResult result, Instant at) implements RunEvent {}

    /** Whoever did the work is gone, and nobody knows how far it came; there will be another attempt. */
    record AttemptLost(String stage, int attempt, String reason, Instant at) implements RunEvent {}

    /**
     * The files of a workspace are in the artifact store, so that the workspace itself need not stay.
     *
     * @param workspace the pipeline whose stages share it
     * @param digest of the list of its files
     * @param bytes how large the files are together
     */
    record WorkspaceKept(String workspace, String digest, long bytes, Instant at) implements RunEvent {}

    /**
     * It is a gate's turn: it asks its question, unless its decision follows at once because the question cannot be asked.
     *
     * @param question the message with its values filled in
     * @param shown the artifacts to decide upon
     * @param deadline when the time is over
     */
    record GateOpened(String stage, String question, List<KeptFile> shown, Optional<Instant> deadline, Instant at)
            implements RunEvent {
        public GateOpened {
            shown = List.copyOf(shown);
        }
    }

    /** The program that is to decide has got the question, and will answer later. */
    record QuestionAsked(String stage, Instant at) implements RunEvent {}

    /** A vote that counts. */
    record VoteCast(String stage, Vote vote, Instant at) implements RunEvent {}

    /** A vote that does not count, and why. */
    record VoteRefused(String stage, Vote vote, String reason, Instant at) implements RunEvent {}

    /** A gate has its decision, with the values that it leaves for later stages. */
    record GateDecided(String stage, Verdict verdict, AttemptResult result, Instant at) implements RunEvent {}

    /** Someone wants the run to end. */
    record AbortRequested(String reason, Instant at) implements RunEvent {}

    /** The run is over. */
    record RunFinished(RunOutcome outcome, Instant at) implements RunEvent {}
}
