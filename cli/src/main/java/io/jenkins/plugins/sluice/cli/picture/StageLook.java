package io.jenkins.plugins.sluice.cli.picture;

import java.util.Locale;

/** How far a stage has come, as far as a picture shows it: a colour, a sign at the corner, and a word in the tooltip. */
public enum StageLook {
    WAITING("M-3.5 0h.1M0 0h.1M3.5 0h.1"),
    RUNNING("M-2 -3L3 0L-2 3Z"),
    SUCCEEDED("M-3.5 .3L-1 2.8L3.5 -2.5"),
    FAILED("M-2.8 -2.8L2.8 2.8M2.8 -2.8L-2.8 2.8"),
    ERRORED("M0 -4V1M0 3.7v.1"),
    ABORTED("M-3.2 0H3.2"),
    SKIPPED("M-3.5 -2.5L-.5 0L-3.5 2.5M.5 -2.5L3.5 0L.5 2.5");

    private final String sign;

    StageLook(String sign) {
        this.sign = sign;
    }

    /** The word for people, which is the CSS class too. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The strokes of its sign, around the origin and at most 4 units from it. */
    String sign() {
        return sign;
    }
}
