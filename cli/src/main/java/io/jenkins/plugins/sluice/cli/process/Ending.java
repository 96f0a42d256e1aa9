package io.jenkins.plugins.sluice.cli.process;

import java.time.Duration;

/** How a process group came to its end. */
public sealed interface Ending {

    /** True only for a program that said itself that all went well. */
    default boolean isSuccess() {
        return false;
    }

    /** The program ended on its own; {@code 128 + n} if signal {@code n} did it. */
    record Exited(int code) implements Ending {
        @Override
        public boolean isSuccess() {
            return code == 0;
        }
    }

    /** The time was up, so all of its processes were ended. */
    record TimedOut(Duration after) implements Ending {}

    /** {@link ProcessGroup#abort} was called, or the waiting thread was interrupted. */
    record Aborted() implements Ending {}
}
