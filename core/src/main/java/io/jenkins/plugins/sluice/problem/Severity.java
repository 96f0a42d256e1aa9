package io.jenkins.plugins.sluice.problem;

import java.util.Locale;

/** How much a {@link Problem} weighs: an error stops the file from being planned, a warning does not. */
public enum Severity {
    /** The file cannot be planned or run as it is. */
    ERROR,
    /** The file works, but probably not as its author thinks. */
    WARNING;

    /** The word for people: {@code error} or {@code warning}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
