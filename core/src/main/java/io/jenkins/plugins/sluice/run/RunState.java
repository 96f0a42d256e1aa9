package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.Retry;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.StageStatus.Happening;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The state of a run: the fold of its events, applied one after another. Applying an event takes time in proportion to the
 * dependents of its stage, not to the size of the plan. Not thread-safe: one thread owns it.
 */
public final class RunState {
    private final ExecutionPlan plan;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final StageRun[] runs;
    private final int[] openNeeds;
    private final List<List<Integer>> dependents = new ArrayList<>();
    private final String[] trouble;
    private final Deque<Integer> decidable = new ArrayDeque<>();
    private final List<Integer> newlyTroubled = new ArrayList<>();
    private String abortReason = "";
    private Optional<RunOutcome> outcome = Optional.empty();
    private Optional<Instant> startedAt = Optional.empty();
    private Optional<Instant> finishedAt = Optional.empty();
    private int unfinished;

    /** A run of which nothing has happened yet. */
    public RunState(ExecutionPlan plan) {
        this.plan = plan;
        int n = plan.stages().size();
        runs = new StageRun[n];
        Arrays.fill(runs, StageRun.WAITING);
        openNeeds = new int[n];
        trouble = new String[n];
        Arrays.fill(trouble, "");
        unfinished = n;
        for (PlannedStage stage : plan.stages()) {
            numbers.put(stage.id(), stage.number());
            dependents.add(new ArrayList<>());
        }
        for (PlannedStage stage : plan.stages()) {
            openNeeds[stage.number()] = stage.needs().size();
            stage.needs().forEach(need -> dependents.get(need).add(stage.number()));
            if (stage.needs().isEmpty()) {
                decidable.add(stage.number());
            }
        }
    }

    /** The fold: the state after some events. */
    public static RunState of(ExecutionPlan plan, List<RunEvent> events) {
        RunState state = new RunState(plan);
        events.forEach(state::apply);
        return state;
    }

    /**
     * Takes note of an event.
     *
     * @throws IllegalTransition if it cannot happen in this state
     */
    public void apply(RunEvent event) {
        if (event instanceof RunEvent.AttemptStarted e) {
            started(number(e.stage()), e);
        } else if (event instanceof RunEvent.AttemptEnded e) {
            ended(number(e.stage()), e);
        } else if (event instanceof RunEvent.StageSkipped e) {
            skipped(number(e.stage()), e);
        } else if (event instanceof RunEvent.AbortRequested e) {
            abortReason = abortReason.isEmpty() ? e.reason() : abortReason;
        } else if (event instanceof RunEvent.RunStarted e) {
            startedAt = Optional.of(e.at());
        } else if (event instanceof RunEvent.RunFinished e) {
            outcome = Optional.of(e.outcome());
            finishedAt = Optional.of(e.at());
        }
    }

    private int number(String stage) {
        return Objects.requireNonNull(numbers.get(stage), () -> "no stage '" + stage + "' in this plan");
    }

    private void started(int stage, RunEvent.AttemptStarted e) {
        StageRun run = runs[stage];
        List<StageRun.Attempt> attempts = new ArrayList<>(run.attempts());
        attempts.add(new StageRun.Attempt(e.attempt(), e.at(), Optional.empty(), Optional.empty()));
        move(stage, Happening.ATTEMPT_STARTED, new StageRun(StageStatus.RUNNING, Optional.empty(), "", attempts));
    }

    private void ended(int stage, RunEvent.AttemptEnded e) {
        List<StageRun.Attempt> attempts = new ArrayList<>(runs[stage].attempts());
        if (attempts.isEmpty()) {
            throw new IllegalTransition(e.stage(), runs[stage], Happening.ATTEMPT_ENDED);
        }
        StageRun.Attempt last = attempts.remove(attempts.size() - 1);
        attempts.add(new StageRun.Attempt(e.attempt(), last.startedAt(), Optional.of(e.at()), Optional.of(e.result())));
        AttemptResult result = e.result();
        boolean again = result.outcome().isTrouble()
                && result.outcome() != Outcome.ABORTED
                && abortReason.isEmpty()
                && retry(stage).after(e.attempt(), result.cause()).isPresent();
        StageRun next = again
                ? new StageRun(StageStatus.PAUSED, Optional.empty(), result.detail(), attempts)
                : new StageRun(StageStatus.FINISHED, Optional.of(result.outcome()), result.detail(), attempts);
        move(stage, Happening.ATTEMPT_ENDED, next);
    }

    private void skipped(int stage, RunEvent.StageSkipped e) {
        StageRun run = runs[stage];
        Outcome last = run.lastResult().map(AttemptResult::outcome).orElse(Outcome.SKIPPED);
        move(
                stage,
                Happening.SKIPPED,
                new StageRun(StageStatus.FINISHED, Optional.of(last), e.reason(), run.attempts()));
    }

    private void move(int stage, Happening happening, StageRun next) {
        StageRun run = runs[stage];
        if (!run.status().allows(happening, next.status())) {
            throw new IllegalTransition(plan.stage(stage).id(), run, happening);
        }
        runs[stage] = next;
        if (next.status() == StageStatus.FINISHED) {
            finished(stage, next.outcome().orElseThrow());
        }
    }

    private void finished(int stage, Outcome ending) {
        unfinished--;
        boolean allowed = plan.stage(stage).stage().flow().allowFailure() && ending != Outcome.ABORTED;
        if (ending.isTrouble() && !allowed) {
            trouble[stage] = plan.stage(stage).id();
            newlyTroubled.add(stage);
        }
        for (int dependent : dependents.get(stage)) {
            if (trouble[dependent].isEmpty()) {
                trouble[dependent] = trouble[stage];
            }
            if (--openNeeds[dependent] == 0) {
                decidable.add(dependent);
            }
        }
    }

    /** The plan that is run. */
    public ExecutionPlan plan() {
        return plan;
    }

    /** What has become of a stage. */
    public StageRun stage(int number) {
        return runs[number];
    }

    /** When a stage is tried again. */
    Retry retry(int number) {
        return plan.stage(number).stage().flow().retry();
    }

    /** The id of a stage that went wrong before, or at, a stage; empty if all is well so far. */
    String trouble(int number) {
        return trouble[number];
    }

    /** Takes the next waiting stage whose needs have all finished and that nobody has taken; empty if there is none now. */
    Optional<Integer> takeDecidable() {
        return Optional.ofNullable(decidable.poll());
    }

    /** Takes the next stage that went wrong and that nobody has taken. */
    Optional<Integer> takeTroubled() {
        return newlyTroubled.isEmpty() ? Optional.empty() : Optional.of(newlyTroubled.remove(0));
    }

    /** Why the run is to end; empty if it is not. */
    public String abortReason() {
        return abortReason;
    }

    /** Whether every stage has an outcome. */
    public boolean allFinished() {
        return unfinished == 0;
    }

    /** Present once the run is over. */
    public Optional<RunOutcome> outcome() {
        return outcome;
    }

    public Optional<Instant> startedAt() {
        return startedAt;
    }

    public Optional<Instant> finishedAt() {
        return finishedAt;
    }
}
