package io.jenkins.plugins.sluice.cli.local;

import java.time.Duration;

/**
 * How long a process group may take.
 *
 * @param timeout until all of it is ended; {@link #FOREVER} for no limit
 * @param grace between the polite signal (TERM) and the final one (KILL)
 * @param leftovers how long background processes may outlive the main one
 */
record Patience(Duration timeout, Duration grace, Duration leftovers) {

    /** Longer than any run; still short enough for arithmetic in nanoseconds. */
    static final Duration FOREVER = Duration.ofDays(36_500);

    static final Patience UNLIMITED = new Patience(FOREVER, Duration.ofSeconds(10), Duration.ofSeconds(1));

    Patience {
        timeout = shorter(timeout, FOREVER);
        grace = shorter(grace, FOREVER);
        leftovers = shorter(leftovers, FOREVER);
    }

    Patience withTimeout(Duration limit) {
        return new Patience(limit, grace, leftovers);
    }

    Patience withGrace(Duration limit) {
        return new Patience(timeout, limit, leftovers);
    }

    Patience withLeftovers(Duration limit) {
        return new Patience(timeout, grace, limit);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
