package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.problem.Printable;
import io.jenkins.plugins.sluice.report.Timeline;
import io.jenkins.plugins.sluice.report.Timeline.Bar;
import io.jenkins.plugins.sluice.report.Timeline.Kind;
import io.jenkins.plugins.sluice.report.Timeline.Row;
import io.jenkins.plugins.sluice.run.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is said about the rows of a timeline. */
final class TimelineWords {
    private final Timeline timeline;

    TimelineWords(Timeline timeline) {
        this.timeline = timeline;
    }

    /** The text in the column of durations. */
    static String time(Row row) {
        return row.bars().isEmpty() ? row.word() : words(row.duration());
    }

    /** {@code 12ms}, else as anywhere. */
    static String words(Duration time) {
        long millis = time.toMillis();
        return millis > 0 && millis < 1_000 ? Ticks.label(millis) : Durations.words(time);
    }

    String tooltip(Row row) {
        List<String> lines = new ArrayList<>();
        lines.add(row.stage() + ": " + row.word());
        if (!row.bars().isEmpty()) {
            lines.add(times(
                    row.bars().get(0).start(), row.duration(), row.outcome().isEmpty()));
        }
        if (row.bars().size() > 1) {
            lines.add(row.bars().size() + " attempts");
        }
        if (row.idle().toMillis() > 0) {
            lines.add("waited " + words(row.idle()) + " for an agent or a lock");
        }
        if (row.critical()) {
            lines.add("on the critical path");
        }
        return shown(lines);
    }

    String tooltip(Row row, int number) {
        Bar bar = row.bars().get(number);
        String which = row.bars().size() == 1 ? "" : ", attempt " + (number + 1);
        String state = bar.kind() == Kind.ASKING ? "waits for people" : bar.word();
        return shown(List.of(
                row.stage() + which + ": " + state,
                times(bar.start(), bar.duration(), bar.outcome().isEmpty())));
    }

    private String times(Instant from, Duration time, boolean open) {
        String start = Ticks.label(Span.offset(timeline, from));
        return "started at " + start + ", " + (open ? "not over after " : "took ") + words(time);
    }

    private static String shown(List<String> lines) {
        return lines.stream().map(Printable::line).collect(Collectors.joining("\n"));
    }
}
