package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Rect;
import io.jenkins.plugins.sluice.cli.picture.TimelineDrawing.Lane;
import io.jenkins.plugins.sluice.cli.picture.TimelineDrawing.Wait;
import io.jenkins.plugins.sluice.report.Timeline;
import io.jenkins.plugins.sluice.report.Timeline.Bar;
import io.jenkins.plugins.sluice.report.Timeline.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Places the bars of a row. A bar is never too narrow to be seen, and stays clear of the next. */
final class LaneLayout {
    static final double BAR = 12;

    private static final double NARROWEST = 3;
    private static final double GAP = 1;
    /** What is narrower is left out. */
    private static final double SHORTEST_WAIT = 2;

    private final Timeline timeline;
    private final TimeScale scale;

    LaneLayout(Timeline timeline, TimeScale scale) {
        this.timeline = timeline;
        this.scale = scale;
    }

    Lane lane(Row row, double middle) {
        List<Rect> bars = bars(row.bars(), middle - BAR / 2);
        return new Lane(row, middle, bars, waits(row, bars));
    }

    private List<Rect> bars(List<Bar> bars, double top) {
        double shrink = Math.min(1, (scale.right() - scale.left()) / ((NARROWEST + GAP) * Math.max(1, bars.size())));
        List<Rect> places = new ArrayList<>();
        double free = scale.left();
        for (Bar bar : bars) {
            Span time = Span.of(timeline, bar);
            double left = Math.max(free, scale.x(time.from()));
            double right = Math.max(left + NARROWEST * shrink, scale.x(time.to()));
            places.add(new Rect(left, top, right - left, BAR));
            free = right + GAP * shrink;
        }
        return pushedBack(places, GAP * shrink);
    }

    /** What was pushed out of the axis moves to the left. */
    private List<Rect> pushedBack(List<Rect> places, double gap) {
        double limit = scale.right();
        for (int i = places.size() - 1; i >= 0; i--) {
            Rect place = places.get(i);
            double left = Math.min(place.x(), limit - Math.min(place.width(), NARROWEST));
            double right = Math.min(place.x() + place.width(), limit);
            places.set(i, new Rect(left, place.y(), right - left, place.height()));
            limit = left - gap;
        }
        return places;
    }

    private List<Wait> waits(Row row, List<Rect> places) {
        List<Wait> waits = new ArrayList<>();
        Instant began =
                row.bars().isEmpty() ? timeline.end() : row.bars().get(0).start();
        Instant ready = began.minus(row.idle());
        Edge reached = new Edge(ready, scale.x(Span.offset(timeline, ready)));
        String what = "for an agent or a lock";
        for (int i = 0; i < places.size(); i++) {
            Bar bar = row.bars().get(i);
            Rect place = places.get(i);
            reached.until(new Edge(bar.start(), place.x()), what).ifPresent(waits::add);
            reached = new Edge(bar.end(), place.x() + place.width());
            what = "for its next attempt";
        }
        if (row.outcome().isEmpty()) {
            reached.until(new Edge(timeline.end(), scale.right()), what).ifPresent(waits::add);
        }
        return waits;
    }

    /** A start or an end. */
    private record Edge(Instant at, double x) {
        Optional<Wait> until(Edge next, String what) {
            String words = "waited " + TimelineWords.words(Duration.between(at, next.at)) + " " + what;
            return next.x - x < SHORTEST_WAIT ? Optional.empty() : Optional.of(new Wait(x, next.x, words));
        }
    }
}
