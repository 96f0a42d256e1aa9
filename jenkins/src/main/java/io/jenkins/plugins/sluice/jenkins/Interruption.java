package io.jenkins.plugins.sluice.jenkins;

import io.jenkins.plugins.sluice.handle.Failure;
import jenkins.model.CauseOfInterruption;

/** Why Sluice itself has ended a step. */
final class Interruption extends CauseOfInterruption {
    private static final long serialVersionUID = 1L;

    private final boolean superseded;
    private final String why;

    private Interruption(boolean superseded, String why) {
        this.superseded = superseded;
        this.why = why;
    }

    /** A stage is to end, and the run knows why. */
    static Interruption stopped() {
        return new Interruption(false, "Sluice has stopped the stage");
    }

    /** A newer run has taken the place of this one. */
    static Interruption superseded(String why) {
        return new Interruption(true, why);
    }

    Failure failure() {
        return Failure.of(superseded ? Failure.Kind.SUPERSEDED : Failure.Kind.STOPPED, why);
    }

    @Override
    public String getShortDescription() {
        return why;
    }
}
