package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.problem.Printable;

/**
 * The text in a stage's box, and the size of the box.
 *
 * @param name never cut: the box gets as wide as it must
 * @param line the small second line, cut if it is much longer than the name; empty text for none
 * @param indent from the side of the box to the text, at least
 */
record Label(String name, String line, double indent, double width, double height) {
    static final double NAME_SIZE = 13;
    static final double LINE_SIZE = 11;
    /** The width of the points at both sides of a gate. */
    static final double POINT = 10;

    private static final double PADDING = 12;
    private static final double NARROWEST = 60;
    private static final double LONG_LINE = 185;

    /**
     * The label of a stage.
     *
     * @param framed whether the agent is written at the frame around the stage
     */
    static Label of(PlannedStage stage, boolean framed) {
        String name = Printable.line(stage.shortName());
        String facts = Printable.line(String.join(" · ", Facts.shown(stage, framed)));
        double longest = Math.max(TextWidth.bold(name, NAME_SIZE), LONG_LINE);
        String line = TextWidth.cut(facts, LINE_SIZE, longest);
        double indent = PADDING + (stage.stage().work().holdsAgent() ? 0 : POINT);
        double text = Math.max(NARROWEST, textWidth(name, line));
        return new Label(name, line, indent, Math.ceil(text + 2 * indent), line.isEmpty() ? 32 : 46);
    }

    /** The same in a box that is not smaller than that. */
    Label atLeast(double otherWidth, double otherHeight) {
        return new Label(name, line, indent, Math.max(width, otherWidth), Math.max(height, otherHeight));
    }

    /** The width that the text may need, without what is around it. */
    double textWidth() {
        return textWidth(name, line);
    }

    private static double textWidth(String name, String line) {
        return Math.max(TextWidth.bold(name, NAME_SIZE), TextWidth.regular(line, LINE_SIZE));
    }
}
