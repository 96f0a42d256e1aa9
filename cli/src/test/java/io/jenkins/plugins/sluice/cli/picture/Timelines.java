package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.report.Timeline;
import io.jenkins.plugins.sluice.report.Timeline.Bar;
import io.jenkins.plugins.sluice.report.Timeline.Kind;
import io.jenkins.plugins.sluice.report.Timeline.Row;
import io.jenkins.plugins.sluice.run.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Timelines to draw; times are milliseconds from the start. */
final class Timelines {
    static final Instant START = Instant.parse("2026-03-02T09:12:04.321Z");
    static final long DAY = 86_400_000;

    private static final List<Outcome> ENDINGS =
            List.of(Outcome.SUCCEEDED, Outcome.FAILED, Outcome.ERRORED, Outcome.ABORTED);

    private Timelines() {}

    static Bar work(long from, long to, Outcome... outcome) {
        return bar(Kind.WORK, from, to, outcome);
    }

    static Bar asking(long from, long to, Outcome... outcome) {
        return bar(Kind.ASKING, from, to, outcome);
    }

    private static Bar bar(Kind kind, long from, long to, Outcome... outcome) {
        return new Bar(
                kind,
                START.plusMillis(from),
                START.plusMillis(to),
                List.of(outcome).stream().findFirst());
    }

    /** A row with the outcome of its last bar. */
    static Row row(String stage, int step, long idle, Bar... bars) {
        Optional<Outcome> outcome = bars.length == 0 ? Optional.empty() : bars[bars.length - 1].outcome();
        String pipeline = stage.substring(0, stage.lastIndexOf('/'));
        return new Row(stage, pipeline, outcome, Duration.ofMillis(idle), List.of(bars), step);
    }

    static Timeline of(Row... rows) {
        return of(List.of(rows));
    }

    private static Timeline of(List<Row> rows) {
        Instant end = rows.stream()
                .flatMap(row -> row.bars().stream())
                .map(Bar::end)
                .max(Instant::compareTo)
                .orElse(START);
        return new Timeline(START, end, rows, 0);
    }

    /** Build, two days for an approval, deploy. */
    static Timeline longGate() {
        return of(
                row("p/build", 1, 100, work(100, 30_000, Outcome.SUCCEEDED)),
                row("p/lint", 0, 0, work(30_000, 33_000, Outcome.SUCCEEDED)),
                row("p/approve", 2, 0, asking(30_000, 2 * DAY, Outcome.SUCCEEDED)),
                row("p/deploy", 3, 4_000, work(2 * DAY + 4_000, 2 * DAY + 30_000, Outcome.SUCCEEDED)));
    }

    /** As many rows as that, one after another. */
    static Timeline chain(int rows) {
        List<Row> all = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            all.add(row("p/s" + i, i + 1, 0, work(i * 1_000L, i * 1_000L + 1_000, Outcome.SUCCEEDED)));
        }
        return of(all);
    }

    /** Anything: attempts, gates, waits, all lengths, and a critical path through the last rows of pipelines. */
    static Timeline random(long seed) {
        Random random = new Random(seed);
        long unit = (long) Math.pow(10, random.nextInt(8));
        boolean over = random.nextBoolean();
        List<Row> rows = new ArrayList<>();
        long ready = 0;
        int pipelines = 1 + random.nextInt(4);
        for (int p = 0; p < pipelines; p++) {
            int stages = 1 + random.nextInt(12);
            for (int s = 0; s < stages; s++) {
                String stage = "pipeline-" + p + "/" + "stage-".repeat(1 + random.nextInt(3)) + s;
                boolean critical = s == stages - 1;
                Row row = random(random, stage, ready, unit, critical ? p + 1 : 0);
                rows.add(row);
                ready = critical
                        ? Span.offset(
                                of(row), row.bars().get(row.bars().size() - 1).end())
                        : ready;
            }
        }
        if (!over) {
            rows.add(row("pipeline-x/next", 0, random.nextInt(1_000)));
        }
        return of(rows);
    }

    private static Row random(Random random, String stage, long ready, long unit, int step) {
        List<Bar> bars = new ArrayList<>();
        long idle = random.nextInt(3) == 0 ? random.nextInt(30) * unit / 10 : 0;
        long at = ready + idle;
        boolean gate = random.nextInt(8) == 0;
        int attempts = gate || random.nextInt(3) > 0 ? 1 : 1 + random.nextInt(4);
        for (int i = 1; i <= attempts; i++) {
            long end = at + random.nextInt(100) * unit / 10 * (gate ? 10_000 : 1);
            Outcome outcome = i < attempts ? Outcome.FAILED : ENDINGS.get(random.nextInt(4));
            bars.add(gate ? asking(at, end, outcome) : work(at, end, outcome));
            at = end + random.nextInt(3) * unit;
        }
        return row(stage, step, idle, bars.toArray(Bar[]::new));
    }
}
