package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.report.Timeline;
import io.jenkins.plugins.sluice.run.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where moments are on the axis. Everything has one scale, except for the stretches that are cut.
 *
 * @param stretches they follow one another without a gap; at least one
 */
record TimeScale(List<Stretch> stretches) {
    static final double LABEL = 10.5;

    private static final double WIDTH = 720;
    private static final double CUT = 60;

    TimeScale {
        stretches = List.copyOf(stretches);
    }

    /**
     * A part of the axis.
     *
     * @param cut whether it is drawn much shorter than the rest
     */
    record Stretch(Span time, double left, double right, boolean cut) {
        double x(long offset) {
            return left + (right - left) * (offset - time.from()) / Math.max(1, time.length());
        }

        /** How long a stretch that is cut is: {@code 2d 04h}. */
        String length() {
            return Durations.words(Duration.ofMillis(time.length()));
        }

        double width() {
            return right - left;
        }
    }

    /** The scale of a timeline, from a place to the right. */
    static TimeScale of(Timeline timeline, double left) {
        long end = Math.max(1, Span.offset(timeline, timeline.end()));
        List<Span> cuts = QuietTimes.toCut(timeline);
        double unit = WIDTH / (end - cuts.stream().mapToLong(Span::length).sum());
        List<Stretch> stretches = new ArrayList<>();
        double x = left;
        long reached = 0;
        for (Span cut : cuts) {
            x = add(new Span(reached, cut.from()), x, unit, stretches);
            Stretch gap = new Stretch(cut, x, x, true);
            double width = Math.max(CUT, Math.ceil(TextWidth.regular(gap.length(), LABEL)) + 28);
            stretches.add(new Stretch(cut, x, x + width, true));
            x += width;
            reached = cut.to();
        }
        add(new Span(reached, end), x, unit, stretches);
        return new TimeScale(stretches);
    }

    private static double add(Span time, double left, double unit, List<Stretch> stretches) {
        double right = left + time.length() * unit;
        if (time.length() > 0) {
            stretches.add(new Stretch(time, left, right, false));
        }
        return right;
    }

    double left() {
        return stretches.get(0).left();
    }

    double right() {
        return stretches.get(stretches.size() - 1).right();
    }

    /** The place of a moment, in milliseconds from the start; within the axis. */
    double x(long offset) {
        for (Stretch stretch : stretches) {
            if (offset <= stretch.time().to()) {
                return Math.max(left(), stretch.x(offset));
            }
        }
        return right();
    }
}
