package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Area;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Point;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Rect;
import io.jenkins.plugins.sluice.report.Timeline;
import java.util.List;

/**
 * A timeline with places; the origin is the upper left corner and units are pixels.
 *
 * @param plot where the bars are
 * @param pipelines a titled area each
 * @param path the lines that join the bars of the critical path, from its start
 * @param legend samples of what is in the picture
 */
record TimelineDrawing(
        double width,
        double height,
        Rect plot,
        Axis axis,
        List<Area> pipelines,
        List<Lane> lanes,
        List<Link> path,
        List<Sample> legend) {
    TimelineDrawing {
        pipelines = List.copyOf(pipelines);
        lanes = List.copyOf(lanes);
        path = List.copyOf(path);
        legend = List.copyOf(legend);
    }

    /**
     * A row.
     *
     * @param middle the height of its middle
     * @param bars one for each bar of the row, none upon another
     * @param waits where it was ready and had nothing yet, or not again
     */
    record Lane(Timeline.Row row, double middle, List<Rect> bars, List<Wait> waits) {
        Lane {
            bars = List.copyOf(bars);
            waits = List.copyOf(waits);
        }
    }

    /** A time without a bar, and what it was spent on. */
    record Wait(double left, double right, String what) {}

    /** A line from the end of a bar to the start of another: up or down first, then across if need be. */
    record Link(Point from, Point to) {}

    /** An entry of the legend; its place is the left end of its middle. */
    record Sample(Mark mark, Point at) {}
}
