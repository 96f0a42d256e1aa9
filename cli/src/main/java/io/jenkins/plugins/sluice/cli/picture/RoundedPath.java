package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Point;
import java.util.List;

/** The path of a line with rounded corners. */
final class RoundedPath {
    private static final double RADIUS = 5;

    private RoundedPath() {}

    /**
     * The path through these points, at least two.
     *
     * @param lead how much further left it begins
     */
    static String of(List<Point> points, double lead) {
        StringBuilder path = new StringBuilder("M").append(text(points.get(0).moved(-lead, 0)));
        for (int i = 1; i < points.size() - 1; i++) {
            Point corner = points.get(i);
            path.append('L').append(text(towards(corner, points.get(i - 1))));
            path.append('Q').append(text(corner)).append(' ').append(text(towards(corner, points.get(i + 1))));
        }
        return path.append('L').append(text(points.get(points.size() - 1))).toString();
    }

    /** The point where the curve around the corner ends; the middle if the other corner is near. */
    private static Point towards(Point corner, Point other) {
        double dx = other.x() - corner.x();
        double dy = other.y() - corner.y();
        double length = Math.hypot(dx, dy);
        double share = length == 0 ? 0 : Math.min(RADIUS, length / 2) / length;
        return corner.moved(dx * share, dy * share);
    }

    private static String text(Point point) {
        return Markup.number(point.x()) + " " + Markup.number(point.y());
    }
}
