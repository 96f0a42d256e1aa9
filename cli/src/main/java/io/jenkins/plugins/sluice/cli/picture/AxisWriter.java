package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.cli.picture.Axis.Cut;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Point;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Rect;

/** Writes the axis of a timeline as SVG. */
final class AxisWriter {
    private final Axis axis;
    private final Rect plot;
    private final Markup out;

    AxisWriter(TimelineDrawing drawing, Markup out) {
        this.axis = drawing.axis();
        this.plot = drawing.plot();
        this.out = out;
    }

    /** Everything that lies below the bars. */
    void ground() {
        axis.ticks().forEach(tick -> vertical("grid", tick.x()));
        labels(TimelineLayout.AXIS, -Axis.LINE);
        if (Axis.isTwice(plot)) {
            labels(plot.y() + plot.height() + 18, Axis.LINE);
        }
    }

    private void labels(double y, double further) {
        axis.ticks().stream()
                .filter(tick -> !tick.label().isEmpty())
                .forEach(tick -> text("tick", tick.label(), tick.x(), y));
        axis.cuts().forEach(cut -> text("length", cut.label(), cut.middle(), y + further));
        if (axis.now() >= 0) {
            text("now", Axis.NOW, axis.now() + Axis.NOW_GAP, y);
        }
    }

    private void text(String css, String text, double x, double y) {
        out.text(text, "text", "class", css, "x", x, "y", y);
    }

    /** Everything that lies upon the bars. */
    void above() {
        axis.cuts().forEach(this::cut);
        if (axis.now() >= 0) {
            vertical("present", axis.now());
        }
    }

    private void cut(Cut cut) {
        out.open("g");
        out.text(cut.label() + " in which nothing ran, drawn short", "title");
        new Zigzag(cut.middle(), plot.y(), plot.y() + plot.height()).write(out);
        out.close("g");
    }

    private void vertical(String css, double x) {
        out.line(css, new Point(x, plot.y()), new Point(x, plot.y() + plot.height()));
    }
}
