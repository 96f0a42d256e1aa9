package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Rect;
import io.jenkins.plugins.sluice.cli.picture.TimelineDrawing.Sample;
import java.util.List;

/** Writes the legend of a timeline as SVG. */
final class LegendWriter {
    private static final double WIDTH = 20;

    private final Markup out;

    LegendWriter(Markup out) {
        this.out = out;
    }

    void write(List<Sample> legend) {
        legend.forEach(this::write);
    }

    private void write(Sample sample) {
        Mark mark = sample.mark();
        double x = sample.at().x();
        double y = sample.at().y();
        Rect bar = new Rect(x, y - LaneLayout.BAR / 2, WIDTH, LaneLayout.BAR);
        out.open("g", "class", "sample " + mark.css());
        switch (mark) {
            case WAITING -> out.rect("wait", new Rect(x, y - 3, WIDTH, 6), 0);
            case CUT -> new Zigzag(x + WIDTH / 2, y - 8, y + 8).write(out);
            case CRITICAL -> critical(x, y);
            case ASKING -> {
                out.rect("bar", bar, 2);
                out.hatched(bar, 2);
            }
            case SUCCEEDED, FAILED, ERRORED, ABORTED, RUNNING -> out.rect("bar", bar, 2);
        }
        out.text(mark.words(), "text", "class", "fact", "x", x + Mark.INDENT, "y", y + 4);
        out.close("g");
    }

    private void critical(double x, double y) {
        out.rect("ring", new Rect(x + 1, y - 7, 9, 6), 1);
        out.rect("ring", new Rect(x + 10, y + 1, 9, 6), 1);
    }
}
