package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.cli.picture.TimeScale.Stretch;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Round moments of an axis. */
final class Ticks {
    /** The least distance of two ticks. */
    private static final double APART = 44;
    /** The least distance of two labels. */
    private static final double CLEAR = 16;
    /** Ticks that are so far apart need not all have a label. */
    private static final double FAR = 72;

    private static final long SECOND = 1_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Ticks() {}

    /** The ticks of a stretch, as near to each other as can be read, in milliseconds from the start of the run. */
    static List<Long> of(Stretch stretch) {
        double unit = stretch.width() / Math.max(1, stretch.time().length());
        for (long step : steps(stretch.time().to())) {
            List<Long> ticks = step * unit < APART ? List.of() : multiples(step, stretch.time());
            double label = ticks.stream()
                    .mapToDouble(tick -> TextWidth.regular(label(tick), TimeScale.LABEL))
                    .max()
                    .orElse(0);
            if (!ticks.isEmpty() && step * unit >= Math.min(FAR, label + CLEAR)) {
                return ticks;
            }
        }
        return List.of();
    }

    private static List<Long> multiples(long step, Span time) {
        long first = (time.from() + step - 1) / step;
        return LongStream.rangeClosed(first, time.to() / step)
                .mapToObj(i -> i * step)
                .toList();
    }

    /** Steps that people count in, up to the first that is longer than a time. */
    private static List<Long> steps(long longest) {
        List<Long> steps = new ArrayList<>();
        add(steps, 1, 1, 2, 5, 10, 20, 50, 100, 200, 500);
        add(steps, SECOND, 1, 2, 5, 10, 15, 30);
        add(steps, MINUTE, 1, 2, 5, 10, 15, 30);
        add(steps, HOUR, 1, 2, 3, 6, 12);
        for (long days = DAY; days <= longest; days *= 10) {
            add(steps, days, 1, 2, 5);
        }
        return steps;
    }

    private static void add(List<Long> steps, long unit, long... counts) {
        LongStream.of(counts).forEach(count -> steps.add(count * unit));
    }

    /** An offset in full, without the units that there are none of: {@code 1d 2h}, {@code 5m 30s}, {@code 1.5s}, {@code 0}. */
    static String label(long offset) {
        if (offset < SECOND) {
            return offset == 0 ? "0" : offset + "ms";
        }
        List<String> parts = new ArrayList<>();
        part(offset / DAY, "d", parts);
        part(offset % DAY / HOUR, "h", parts);
        part(offset % HOUR / MINUTE, "m", parts);
        if (offset % MINUTE > 0) {
            BigDecimal seconds = BigDecimal.valueOf(offset % MINUTE, 3).stripTrailingZeros();
            parts.add(seconds.toPlainString() + "s");
        }
        return String.join(" ", parts);
    }

    private static void part(long number, String unit, List<String> parts) {
        if (number > 0) {
            parts.add(number + unit);
        }
    }
}
