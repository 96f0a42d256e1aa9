package io.jenkins.plugins.sluice.run;

import java.util.Locale;

/** How a whole run ended. */
public enum RunOutcome {
    SUCCEEDED,
    /** Nothing that counts has failed, but a stage that may fail did, or tests failed in a stage that went on. */
    UNSTABLE,
    FAILED,
    /** Nothing failed, but something could not be found out. */
    ERRORED,
    ABORTED;

    /** The word for people. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
