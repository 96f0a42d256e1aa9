package io.jenkins.plugins.sluice.run;

import java.time.Duration;
import java.util.Locale;

/** Durations for people. */
public final class Durations {
    private Durations() {}

    /** {@code 0.4s}, {@code 12s}, {@code 3m 05s}, {@code 2h 10m}, {@code 2d 4h}. */
    public static String words(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds < 10) {
            double exact = duration.toMillis() / 1000.0;
            return exact == Math.rint(exact)
                    ? seconds + "s"
                    : String.format(Locale.ROOT, exact < 1 ? "%.2fs" : "%.1fs", exact);
        }
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3_600) {
            return rest(seconds / 60, "m", seconds % 60, "s");
        }
        return seconds < 86_400
                ? rest(seconds / 3_600, "h", seconds % 3_600 / 60, "m")
                : rest(seconds / 86_400, "d", seconds % 86_400 / 3_600, "h");
    }

    private static String rest(long large, String unit, long small, String smallUnit) {
        return small == 0 ? large + unit : String.format(Locale.ROOT, "%d%s %02d%s", large, unit, small, smallUnit);
    }
}
