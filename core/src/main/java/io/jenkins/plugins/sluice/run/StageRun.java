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
 */
public record StageRun(StageStatus status, Optional<Outcome> outcome, String detail, List<Attempt> attempts) {
    static final StageRun WAITING = new StageRun(StageStatus.WAITING, Optional.empty(), "", List.of());

    public StageRun {
        attempts = List.copyOf(attempts);
    }

    /** One try. */
    public record Attempt(int number, Instant startedAt, Optional<Instant> endedAt, Optional<AttemptResult> result) {}

    /** The last attempt that has ended. */
    public Optional<AttemptResult> lastResult() {
        for (int i = attempts.size() - 1; i >= 0; i--) {
            if (attempts.get(i).result().isPresent()) {
                return attempts.get(i).result();
            }
        }
        return Optional.empty();
    }

    /** From the start of the first attempt to the end of the last; zero if it never started. */
    public Duration duration() {
        if (attempts.isEmpty()) {
            return Duration.ZERO;
        }
        Attempt last = attempts.get(attempts.size() - 1);
        return Duration.between(attempts.get(0).startedAt(), last.endedAt().orElse(last.startedAt()));
    }
}
