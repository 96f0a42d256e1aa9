package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Point;
import io.jenkins.plugins.sluice.cli.picture.TimelineDrawing.Lane;
import io.jenkins.plugins.sluice.cli.picture.TimelineDrawing.Sample;
import io.jenkins.plugins.sluice.report.Timeline;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What the marks of a picture mean; only of those that are in it.
 *
 * @param foot the height of the lower edge
 */
record Legend(List<Sample> samples, double foot) {
    private static final double LINE = 20;
    private static final double GAP = 22;

    Legend {
        samples = List.copyOf(samples);
    }

    /** Lines that begin at a height and end before a place at the right. */
    static Legend of(Set<Mark> marks, double top, double right) {
        List<Sample> samples = new ArrayList<>();
        double x = TimelineLayout.PAD;
        double y = top;
        for (Mark mark : marks) {
            if (x > TimelineLayout.PAD && x + mark.width() > right) {
                x = TimelineLayout.PAD;
                y += LINE;
            }
            samples.add(new Sample(mark, new Point(x, y)));
            x += mark.width() + GAP;
        }
        return new Legend(samples, samples.isEmpty() ? top : y + 8);
    }

    /** The marks that a picture has. */
    static Set<Mark> marks(Timeline timeline, List<Lane> lanes, Axis axis) {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        timeline.rows().forEach(row -> row.bars().forEach(bar -> marks.add(Mark.of(bar))));
        if (lanes.stream().anyMatch(lane -> !lane.waits().isEmpty())) {
            marks.add(Mark.WAITING);
        }
        if (!timeline.criticalPath().isEmpty()) {
            marks.add(Mark.CRITICAL);
        }
        if (!axis.cuts().isEmpty()) {
            marks.add(Mark.CUT);
        }
        return marks;
    }
}
