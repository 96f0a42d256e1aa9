package io.jenkins.plugins.sluice.cli.ask;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/**
 * What differs from run to run: time and chance.
 *
 * @param pause waits between attempts
 * @param random from 0 to 1
 */
record Surroundings(Clock clock, Pause pause, DoubleSupplier random) {

    static final Surroundings REAL = new Surroundings(
            Clock.systemUTC(),
            (duration, cancellation) -> cancellation.pause(duration),
            () -> ThreadLocalRandom.current().nextDouble());

    /** Waits that long, or until it is cancelled. */
    interface Pause {
        void pause(Duration duration, Cancellation cancellation) throws InterruptedException;
    }
}
