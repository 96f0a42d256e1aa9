package io.jenkins.plugins.sluice.cli.ask;

import java.time.Duration;

/**
 * How patiently questions are posted.
 *
 * @param connect until there is a connection
 * @param response until the whole response is there, connecting included
 * @param attempts how often to try, at least once
 * @param pause how long to wait after the first attempt, give or take a quarter; twice as long after each further one
 */
public record PostLimits(Duration connect, Duration response, int attempts, Duration pause) {

    /** Ten seconds, half a minute, five attempts, and pauses of 1, 2, 4 and 8 seconds. */
    public static final PostLimits DEFAULT =
            new PostLimits(Duration.ofSeconds(10), Duration.ofSeconds(30), 5, Duration.ofSeconds(1));

    private static final int MOST_DOUBLINGS = 16;

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException if there would be no attempt or no time for one
     */
    public PostLimits {
        if (attempts < 1 || pause.isNegative() || !isPositive(connect) || !isPositive(response)) {
            throw new IllegalArgumentException("an attempt needs time, and there must be one");
        }
    }

    private static boolean isPositive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }

    /**
     * The pause after an attempt.
     *
     * @param attempt counts from one
     * @param random from 0 to 1; 0.5 gives the middle. Without chance, all who were sent away would come back together
     */
    Duration pauseAfter(int attempt, double random) {
        Duration middle = pause.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
        return Duration.ofMillis(Math.round(middle.toMillis() * (0.75 + random / 2)));
    }
}
