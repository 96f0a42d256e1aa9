package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.gate.Parties;
import io.jenkins.plugins.sluice.gate.Verdict;
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
    private boolean resumes;

    SimulatedHost(ExecutionPlan plan, BiFunction<PlannedStage, Integer, AttemptResult> work) {
        this(new RunState(plan), work);
    }

    private SimulatedHost(RunState state, BiFunction<PlannedStage, Integer, AttemptResult> work) {
        this.plan = state.plan();
        this.state = state;
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

    /** A host that goes on with a run of another one, which is gone. */
    static SimulatedHost resuming(RunState state, String... names) {
        SimulatedHost host = new SimulatedHost(state, failing(state.plan(), names).work);
        host.resumes = true;
        return host;
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

    private void resume() {
        note(new RunEvent.RunResumed(now));
        for (PlannedStage stage : plan.stages()) {
            StageStatus status = state.stage(stage.number()).status();
            if (status == StageStatus.RUNNING) {
                int attempt = state.stage(stage.number()).attempts().size();
                note(new RunEvent.AttemptLost(stage.id(), attempt, "gone", now));
            } else if (status == StageStatus.ASKING) {
                decideLater(stage);
            }
        }
        scheduler.resume().forEach(this::obey);
    }

    RunState run() {
        if (resumes) {
            resume();
        } else {
            happen(new RunEvent.RunStarted("1", now), Optional.empty());
        }
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
        boolean ended = event instanceof RunEvent.AttemptEnded;
        events.add(event);
        state.apply(event);
        scheduler.next(ended ? stage : Optional.empty()).forEach(this::obey);
    }

    private void note(RunEvent event) {
        events.add(event);
        state.apply(event);
    }

    private void obey(Decision decision) {
        if (decision instanceof Decision.Skip skip) {
            happen(new RunEvent.StageSkipped(plan.stage(skip.stage()).id(), skip.reason(), now), Optional.empty());
        } else if (decision instanceof Decision.Finish finish) {
            happen(new RunEvent.RunFinished(finish.outcome(), now), Optional.empty());
        } else if (decision instanceof Decision.Start start) {
            start(start);
        } else if (decision instanceof Decision.Ask ask) {
            ask(plan.stage(ask.stage()));
        } else if (decision instanceof Decision.Abort abort) {
            abort(abort);
        }
    }

    /** People take their time, and then do what the name of the gate says. */
    private void ask(PlannedStage stage) {
        happen(new RunEvent.GateOpened(stage.id(), "", List.of(), Optional.empty(), now), Optional.empty());
        decideLater(stage);
    }

    private void decideLater(PlannedStage stage) {
        Instant end = now.plus(durations.getOrDefault(stage.stage().name(), Duration.ofSeconds(1)));
        Verdict verdict = stage.stage().name().startsWith("no") ? Verdict.REJECTED : Verdict.APPROVED;
        RunEvent decided = new GateKeeper(state, new Parties(List.of(), List.of()))
                .decide(stage.number(), verdict, verdict.word(), end);
        Pending later = new Pending(end, order++, decided, Optional.of(stage.number()));
        pending.add(later);
        running.put(stage.number(), later);
    }

    private void start(Decision.Start start) {
        PlannedStage stage = plan.stage(start.stage());
        Instant begin = start.notBefore().orElse(now);
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
        if (state.stage(abort.stage()).status() == StageStatus.ASKING) {
            GateKeeper keeper = new GateKeeper(state, new Parties(List.of(), List.of()));
            happen(keeper.decide(abort.stage(), Verdict.ABORTED, abort.reason(), now), Optional.empty());
            return;
        }
        boolean runs = state.stage(abort.stage()).status() == StageStatus.RUNNING;
        int attempt = state.stage(abort.stage()).attempts().size();
        RunEvent event = runs
                ? new RunEvent.AttemptEnded(id, attempt, AttemptResult.of(Outcome.ABORTED, abort.reason(), ""), now)
                : new RunEvent.StageSkipped(id, abort.reason(), now);
        happen(event, runs ? Optional.of(abort.stage()) : Optional.empty());
    }
}
