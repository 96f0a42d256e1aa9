package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Area;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Point;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Rect;
import io.jenkins.plugins.sluice.cli.picture.TimelineDrawing.Link;

/** Writes what is around the rows of a timeline as SVG: the page, its head, the areas, and the line of the critical path. */
final class TimelineWriter {
    private static final double TITLE = 15;

    private final TimelineDrawing drawing;
    private final Markup out;

    TimelineWriter(TimelineDrawing drawing, Markup out) {
        this.drawing = drawing;
        this.out = out;
    }

    void head(String title, TimelineSummary summary) {
        out.head("sluice-timeline", drawing.width(), drawing.height(), title, summary.description(), TimelineStyle.CSS);
        out.verbatim(TimelineStyle.HATCH);
        double widest = drawing.width() - 2 * TimelineLayout.PAD;
        text("title", TextWidth.cutBold(title, TITLE, widest), TimelineLayout.PAD, 29);
        text("fact", summary.facts(), TimelineLayout.PAD, 47);
        text("fact", summary.critical(), TimelineLayout.PAD, 63);
    }

    private void text(String css, String text, double x, double y) {
        if (!text.isEmpty()) {
            out.text(text, "text", "class", css, "x", x, "y", y);
        }
    }

    void areas() {
        drawing.pipelines().forEach(this::area);
        if (drawing.lanes().isEmpty()) {
            text("fact", "no stage has run", TimelineLayout.PAD, TimelineLayout.AXIS);
        }
    }

    private void area(Area area) {
        Rect at = area.rect();
        out.rect("area", at, 8);
        text("heading", area.title(), at.x() + 14, at.y() + 21);
    }

    void path() {
        drawing.path().forEach(link -> down(link, "halo"));
        drawing.path().forEach(this::link);
    }

    private void link(Link link) {
        down(link, "line");
        if (link.to().x() != link.from().x()) {
            out.line("line dash", corner(link), link.to());
        }
    }

    private void down(Link link, String css) {
        if (link.to().y() != link.from().y()) {
            out.line(css, link.from(), corner(link));
        }
    }

    private static Point corner(Link link) {
        return new Point(link.from().x(), link.to().y());
    }
}
