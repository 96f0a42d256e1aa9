package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Rect;
import io.jenkins.plugins.sluice.cli.picture.TimeScale.Stretch;
import java.util.ArrayList;
import java.util.List;

/**
 * The axis of a timeline: places from left to right.
 *
 * @param now where the present is, or -1 if the run is over
 */
record Axis(List<Tick> ticks, List<Cut> cuts, double now) {
    static final Axis NONE = new Axis(List.of(), List.of(), -1);
    static final String NOW = "now";
    static final double NOW_GAP = 5;
    /** Between the labels of ticks and the labels of cuts, which are further from the plot. */
    static final double LINE = 14;

    private static final double CLEAR = 6;
    /** The axis is repeated at the foot of plots that are higher than this. */
    private static final double HIGH = 700;

    Axis {
        ticks = List.copyOf(ticks);
        cuts = List.copyOf(cuts);
    }

    /**
     * A line of the grid.
     *
     * @param label empty if there is no room for one
     */
    record Tick(double x, String label) {}

    /** A part in which the axis is cut short, and how long it is. */
    record Cut(double left, double right, String label) {
        double middle() {
            return (left + right) / 2;
        }
    }

    /** From one place to another. */
    private record Taken(double left, double right) {
        static Taken around(double middle, String label) {
            double half = TextWidth.regular(label, TimeScale.LABEL) / 2;
            return new Taken(middle - half, middle + half);
        }

        boolean clear(Taken other) {
            return right + CLEAR <= other.left || other.right + CLEAR <= left;
        }
    }

    /** Whether it is written below the plot, too. */
    static boolean isTwice(Rect plot) {
        return plot.height() > HIGH;
    }

    /** The height of what is written below the plot. */
    double depth(Rect plot) {
        return isTwice(plot) ? 18 + (cuts.isEmpty() ? 0 : LINE) : 0;
    }

    /**
     * The axis of a scale. A label that would be upon another is left out.
     *
     * @param limit where the picture ends
     */
    static Axis of(TimeScale scale, boolean over, double limit) {
        List<Taken> taken = new ArrayList<>(List.of(new Taken(limit, Double.MAX_VALUE)));
        List<Cut> cuts = new ArrayList<>();
        if (!over) {
            taken.add(new Taken(scale.right() + NOW_GAP, limit));
        }
        for (Stretch stretch : scale.stretches()) {
            if (stretch.cut()) {
                cuts.add(new Cut(stretch.left(), stretch.right(), stretch.length()));
            }
        }
        List<Tick> ticks = new ArrayList<>();
        for (Stretch stretch : scale.stretches()) {
            List<Long> offsets = stretch.cut() ? List.of() : Ticks.of(stretch);
            offsets.forEach(offset -> ticks.add(tick(stretch.x(offset), Ticks.label(offset), taken)));
        }
        return new Axis(ticks, cuts, over ? -1 : scale.right());
    }

    private static Tick tick(double x, String label, List<Taken> taken) {
        Taken place = Taken.around(x, label);
        if (!taken.stream().allMatch(place::clear)) {
            return new Tick(x, "");
        }
        taken.add(place);
        return new Tick(x, label);
    }
}
