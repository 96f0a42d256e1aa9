package io.jenkins.plugins.sluice.report;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.report.Timeline.Bar;
import io.jenkins.plugins.sluice.report.Timeline.Kind;
import io.jenkins.plugins.sluice.report.Timeline.Row;
import io.jenkins.plugins.sluice.run.AttemptResult;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.StageRun;
import io.jenkins.plugins.sluice.run.StageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads a timeline from what has become of the stages of a run. */
final class TimelineReader {
    private final RunState state;
    private final ExecutionPlan plan;
    private final Instant now;
    private final List<List<Bar>> bars;
    private final Instant start;
    private final int[] waitedFor;
    private final int[] steps;

    TimelineReader(RunState state, Instant now) {
        this.state = state;
        this.plan = state.plan();
        this.now = state.finishedAt().orElse(now);
        this.bars = plan.stages().stream()
                .map(stage -> bars(state.stage(stage.number()), this.now))
                .toList();
        this.start = earliest();
        CriticalPath path = new CriticalPath(plan, bars);
        this.waitedFor = path.waitedFor();
        this.steps = path.steps();
    }

    /** The attempts at a stage. Clocks are put back now and then: no bar ends before it begins. */
    static List<Bar> bars(StageRun run, Instant now) {
        List<Bar> bars = new ArrayList<>();
        for (StageRun.Attempt attempt : run.attempts()) {
            Instant end = later(attempt.startedAt(), attempt.endedAt().orElse(now));
            bars.add(new Bar(
                    Kind.WORK, attempt.startedAt(), end, attempt.result().map(AttemptResult::outcome)));
        }
        run.gate()
                .ifPresent(gate -> bars.add(new Bar(
                        Kind.ASKING,
                        gate.openedAt(),
                        later(gate.openedAt(), gate.closedAt().orElse(now)),
                        gate.closedAt().flatMap(at -> run.outcome()))));
        return bars;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Instant earliest() {
        Stream<Instant> starts = bars.stream().flatMap(List::stream).map(Bar::start);
        return Stream.concat(state.startedAt().stream(), starts)
                .min(Instant::compareTo)
                .orElse(now);
    }

    Timeline read() {
        Instant end =
                bars.stream().flatMap(List::stream).map(Bar::end).reduce(later(start, now), TimelineReader::later);
        Map<String, List<Row>> pipelines = new LinkedHashMap<>();
        plan.stages().stream().filter(stage -> !neverRan(stage)).forEach(stage -> pipelines
                .computeIfAbsent(stage.pipeline(), pipeline -> new ArrayList<>())
                .add(row(stage, end)));
        List<Row> rows = pipelines.values().stream().flatMap(Collection::stream).toList();
        return new Timeline(start, end, rows, plan.stages().size() - rows.size());
    }

    private boolean neverRan(PlannedStage stage) {
        return bars.get(stage.number()).isEmpty() && finished(stage.number());
    }

    private boolean finished(int stage) {
        return state.stage(stage).status() == StageStatus.FINISHED;
    }

    private Row row(PlannedStage stage, Instant end) {
        int number = stage.number();
        return new Row(
                stage.id(),
                stage.pipeline(),
                state.stage(number).outcome(),
                idle(stage, end),
                bars.get(number),
                steps[number]);
    }

    private Duration idle(PlannedStage stage, Instant end) {
        List<Bar> own = bars.get(stage.number());
        if (own.isEmpty() && !stage.needs().stream().allMatch(this::finished)) {
            return Duration.ZERO;
        }
        int need = waitedFor[stage.number()];
        Instant ready = need < 0 ? start : CriticalPath.end(bars.get(need));
        Instant began = own.isEmpty() ? end : own.get(0).start();
        return Duration.between(ready, later(ready, began));
    }
}
