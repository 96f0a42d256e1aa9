package io.jenkins.plugins.sluice.report;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.report.Timeline.Bar;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/** What really held up each stage of a run, and the run as a whole. Stages are known by their numbers, -1 is none. */
final class CriticalPath {
    private final ExecutionPlan plan;
    private final List<List<Bar>> bars;
    private final Comparator<Integer> byEnd;
    private final int[] waitedFor;

    CriticalPath(ExecutionPlan plan, List<List<Bar>> bars) {
        this.plan = plan;
        this.bars = bars;
        Comparator<Integer> byStart =
                Comparator.comparing(stage -> bars.get(stage).get(0).start());
        byEnd = Comparator.<Integer, Instant>comparing(stage -> end(bars.get(stage)))
                .thenComparing(byStart.reversed())
                .thenComparing(Comparator.reverseOrder());
        waitedFor = new int[plan.stages().size()];
        Arrays.fill(waitedFor, -1);
        trace();
    }

    static Instant end(List<Bar> bars) {
        return bars.get(bars.size() - 1).end();
    }

    /** For each stage that of its needs that ended last. In place of a need that never ran stand the needs of that need. */
    int[] waitedFor() {
        return waitedFor.clone();
    }

    /** For each stage its place on the way to the stage that ended last, from 1; 0 beside it. */
    int[] steps() {
        List<Integer> path = new ArrayList<>();
        int last = IntStream.range(0, bars.size())
                .filter(this::ran)
                .boxed()
                .max(byEnd)
                .orElse(-1);
        for (int stage = last; stage >= 0; stage = waitedFor[stage]) {
            path.add(stage);
        }
        Collections.reverse(path);
        int[] steps = new int[bars.size()];
        IntStream.range(0, path.size()).forEach(i -> steps[path.get(i)] = i + 1);
        return steps;
    }

    private boolean ran(int stage) {
        return !bars.get(stage).isEmpty();
    }

    /** From the first stages to the last: the end of a stage that never ran is that of what it waited for. */
    private void trace() {
        List<List<Integer>> dependents = new ArrayList<>();
        plan.stages().forEach(stage -> dependents.add(new ArrayList<>()));
        plan.stages().forEach(stage -> stage.needs()
                .forEach(need -> dependents.get(need).add(stage.number())));
        int[] open = plan.stages().stream().mapToInt(s -> s.needs().size()).toArray();
        Deque<Integer> next = new ArrayDeque<>();
        plan.stages().stream()
                .filter(s -> s.needs().isEmpty())
                .map(PlannedStage::number)
                .forEach(next::add);
        while (!next.isEmpty()) {
            int stage = next.remove();
            int end = ran(stage) ? stage : waitedFor[stage];
            for (int dependent : dependents.get(stage)) {
                waitedFor[dependent] = last(waitedFor[dependent], end);
                if (--open[dependent] == 0) {
                    next.add(dependent);
                }
            }
        }
    }

    private int last(int one, int other) {
        if (one < 0 || other < 0) {
            return Math.max(one, other);
        }
        return byEnd.compare(one, other) >= 0 ? one : other;
    }
}
