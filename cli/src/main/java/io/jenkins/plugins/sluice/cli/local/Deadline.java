package io.jenkins.plugins.sluice.cli.local;

import java.time.Duration;

/** A moment on the monotonic clock, which no change of the system time moves. */
record Deadline(long nanos) {

    static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    boolean isOver() {
        return left() <= 0;
    }

    /** Nanoseconds until then, but never more than {@code atMost}. */
    long left(Duration atMost) {
        return Math.max(0, Math.min(left(), atMost.toNanos()));
    }

    private long left() {
        return nanos - System.nanoTime();
    }
}
