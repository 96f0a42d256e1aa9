package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.report.Timeline;
import io.jenkins.plugins.sluice.report.Timeline.Bar;
import io.jenkins.plugins.sluice.report.Timeline.Kind;
import io.jenkins.plugins.sluice.report.Timeline.Row;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A timeline in words: a line or two for all, the rest for those who cannot see the picture. */
final class TimelineSummary {
    /** Nobody listens to more. */
    private static final int SAID = 50;

    private final Timeline timeline;

    TimelineSummary(Timeline timeline) {
        this.timeline = timeline;
    }

    /** {@code 12 stages in 4m 12s · 3 did not run · started 2026-03-01 09:12:04 UTC}. */
    String facts() {
        int stages = timeline.rows().size();
        String time = TimelineWords.words(timeline.duration());
        Instant start = timeline.start().truncatedTo(ChronoUnit.SECONDS);
        return stages + (stages == 1 ? " stage" : " stages")
                + (timeline.over() ? " in " : ", not over after ") + time
                + (timeline.neverRan() == 0 ? "" : " · " + timeline.neverRan() + " did not run")
                + " · started " + start.toString().replace('T', ' ').replace("Z", " UTC");
    }

    /** {@code Critical path of 5 stages: 3m 40s at work · 18s waiting}; empty if there is none. */
    String critical() {
        List<Row> path = timeline.criticalPath();
        if (path.isEmpty()) {
            return "";
        }
        Duration work = sum(path, Kind.WORK);
        Duration asking = sum(path, Kind.ASKING);
        Duration whole =
                path.stream().map(row -> row.idle().plus(row.duration())).reduce(Duration.ZERO, Duration::plus);
        List<String> parts = new ArrayList<>();
        part(work, "at work", parts);
        part(asking, "waiting for people", parts);
        part(whole.minus(work).minus(asking), "waiting for agents, locks or next attempts", parts);
        String stages = path.size() == 1 ? "1 stage" : path.size() + " stages";
        return "Critical path of " + stages + (parts.isEmpty() ? "" : ": " + String.join(" · ", parts));
    }

    private static Duration sum(List<Row> rows, Kind kind) {
        return rows.stream()
                .flatMap(row -> row.bars().stream())
                .filter(bar -> bar.kind() == kind)
                .map(Bar::duration)
                .reduce(Duration.ZERO, Duration::plus);
    }

    private static void part(Duration time, String what, List<String> parts) {
        if (time.toMillis() > 0) {
            parts.add(TimelineWords.words(time) + " " + what);
        }
    }

    /** Everything, if it is not too much. */
    String description() {
        TimelineWords words = new TimelineWords(timeline);
        String head = facts() + "." + (critical().isEmpty() ? "" : " " + critical() + ".");
        if (timeline.rows().size() > SAID) {
            return head;
        }
        return head
                + timeline.rows().stream()
                        .map(row -> " " + words.tooltip(row).replace("\n", ", ") + ".")
                        .collect(Collectors.joining());
    }
}
