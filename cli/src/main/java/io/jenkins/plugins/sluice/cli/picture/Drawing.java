package io.jenkins.plugins.sluice.cli.picture;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A diagram with places; the origin is the upper left corner and units are pixels.
 *
 * @param pipelines a titled area each
 * @param workspaces a captioned frame for each workspace that several stages share
 * @param stages a box for each stage, in no order
 * @param joints where lines meet
 */
record Drawing(
        double width,
        double height,
        List<Area> pipelines,
        List<Area> workspaces,
        List<Box> stages,
        List<Point> joints,
        List<Wire> wires) {
    record Point(double x, double y) {
        Point moved(double dx, double dy) {
            return new Point(x + dx, y + dy);
        }
    }

    /** A rectangle. */
    record Rect(double x, double y, double width, double height) {
        Rect moved(double dx, double dy) {
            return new Rect(x + dx, y + dy, width, height);
        }
    }

    record Area(String title, Rect rect) {}

    record Box(int stage, Label label, Rect rect) {}

    /**
     * A line between stages, or a part of one.
     *
     * @param from the stage at its start, or -1 if that is a joint
     * @param to the stage at its end, or -1 if that is a joint
     */
    record Wire(int from, int to, Bundle bundle, List<Point> points) {
        Wire {
            points = List.copyOf(points);
        }
    }

    Drawing {
        pipelines = List.copyOf(pipelines);
        workspaces = List.copyOf(workspaces);
        stages = List.copyOf(stages);
        joints = List.copyOf(joints);
        wires = List.copyOf(wires);
    }

    Drawing moved(double dx, double dy) {
        return new Drawing(
                width,
                height,
                each(pipelines, a -> new Area(a.title(), a.rect().moved(dx, dy))),
                each(workspaces, a -> new Area(a.title(), a.rect().moved(dx, dy))),
                each(stages, b -> new Box(b.stage(), b.label(), b.rect().moved(dx, dy))),
                each(joints, p -> p.moved(dx, dy)),
                each(wires, w -> new Wire(w.from(), w.to(), w.bundle(), each(w.points(), p -> p.moved(dx, dy)))));
    }

    private static <T> List<T> each(List<T> list, UnaryOperator<T> change) {
        return list.stream().map(change).toList();
    }
}
