package io.jenkins.plugins.sluice.run;

import java.util.Locale;

/** How a stage, or an attempt at one, ended. */
public enum Outcome {
    /** The work said yes. */
    SUCCEEDED,
    /** The work said no: a command failed, or took too long. */
    FAILED,
    /** We could not find out: the machine, the network or the configuration got in the way. */
    ERRORED,
    /** Someone, or {@code failFast}, stopped it. */
    ABORTED,
    /** It did not run, for a reason that is always given. */
    SKIPPED;

    /** Whether later stages cannot build on it. */
    public boolean isTrouble() {
        return this == FAILED || this == ERRORED || this == ABORTED;
    }

    /** The word for people. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
