package io.jenkins.plugins.sluice.gate;

import java.util.Arrays;
import java.util.Locale;

/** How a gate was decided. */
public enum Verdict {
    /** Enough people, or the program that was asked, said yes. */
    APPROVED,
    /** Somebody said no. */
    REJECTED,
    /** Nobody decided in time, and the gate says that this means yes. */
    APPROVED_BY_TIMEOUT,
    /** Nobody decided in time. */
    TIMED_OUT,
    /** A newer run of the branch made the question pointless. */
    SUPERSEDED,
    /** The run was stopped. */
    ABORTED,
    /** The question could not be asked: what it shows is not there, or the program cannot be reached. */
    NOT_ASKED;

    /** Whether the run goes on behind the gate. */
    public boolean isOpen() {
        return this == APPROVED || this == APPROVED_BY_TIMEOUT;
    }

    /** The word for people and for programs: {@code timed out}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /**
     * The verdict of that word.
     *
     * @throws IllegalArgumentException if there is none, with a reason for people
     */
    public static Verdict of(String word) {
        return Arrays.stream(values())
                .filter(verdict -> verdict.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no decision of a gate"));
    }
}
