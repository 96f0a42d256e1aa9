package io.jenkins.plugins.sluice.cli.process;

import java.time.Duration;

/**
 * How long a process group may take.
 *
 * @param timeout until all of it is ended; {@link #FOREVER} for no limit
 * @param grace between the polite signal (TERM) and the final one (KILL)
 * @param leftovers how long background processes may outlive the main one
 */
public record Patience(Duration timeout, Duration grace, Duration leftovers) {

    /** Longer than any run; still short enough for arithmetic in nanoseconds. */
    public static final Duration FOREVER = Duration.ofDays(36_500);

    /** No limit, and usual times to come to an end. */
    public static final Patience UNLIMITED = new Patience(FOREVER, Duration.ofSeconds(10), Duration.ofSeconds(1));

    public Patience {
        timeout = shorter(timeout, FOREVER);
        grace = shorter(grace, FOREVER);
        leftovers = shorter(leftovers, FOREVER);
    }

    /** The same with another limit. */
    public Patience withTimeout(Duration limit) {
        return new Patience(limit, grace, leftovers);
    }

    /** The same with another time to heed TERM. */
    public Patience withGrace(Duration limit) {
        return new Patience(timeout, limit, leftovers);
    }

    /** The same with another time for background processes. */
    public Patience withLeftovers(Duration limit) {
        return new Patience(timeout, grace, limit);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
