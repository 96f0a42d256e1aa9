package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Area;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Rect;
import io.jenkins.plugins.sluice.cli.picture.TimelineDrawing.Lane;
import io.jenkins.plugins.sluice.problem.Printable;
import io.jenkins.plugins.sluice.report.Timeline;
import io.jenkins.plugins.sluice.report.Timeline.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Places a timeline: a column of names, the bars, and a column of durations; a card for each pipeline. */
final class TimelineLayout {
    static final double PAD = 16;
    static final double NAME = 12;
    static final double TIME = 11;
    static final double HEADING = 13;
    /** From the side of a card to the middle of a sign, and from there to the name. */
    static final double INDENT = 16;
    /** From the top of the picture to the foot of the labels of the axis. */
    static final double AXIS = 98;

    private static final double ROW = 22;
    private static final double CARD_TOP = 32;
    private static final double CARD_FOOT = 8;
    private static final double BETWEEN = 10;
    private static final double COLUMN_GAP = 18;

    private final Timeline timeline;
    private final TimeScale scale;
    private final double right;
    private final List<Area> cards = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private double y = AXIS + 10;

    private TimelineLayout(Timeline timeline) {
        this.timeline = timeline;
        double names = 0;
        double times = 0;
        for (Row row : timeline.rows()) {
            names = Math.max(names, TextWidth.bold(Printable.line(row.name()), NAME));
            names = Math.max(names, TextWidth.bold(Printable.line(row.pipeline()), HEADING) - INDENT);
            times = Math.max(times, TextWidth.regular(TimelineWords.time(row), TIME));
        }
        scale = TimeScale.of(timeline, PAD + 2 * INDENT + Math.ceil(names) + COLUMN_GAP);
        right = Math.ceil(scale.right()) + COLUMN_GAP + Math.ceil(times) + INDENT;
    }

    static TimelineDrawing of(Timeline timeline) {
        return new TimelineLayout(timeline).drawing();
    }

    private TimelineDrawing drawing() {
        double top = y;
        Map<String, List<Row>> pipelines = new LinkedHashMap<>();
        timeline.rows().forEach(row -> pipelines
                .computeIfAbsent(row.pipeline(), pipeline -> new ArrayList<>())
                .add(row));
        pipelines.forEach(this::card);
        double foot = lanes.isEmpty() ? top + 30 : y - BETWEEN;
        Rect plot = new Rect(scale.left(), top, scale.right() - scale.left(), foot - top);
        Axis axis = lanes.isEmpty() ? Axis.NONE : Axis.of(scale, timeline.over(), right);
        Legend legend = Legend.of(Legend.marks(timeline, lanes, axis), foot + axis.depth(plot) + 28, right);
        return new TimelineDrawing(
                right + PAD, legend.foot() + PAD, plot, axis, cards, lanes, CriticalLine.of(lanes), legend.samples());
    }

    private void card(String pipeline, List<Row> rows) {
        double height = CARD_TOP + rows.size() * ROW + CARD_FOOT;
        cards.add(new Area(Printable.line(pipeline), new Rect(PAD, y, right - PAD, height)));
        LaneLayout layout = new LaneLayout(timeline, scale);
        for (int i = 0; i < rows.size(); i++) {
            lanes.add(layout.lane(rows.get(i), y + CARD_TOP + (i + 0.5) * ROW));
        }
        y += height + BETWEEN;
    }
}
