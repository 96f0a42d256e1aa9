package io.jenkins.plugins.sluice.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What has become of a stage so far.
 *
 * @param outcome present once the status is finished
 * @param detail why it was skipped, or how its last attempt ended; empty if there is nothing to tell
 * @param attempts all attempts so far, in order
 * @param gate what has become of the question, if the stage is a gate that has asked it
 * @param taken the result of an earlier run that stands for this stage
 */
public record StageRun(
        StageStatus status,
        Optional<Outcome> outcome,
        String detail,
        List<Attempt> attempts,
        Optional<GateRun> gate,
        Optional<Taken> taken) {
    static final StageRun WAITING =
            new StageRun(StageStatus.WAITING, Optional.empty(), "", List.of(), Optional.empty(), Optional.empty());

    public StageRun {
        attempts = List.copyOf(attempts);
    }

    /** One try. */
    public record Attempt(int number, Instant startedAt, Optional<Instant> endedAt, Optional<AttemptResult> result) {
        /** Whether whoever did the work was gone before its end. */
        public boolean isLost() {
            return result.map(r -> r.cause().equals(AttemptResult.LOST)).orElse(false);
        }
    }

    /** A result that was taken over, and the run that it is from. */
    public record Taken(String run, AttemptResult result) {}

    StageRun running(List<Attempt> more) {
        return new StageRun(StageStatus.RUNNING, Optional.empty(), "", more, gate, taken);
    }

    StageRun paused(String why, List<Attempt> all) {
        return new StageRun(StageStatus.PAUSED, Optional.empty(), why, all, gate, taken);
    }

    StageRun asking(GateRun question) {
        return new StageRun(StageStatus.ASKING, Optional.empty(), "", attempts, Optional.of(question), taken);
    }

    StageRun finished(Outcome ending, String why) {
        return new StageRun(StageStatus.FINISHED, Optional.of(ending), why, attempts, gate, taken);
    }

    StageRun withAttempts(List<Attempt> all) {
        return new StageRun(status, outcome, detail, all, gate, taken);
    }

    StageRun withGate(GateRun other) {
        return new StageRun(status, outcome, detail, attempts, Optional.of(other), taken);
    }

    StageRun withTaken(Taken other) {
        return new StageRun(status, outcome, detail, attempts, gate, Optional.of(other));
    }

    /** The result that later stages build on: that of the last attempt that has ended, of the gate, or of the earlier run. */
    public Optional<AttemptResult> lastResult() {
        if (taken.isPresent()) {
            return taken.map(Taken::result);
        }
        if (gate.isPresent()) {
            return gate.flatMap(GateRun::decision).map(GateRun.Decided::result);
        }
        for (int i = attempts.size() - 1; i >= 0; i--) {
            if (attempts.get(i).result().isPresent()) {
                return attempts.get(i).result();
            }
        }
        return Optional.empty();
    }

    /** When the last attempt ended. */
    Optional<Instant> lastEnd() {
        return attempts.isEmpty()
                ? Optional.empty()
                : attempts.get(attempts.size() - 1).endedAt();
    }

    /** How many attempts count against {@code retry}: all but those that were lost. */
    int countedAttempts() {
        return (int) attempts.stream().filter(attempt -> !attempt.isLost()).count();
    }

    /** From the start of the first attempt, or from the question, to the end; zero if it never started or has not ended. */
    public Duration duration() {
        if (gate.isPresent()) {
            Instant opened = gate.get().openedAt();
            return Duration.between(opened, gate.get().closedAt().orElse(opened));
        }
        if (attempts.isEmpty()) {
            return Duration.ZERO;
        }
        Attempt last = attempts.get(attempts.size() - 1);
        return Duration.between(attempts.get(0).startedAt(), last.endedAt().orElse(last.startedAt()));
    }
}
