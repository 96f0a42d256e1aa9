package io.jenkins.plugins.sluice.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Area;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Box;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Point;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Rect;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Wire;
import java.util.List;

/** What must be true of every drawing. */
final class Geometry {
    private final Drawing drawing;

    private Geometry(Drawing drawing) {
        this.drawing = drawing;
    }

    static void check(Drawing drawing) {
        Geometry geometry = new Geometry(drawing);
        geometry.apart(drawing.stages().stream().map(Box::rect).toList());
        geometry.apart(drawing.pipelines().stream().map(Area::rect).toList());
        geometry.apart(drawing.workspaces().stream().map(Area::rect).toList());
        drawing.stages().forEach(Geometry::labelFits);
        drawing.pipelines().forEach(area -> geometry.holds(area, Title.PIPELINE));
        drawing.workspaces().forEach(area -> geometry.holds(area, Title.WORKSPACE));
        drawing.wires().forEach(geometry::leads);
        geometry.distinct();
    }

    private void apart(List<Rect> rects) {
        for (int i = 0; i < rects.size(); i++) {
            Rect one = rects.get(i);
            assertThat(one.x() >= 0 && one.x() + one.width() <= drawing.width()).isTrue();
            assertThat(one.y() >= 0 && one.y() + one.height() <= drawing.height())
                    .isTrue();
            for (Rect other : rects.subList(i + 1, rects.size())) {
                assertThat(meet(one, other)).as("%s and %s overlap", one, other).isFalse();
            }
        }
    }

    private static boolean meet(Rect one, Rect other) {
        return one.x() < other.x() + other.width()
                && other.x() < one.x() + one.width()
                && one.y() < other.y() + other.height()
                && other.y() < one.y() + one.height();
    }

    private static void labelFits(Box box) {
        assertThat(box.label().textWidth() + 2 * box.label().indent())
                .as(box.label().name())
                .isLessThanOrEqualTo(box.rect().width());
        assertThat(box.rect().height()).isEqualTo(box.label().height());
    }

    /** Stages are inside or outside; the title fits and is free. */
    private void holds(Area area, Title kind) {
        Rect rect = area.rect();
        assertThat(kind.width(area.title()) + 20).as(area.title()).isLessThanOrEqualTo(rect.width());
        Rect inside =
                new Rect(rect.x() + 8, rect.y() + kind.room() - 1, rect.width() - 16, rect.height() - kind.room() - 6);
        for (Box box : drawing.stages()) {
            Rect at = box.rect();
            boolean within = at.x() >= inside.x()
                    && at.y() >= inside.y()
                    && at.x() + at.width() <= inside.x() + inside.width()
                    && at.y() + at.height() <= inside.y() + inside.height();
            assertThat(within || !meet(at, rect)).as("%s at %s", box, area).isTrue();
        }
        Rect title = new Rect(rect.x() + 14, rect.y() + 6, kind.width(area.title()), kind.baseline() - 4);
        drawing.wires().forEach(wire -> assertThat(crosses(wire, title))
                .as("%s through %s", wire, area)
                .isFalse());
    }

    private void leads(Wire wire) {
        List<Point> points = wire.points();
        assertThat(points).hasSizeGreaterThan(1);
        for (int i = 1; i < points.size(); i++) {
            boolean straight = Math.abs(points.get(i).x() - points.get(i - 1).x()) < 0.01
                    || Math.abs(points.get(i).y() - points.get(i - 1).y()) < 0.01;
            assertThat(straight).as("%s", wire).isTrue();
        }
        Point first = points.get(0);
        Point last = points.get(points.size() - 1);
        assertThat(startsAt(first)).as("%s", wire).isTrue();
        assertThat(endsAt(wire.to(), last)).as("%s", wire).isTrue();
        for (Box box : drawing.stages()) {
            Rect at = box.rect();
            Rect core = new Rect(at.x() + 1, at.y() + 1, at.width() - 2, at.height() - 2);
            assertThat(crosses(wire, core)).as("%s through %s", wire, box).isFalse();
        }
    }

    /** No line lies upon one of another bundle: it could not be told where they lead. */
    private void distinct() {
        List<Wire> wires = drawing.wires();
        for (int i = 0; i < wires.size(); i++) {
            for (Wire other : wires.subList(i + 1, wires.size())) {
                if (!wires.get(i).bundle().equals(other.bundle())) {
                    assertThat(together(wires.get(i), other))
                            .as("%s%n%s", wires.get(i), other)
                            .isLessThan(1);
                }
            }
        }
    }

    /** How long two lines lie upon each other. */
    private static double together(Wire one, Wire other) {
        double most = 0;
        for (int i = 1; i < one.points().size(); i++) {
            for (int j = 1; j < other.points().size(); j++) {
                Rect a = span(one, i, 0.5);
                Rect b = span(other, j, 0.5);
                double x = Math.min(a.x() + a.width(), b.x() + b.width()) - Math.max(a.x(), b.x());
                double y = Math.min(a.y() + a.height(), b.y() + b.height()) - Math.max(a.y(), b.y());
                most = x < 0 || y < 0 ? most : Math.max(most, Math.max(x, y) - 1);
            }
        }
        return most;
    }

    private static Rect span(Wire wire, int end, double around) {
        Point one = wire.points().get(end - 1);
        Point other = wire.points().get(end);
        return new Rect(
                Math.min(one.x(), other.x()) - around,
                Math.min(one.y(), other.y()) - around,
                Math.abs(one.x() - other.x()) + 2 * around,
                Math.abs(one.y() - other.y()) + 2 * around);
    }

    /** At the right side of a stage, or at a joint. */
    private boolean startsAt(Point point) {
        return atJoint(point)
                || drawing.stages().stream()
                        .map(Box::rect)
                        .anyMatch(r -> Math.abs(r.x() + r.width() - point.x()) < 0.1
                                && point.y() > r.y() + 4
                                && point.y() < r.y() + r.height() - 4);
    }

    /** In the middle of the left side of the stage, or at a joint. */
    private boolean endsAt(int stage, Point point) {
        return stage < 0
                ? atJoint(point)
                : drawing.stages().stream()
                        .filter(box -> box.stage() == stage)
                        .map(Box::rect)
                        .anyMatch(r -> Math.abs(r.x() - point.x()) < 0.1
                                && Math.abs(r.y() + r.height() / 2 - point.y()) < 0.1);
    }

    private boolean atJoint(Point point) {
        return drawing.joints().stream()
                .anyMatch(j -> Math.abs(j.x() - point.x()) < 3.1 && Math.abs(j.y() - point.y()) < 0.6);
    }

    private static boolean crosses(Wire wire, Rect rect) {
        for (int i = 1; i < wire.points().size(); i++) {
            Rect line = span(wire, i, 0.01);
            if (meet(line, rect)) {
                return true;
            }
        }
        return false;
    }
}
