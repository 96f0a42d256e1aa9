package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.report.Timeline.Bar;
import io.jenkins.plugins.sluice.report.Timeline.Kind;
import io.jenkins.plugins.sluice.run.Outcome;
import java.util.Locale;
import java.util.Optional;

/** What the legend of a timeline may explain. */
enum Mark {
    SUCCEEDED("succeeded"),
    FAILED("failed"),
    ERRORED("errored"),
    ABORTED("aborted"),
    RUNNING("running"),
    ASKING("waits for people"),
    WAITING("waits for an agent, a lock or its next attempt"),
    CRITICAL("critical path"),
    CUT("nothing ran: drawn short");

    static final double SIZE = 11;
    /** From the start of the sample to the text. */
    static final double INDENT = 28;

    private final String words;

    Mark(String words) {
        this.words = words;
    }

    /** What a bar is marked as. */
    static Mark of(Bar bar) {
        if (bar.kind() == Kind.ASKING) {
            return ASKING;
        }
        return bar.outcome().map(Mark::of).orElse(RUNNING);
    }

    private static Mark of(Outcome outcome) {
        return switch (outcome) {
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
            case ERRORED -> ERRORED;
            case ABORTED, SKIPPED -> ABORTED;
        };
    }

    String words() {
        return words;
    }

    /** The CSS class. */
    String css() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The sign of attempts that went wrong: nobody has to tell colours apart. */
    Optional<StageLook> sign() {
        return this == FAILED || this == ERRORED || this == ABORTED
                ? Optional.of(StageLook.valueOf(name()))
                : Optional.empty();
    }

    double width() {
        return INDENT + TextWidth.regular(words, SIZE);
    }
}
