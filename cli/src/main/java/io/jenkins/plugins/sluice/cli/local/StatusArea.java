package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.run.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** What runs, what waits and how far a run is, as a few rows that fit a terminal. Safe for threads. */
final class StatusArea {

    private static final int MOST_STAGES = 8;
    private static final int LONGEST_BAR = 40;
    private static final Set<String> TROUBLE = Set.of("failed", "errored", "aborted");

    private final int stages;
    private final Ansi ansi;
    private final LongSupplier clock;
    private final long start;
    private final Map<String, Activity> active = new LinkedHashMap<>();
    private final Map<String, String> outcomes = new HashMap<>();

    /** {@code clock} counts nanoseconds. */
    StatusArea(int stages, Ansi ansi, LongSupplier clock) {
        this.stages = stages;
        this.ansi = ansi;
        this.clock = clock;
        this.start = clock.getAsLong();
    }

    synchronized void started(String id, int attempt) {
        outcomes.remove(id);
        active.remove(id); // the longest running come first
        active.put(id, new Activity(true, attempt == 1 ? "" : "attempt " + attempt, clock.getAsLong()));
    }

    synchronized void waiting(String id, String reason) {
        active.put(id, new Activity(false, reason, clock.getAsLong()));
    }

    synchronized void finished(String id, String outcome) {
        active.remove(id);
        outcomes.put(id, outcome);
    }

    /** From top to bottom; each narrower than the terminal, and together no more than a third of it. */
    synchronized List<String> rows(TerminalSize size) {
        List<String> rows = new ArrayList<>();
        int room = Math.max(0, Math.min(MOST_STAGES, size.rows() / 3 - 1));
        int shown = active.size() > room ? Math.max(0, room - 1) : active.size();
        int width = active.keySet().stream()
                .limit(shown)
                .mapToInt(String::length)
                .max()
                .orElse(0);
        active.entrySet().stream()
                .limit(shown)
                .forEach(entry -> rows.add(row(size, entry.getKey(), width, entry.getValue())));
        if (shown < active.size() && room > 0) {
            rows.add(new Row(size.columns(), ansi)
                    .add(Ansi.DIM, "  and " + (active.size() - shown) + " more")
                    .toString());
        }
        rows.add(total(size));
        return rows;
    }

    private String row(TerminalSize size, String id, int width, Activity activity) {
        Row row = new Row(size.columns(), ansi).add(activity.running() ? Ansi.YELLOW : Ansi.DIM, "* ");
        row.add("", id + " ".repeat(width - id.length()) + "  ");
        row.add(Ansi.DIM, elapsedSince(activity.since()));
        String what = activity.running() ? activity.what() : "waits: " + activity.what();
        return row.add(Ansi.DIM, activity.what().isEmpty() ? "" : "  " + what).toString();
    }

    /** What matters most comes first, as a narrow terminal cuts the rest. */
    private String total(TerminalSize size) {
        long failed = outcomes.values().stream().filter(TROUBLE::contains).count();
        long running = active.values().stream().filter(Activity::running).count();
        long waiting = Math.max(0, stages - outcomes.size() - running);
        Row row = new Row(size.columns(), ansi);
        bar(row, size, failed > 0);
        row.add(Ansi.BOLD, outcomes.size() + "/" + stages + " done");
        row.add(Ansi.RED, failed == 0 ? "" : ", " + failed + " failed");
        row.add("", running == 0 ? "" : ", " + running + " running");
        row.add("", waiting == 0 ? "" : ", " + waiting + " waiting");
        return row.add(Ansi.DIM, "  " + elapsedSince(start)).toString();
    }

    private void bar(Row row, TerminalSize size, boolean red) {
        int length = size.columns() < 70 ? 0 : Math.min(LONGEST_BAR, size.columns() - 60);
        if (length > 0 && stages > 0) {
            int done = (int) ((long) length * Math.min(outcomes.size(), stages) / stages);
            row.add("", "[");
            row.add(red ? Ansi.RED : Ansi.GREEN, "=".repeat(done));
            row.add("", " ".repeat(length - done) + "] ");
        }
    }

    private String elapsedSince(long nanos) {
        return Durations.words(
                Duration.ofSeconds(Duration.ofNanos(clock.getAsLong() - nanos).toSeconds()));
    }

    private record Activity(boolean running, String what, long since) {}
}
