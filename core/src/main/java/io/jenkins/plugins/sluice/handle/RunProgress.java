package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.Decision;
import io.jenkins.plugins.sluice.run.EventJson;
import io.jenkins.plugins.sluice.run.GateKeeper;
import io.jenkins.plugins.sluice.run.RunEvent;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.RunValues;
import io.jenkins.plugins.sluice.run.Scheduler;
import io.jenkins.plugins.sluice.run.StageStatus;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How far a run has come: the one place where events happen, what is decided because of them, and what is due at its stages.
 *
 * <p>Not thread-safe: this and the parts of a run that share it are only called under the monitor of its handle.
 */
final class RunProgress {
    private final RunHandle handle;
    private final Controller controller;
    private final RunState state;
    private final Scheduler scheduler;
    private final RunValues values;
    private final GateKeeper keeper;
    private final EventJson json = new EventJson(EventJson.Guard.plain());
    private final List<String> events = new ArrayList<>();
    private final Deque<Decision> decisions = new ArrayDeque<>();
    private final Map<Integer, Decision> due = new TreeMap<>();
    private final Map<Integer, String> stops = new TreeMap<>();
    private boolean obeying;

    /**
     * Of a run of which nothing has happened yet.
     *
     * @param handle only by which the controller knows the run: nothing is asked of it here
     */
    RunProgress(RunHandle handle, RunBasis basis, Controller controller) {
        this.handle = handle;
        this.controller = controller;
        this.state = new RunState(basis.plan());
        this.scheduler = new Scheduler(state);
        this.values = new RunValues(
                state,
                new RunValues.Facts(
                        basis.setup(), basis.run(), basis.trigger(), basis.siteSettings(), basis.policyRules()),
                ArtifactPlace::of);
        this.keeper = new GateKeeper(state, basis.parties());
    }

    /** Takes note of what has happened before. */
    void recall(List<RunEvent> happened) {
        happened.forEach(event -> {
            state.apply(event);
            events.add(json.write(event));
        });
    }

    /** Goes on after what has happened before. */
    void resume() {
        decisions.addAll(scheduler.resume());
        obey();
    }

    /** It begins. */
    void start(Instant now) {
        happen(new RunEvent.RunStarted(values.runId(), now));
    }

    void happen(RunEvent event) {
        recall(List.of(event));
        Optional<Integer> ended = event instanceof RunEvent.AttemptEnded e ? state.find(e.stage()) : Optional.empty();
        decisions.addAll(scheduler.next(ended));
        obey();
        controller.changed(handle);
    }

    /** One decision after another, also those that follow from them. */
    private void obey() {
        if (obeying) {
            return;
        }
        obeying = true;
        try {
            for (Decision next = decisions.poll(); next != null; next = decisions.poll()) {
                obey(next);
            }
        } finally {
            obeying = false;
        }
    }

    private void obey(Decision decision) {
        Instant now = now();
        if (decision instanceof Decision.Start start) {
            due.put(start.stage(), start);
        } else if (decision instanceof Decision.Ask ask) {
            due.put(ask.stage(), ask);
        } else if (decision instanceof Decision.Skip skip) {
            skip(skip.stage(), skip.reason(), now);
        } else if (decision instanceof Decision.Abort abort) {
            stop(abort.stage(), abort.reason(), now);
        } else if (decision instanceof Decision.Finish finish) {
            happen(new RunEvent.RunFinished(finish.outcome(), now));
        }
    }

    private void skip(int stage, String reason, Instant now) {
        happen(new RunEvent.StageSkipped(plan().stage(stage).id(), reason, now));
    }

    private void stop(int stage, String reason, Instant now) {
        stops.put(stage, reason);
        StageStatus status = status(plan().stage(stage));
        if (status == StageStatus.PAUSED) {
            due.remove(stage);
            skip(stage, reason, now);
        } else if (status == StageStatus.ASKING) {
            happen(keeper.decide(stage, Verdict.ABORTED, reason, now));
        }
        controller.stop(handle, stage);
    }

    /** Why a stage is to end, if it is. */
    Optional<String> stopped(int stage) {
        return Optional.ofNullable(stops.get(stage));
    }

    /** What is due at a stage; one that is not to begin any more is skipped. */
    Optional<Decision> due(int stage) {
        Decision decision = due.get(stage);
        boolean first = decision instanceof Decision.Ask || (decision instanceof Decision.Start s && s.attempt() == 1);
        if (first) {
            Optional<String> against = scheduler.reasonAgainst(stage);
            if (against.isPresent()) {
                due.remove(stage);
                skip(stage, against.get(), now());
                return Optional.empty();
            }
        }
        return Optional.ofNullable(decision);
    }

    /** Takes what is due at a stage: it is done now. */
    Decision takeDue(int stage) {
        return due.remove(stage);
    }

    /** Whether a failure means that somebody ends the build; takes note of it the first time. */
    boolean takeAbort(Failure failure) {
        boolean abort = failure.kind() == Failure.Kind.ABORTED;
        if (abort && state.abortReason().isEmpty()) {
            happen(new RunEvent.AbortRequested(failure.words(), now()));
        }
        return abort;
    }

    Instant now() {
        return controller.now();
    }

    /** Tells people. */
    void note(String line) {
        controller.note(handle, line);
    }

    /** Why a newer run has taken the place of this one, if it has. */
    Optional<String> newer() {
        return controller.newer(handle);
    }

    Controller controller() {
        return controller;
    }

    ExecutionPlan plan() {
        return state.plan();
    }

    RunState state() {
        return state;
    }

    StageStatus status(PlannedStage stage) {
        return state.stage(stage.number()).status();
    }

    RunValues values() {
        return values;
    }

    GateKeeper keeper() {
        return keeper;
    }

    /** All that has happened, one JSON object each. */
    List<String> events() {
        return List.copyOf(events);
    }
}
