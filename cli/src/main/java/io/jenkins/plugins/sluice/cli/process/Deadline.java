package io.jenkins.plugins.sluice.cli.process;

import java.time.Duration;

/** A moment on the monotonic clock, which no change of the system time moves. */
public record Deadline(long nanos) {

    /** The moment that far from now. */
    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** Whether it has come. */
    public boolean isOver() {
        return left() <= 0;
    }

    /** Nanoseconds until then, but never more than {@code atMost}. */
    public long left(Duration atMost) {
        return Math.max(0, Math.min(left(), atMost.toNanos()));
    }

    private long left() {
        return nanos - System.nanoTime();
    }
}
