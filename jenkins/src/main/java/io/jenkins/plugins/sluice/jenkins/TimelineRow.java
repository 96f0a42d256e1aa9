package io.jenkins.plugins.sluice.jenkins;

import io.jenkins.plugins.sluice.report.Timeline;
import io.jenkins.plugins.sluice.run.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A stage in the timeline.
 *
 * @param critical whether the length of the run is owed to it
 */
@Restricted(NoExternalUse.class)
public record TimelineRow(String stage, String word, String took, boolean critical, List<Bar> bars) {
    private static final double WHOLE = 100;
    private static final double THINNEST = 0.3;
    private static final int TICKS = 4;

    /** A bar from the left, in percent of the width. */
    public record Bar(String word, String left, String width, String title) {}

    /** A mark below the bars. */
    public record Tick(String left, String anchor, String label) {}

    static List<TimelineRow> of(Timeline timeline) {
        List<TimelineRow> rows = new ArrayList<>();
        for (Timeline.Row row : timeline.rows()) {
            List<Bar> bars = row.bars().stream()
                    .map(bar -> bar(timeline, row.stage(), bar))
                    .toList();
            String took = row.bars().isEmpty() ? "" : Durations.words(row.duration());
            rows.add(new TimelineRow(row.stage(), row.word(), took, row.critical(), bars));
        }
        return rows;
    }

    private static Bar bar(Timeline timeline, String stage, Timeline.Bar bar) {
        double left = share(timeline, Duration.between(timeline.start(), bar.start()));
        double width = Math.max(THINNEST, share(timeline, bar.duration()));
        String title = stage + ": " + bar.word() + ", " + Durations.words(bar.duration());
        return new Bar(bar.word(), percent(Math.min(left, WHOLE - THINNEST)), percent(width), title);
    }

    private static double share(Timeline timeline, Duration part) {
        return WHOLE * part.toMillis() / Math.max(1, timeline.duration().toMillis());
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }

    static List<Tick> ticks(Timeline timeline) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i <= TICKS; i++) {
            String anchor = i == 0 ? "start" : i == TICKS ? "end" : "middle";
            Duration at = timeline.duration().multipliedBy(i).dividedBy(TICKS);
            ticks.add(new Tick(percent(WHOLE * i / TICKS), anchor, Durations.words(rounded(at, timeline))));
        }
        return ticks;
    }

    /** Nobody reads tenths of a second at the end of an hour. */
    private static Duration rounded(Duration at, Timeline timeline) {
        return timeline.duration().toSeconds() < TICKS ? at : Duration.ofSeconds((at.toMillis() + 500) / 1000);
    }

    /** The moment up to which a timeline goes; it moves in steps, so that a page does not change all the time. */
    static Instant upTo(Instant now) {
        long step = 5;
        return Instant.ofEpochSecond((now.getEpochSecond() / step + 1) * step);
    }
}
