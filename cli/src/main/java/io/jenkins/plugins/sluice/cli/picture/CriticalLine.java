package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Point;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Rect;
import io.jenkins.plugins.sluice.cli.picture.TimelineDrawing.Lane;
import io.jenkins.plugins.sluice.cli.picture.TimelineDrawing.Link;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The line that joins the bars of the critical path. */
final class CriticalLine {
    /** What is less aside is not aside. */
    private static final double STRAIGHT = 2;

    private CriticalLine() {}

    static List<Link> of(List<Lane> lanes) {
        List<Lane> path = lanes.stream()
                .filter(lane -> lane.row().critical() && !lane.bars().isEmpty())
                .sorted(Comparator.comparingInt(lane -> lane.row().step()))
                .toList();
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < path.size(); i++) {
            if (i > 0) {
                links.add(link(path.get(i - 1), path.get(i)));
            }
            along(path.get(i), i == 0, links);
        }
        return links;
    }

    /** From attempt to attempt, and to the first of the whole path. */
    private static void along(Lane lane, boolean first, List<Link> links) {
        double start = lane.bars().get(0).x();
        lane.waits().stream()
                .filter(wait -> wait.left() > start || first)
                .map(wait -> new Link(new Point(wait.left(), lane.middle()), new Point(wait.right(), lane.middle())))
                .forEach(links::add);
    }

    /**
     * It leaves a bar at its end, and no later than the next begins: bars that are widened, or moved aside for others, to be
     * seen may be a little upon each other in time.
     */
    private static Link link(Lane from, Lane to) {
        Rect last = from.bars().get(from.bars().size() - 1);
        Rect first = to.bars().get(0);
        double x = Math.max(last.x(), Math.min(last.x() + last.width(), first.x()));
        double target = Math.max(first.x(), Math.min(x, first.x() + first.width()));
        boolean straight = Math.abs(target - x) < STRAIGHT;
        double side = to.middle() > from.middle() ? LaneLayout.BAR / 2 : -LaneLayout.BAR / 2;
        Point arrival = straight ? new Point(x, to.middle() - side) : new Point(target, to.middle());
        return new Link(new Point(x, from.middle() + side), arrival);
    }
}
