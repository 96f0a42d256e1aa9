package io.jenkins.plugins.sluice.cli.ask;

import java.time.Duration;
import java.util.Optional;

/** What comes of one attempt. */
sealed interface Attempt {

    /** Another attempt would change nothing. */
    record Ended(Reply reply) implements Attempt {

        static Ended failed(String reason) {
            return new Ended(new Reply.Failed(reason));
        }
    }

    /**
     * Another attempt may go better.
     *
     * @param why what went wrong with this one
     * @param after how long the other side asks to wait, if it does
     */
    record Again(String why, Optional<Duration> after) implements Attempt {}
}
