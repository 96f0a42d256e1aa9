package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.problem.Printable;
import io.jenkins.plugins.sluice.report.Timeline;
import java.util.Optional;

/**
 * The timeline of a run as a picture: an SVG file that needs nothing else, for light and dark pages. Each pipeline is an area
 * with its stages, each stage a row with a bar for each attempt; the critical path is outlined and joined by a line. Where
 * nothing ran for long the axis is cut short. The same timeline gives the same bytes on every JVM. All methods may be called
 * from any thread.
 */
public final class TimelinePicture {
    /** The most rows of a picture. */
    public static final int MOST_ROWS = 2_000;

    private TimelinePicture() {}

    /**
     * Why a timeline is too large to be drawn, or empty if it is not: a clause that goes well after "cannot draw this
     * timeline:". Larger pictures could be made, but viewers choke on them and nobody could read them.
     */
    public static Optional<String> tooLarge(Timeline timeline) {
        int rows = timeline.rows().size();
        return rows <= MOST_ROWS
                ? Optional.empty()
                : Optional.of("it has " + rows + " stages, and a picture at most " + MOST_ROWS);
    }

    /**
     * The picture.
     *
     * @param title what run it is of; any text, cut if it is longer than the picture is wide
     * @throws IllegalArgumentException if the timeline is {@linkplain #tooLarge(Timeline) too large}
     */
    public static String svg(Timeline timeline, String title) {
        tooLarge(timeline).ifPresent(why -> {
            throw new IllegalArgumentException("cannot draw this timeline: " + why);
        });
        TimelineDrawing drawing = TimelineLayout.of(timeline);
        Markup out = new Markup();
        TimelineWriter writer = new TimelineWriter(drawing, out);
        AxisWriter axis = new AxisWriter(drawing, out);
        LaneWriter lanes = new LaneWriter(drawing, new TimelineWords(timeline), out);
        writer.head(Printable.line(title), new TimelineSummary(timeline));
        writer.areas();
        axis.ground();
        drawing.lanes().forEach(lanes::write);
        axis.above();
        writer.path();
        new LegendWriter(out).write(drawing.legend());
        out.close("svg");
        return out.toString();
    }
}
