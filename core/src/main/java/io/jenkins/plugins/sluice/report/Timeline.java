package io.jenkins.plugins.sluice.report;

import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * When everything of a run happened, and which stages its length is owed to.
 *
 * @param start when the run began
 * @param end when it ended, or the moment that the timeline is of; never before the end of a bar
 * @param rows the stages that ran, run, or still wait, grouped by pipeline, in the order of the plan
 * @param neverRan how many stages have ended without running: they were skipped, or their result is from an earlier run
 */
public record Timeline(Instant start, Instant end, List<Row> rows, int neverRan) {
    public Timeline {
        rows = List.copyOf(rows);
    }

    /** What goes on in a bar. */
    public enum Kind {
        /** An attempt at a stage. */
        WORK,
        /** A gate waits for people. */
        ASKING
    }

    /**
     * A time in which a stage was at something.
     *
     * @param end the end of the timeline if it still goes on
     * @param outcome how it ended; empty if it still goes on
     */
    public record Bar(Kind kind, Instant start, Instant end, Optional<Outcome> outcome) {
        public Bar {
            if (end.isBefore(start)) {
                throw new IllegalArgumentException("a bar ends at " + end + ", before its start at " + start);
            }
        }

        /** Its length. */
        public Duration duration() {
            return Duration.between(start, end);
        }

        /** How it ended, or {@code running} or {@code asking}. */
        public String word() {
            return outcome.map(Outcome::word)
                    .orElse(kind == Kind.WORK ? "running" : kind.name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * A stage.
     *
     * @param stage its id, such as {@code api/unit}
     * @param pipeline its pipeline, or the copy of one
     * @param outcome empty as long as it has none
     * @param idle how long it waited for an agent or a lock once the last of its needs had ended, so far if it still waits
     * @param bars its attempts or its question, in the order of time; empty if it has not started
     * @param step its place on the critical path, from 1; 0 if it is not on it
     */
    public record Row(
            String stage, String pipeline, Optional<Outcome> outcome, Duration idle, List<Bar> bars, int step) {
        public Row {
            bars = List.copyOf(bars);
        }

        /** The id without the pipeline. */
        public String name() {
            return stage.substring(pipeline.length() + 1);
        }

        /** Whether it is on the {@linkplain Timeline#criticalPath() critical path}. */
        public boolean critical() {
            return step > 0;
        }

        /** The outcome, or {@code running}, {@code asking} or {@code waiting}. */
        public String word() {
            boolean open = !bars.isEmpty() && last().outcome().isEmpty();
            return outcome.map(Outcome::word).orElseGet(() -> open ? last().word() : "waiting");
        }

        /** From the start of the first bar to the end of the last; zero if there is none. */
        public Duration duration() {
            return bars.isEmpty() ? Duration.ZERO : Duration.between(bars.get(0).start(), last().end());
        }

        private Bar last() {
            return bars.get(bars.size() - 1);
        }
    }

    /**
     * The timeline of a run.
     *
     * @param now the end of what still goes on
     */
    public static Timeline of(RunState state, Instant now) {
        return new TimelineReader(state, now).read();
    }

    /** Its length. */
    public Duration duration() {
        return Duration.between(start, end);
    }

    /** Whether every stage has an outcome. */
    public boolean over() {
        return rows.stream().allMatch(row -> row.outcome().isPresent());
    }

    /**
     * The rows that lead without a gap to the end of what ended last: each of them waited for the one before it. Of stages
     * that ended at the same moment, as all do that still run, it is the one that began first.
     */
    public List<Row> criticalPath() {
        return rows.stream()
                .filter(Row::critical)
                .sorted(Comparator.comparingInt(Row::step))
                .toList();
    }
}
