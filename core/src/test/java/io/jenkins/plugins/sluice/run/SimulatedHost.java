package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.BiFunction;

/** A host without side effects: it obeys the scheduler, on a clock of its own, with any number of agents. */
final class SimulatedHost {
    private record Pending(Instant at, int order, RunEvent event, Optional<Integer> stage) {}

    private final ExecutionPlan plan;
    private final RunState state;
    private final Scheduler scheduler;
    private final List<RunEvent> events = new ArrayList<>();
    private final PriorityQueue<Pending> pending =
            new PriorityQueue<>(Comparator.comparing(Pending::at).thenComparing(Pending::order));
    private final Map<Integer, Pending> running = new HashMap<>();
    private final BiFunction<PlannedStage, Integer, AttemptResult> work;
    private final Map<String, Duration> durations = new HashMap<>();
    private Instant now = Instant.EPOCH;
    private int order;

    SimulatedHost(ExecutionPlan plan, BiFunction<PlannedStage, Integer, AttemptResult> work) {
        this.plan = plan;
        this.state = new RunState(plan);
        this.scheduler = new Scheduler(state);
        this.work = work;
    }

    /** A host whose stages of these names fail, each time. */
    static SimulatedHost failing(ExecutionPlan plan, String... names) {
        List<String> bad = List.of(names);
        return new SimulatedHost(
                plan,
                (stage, attempt) -> bad.contains(stage.stage().name())
                        ? AttemptResult.of(Outcome.FAILED, "exit code 1", "1")
                        : AttemptResult.of(Outcome.SUCCEEDED, "", ""));
    }

    SimulatedHost taking(String stage, Duration duration) {
        durations.put(stage, duration);
        return this;
    }

    SimulatedHost abortAt(Duration when) {
        Instant at = Instant.EPOCH.plus(when);
        pending.add(new Pending(at, order++, new RunEvent.AbortRequested("by hand", at), Optional.empty()));
        return this;
    }

    RunState run() {
        happen(new RunEvent.RunStarted("1", now), Optional.empty());
        while (!pending.isEmpty() && state.outcome().isEmpty()) {
            Pending next = pending.remove();
            now = next.at();
            next.stage().ifPresent(running::remove);
            happen(next.event(), next.stage());
            if (next.event() instanceof RunEvent.AttemptStarted started) {
                end(plan.stage(next.stage().orElseThrow()), started.attempt());
            }
        }
        return state;
    }

    List<RunEvent> events() {
        return List.copyOf(events);
    }

    private void happen(RunEvent event, Optional<Integer> stage) {
        events.add(event);
        state.apply(event);
        boolean ended = event instanceof RunEvent.AttemptEnded;
        scheduler.next(ended ? stage : Optional.empty()).forEach(this::obey);
    }

    private void obey(Decision decision) {
        if (decision instanceof Decision.Skip skip) {
            happen(new RunEvent.StageSkipped(plan.stage(skip.stage()).id(), skip.reason(), now), Optional.empty());
        } else if (decision instanceof Decision.Finish finish) {
            happen(new RunEvent.RunFinished(finish.outcome(), now), Optional.empty());
        } else if (decision instanceof Decision.Start start) {
            start(start);
        } else if (decision instanceof Decision.Abort abort) {
            abort(abort);
        }
    }

    private void start(Decision.Start start) {
        PlannedStage stage = plan.stage(start.stage());
        Instant begin = now.plus(start.delay());
        if (begin.isAfter(now)) {
            Pending later = new Pending(
                    begin,
                    order++,
                    new RunEvent.AttemptStarted(stage.id(), start.attempt(), begin),
                    Optional.of(start.stage()));
            pending.add(later);
            running.put(start.stage(), later);
            return;
        }
        happen(new RunEvent.AttemptStarted(stage.id(), start.attempt(), now), Optional.empty());
        end(stage, start.attempt());
    }

    private void end(PlannedStage stage, int attempt) {
        Instant end = now.plus(durations.getOrDefault(stage.stage().name(), Duration.ofSeconds(1)));
        RunEvent ended = new RunEvent.AttemptEnded(stage.id(), attempt, work.apply(stage, attempt), end);
        Pending later = new Pending(end, order++, ended, Optional.of(stage.number()));
        pending.add(later);
        running.put(stage.number(), later);
    }

    private void abort(Decision.Abort abort) {
        Pending gone = running.remove(abort.stage());
        if (gone != null) {
            pending.remove(gone);
        }
        String id = plan.stage(abort.stage()).id();
        boolean runs = state.stage(abort.stage()).status() == StageStatus.RUNNING;
        int attempt = state.stage(abort.stage()).attempts().size();
        RunEvent event = runs
                ? new RunEvent.AttemptEnded(id, attempt, AttemptResult.of(Outcome.ABORTED, abort.reason(), ""), now)
                : new RunEvent.StageSkipped(id, abort.reason(), now);
        happen(event, runs ? Optional.of(abort.stage()) : Optional.empty());
    }
}
