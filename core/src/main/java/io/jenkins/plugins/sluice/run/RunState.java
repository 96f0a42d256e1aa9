package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.gate.Verdict;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

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
    private final Set<Integer> asking = new TreeSet<>();
    private final List<RunEvent.WorkspaceKept> keptWorkspaces = new ArrayList<>();
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
        } else if (event instanceof RunEvent.AttemptLost e) {
            lost(number(e.stage()), e);
        } else if (event instanceof RunEvent.StageSkipped e) {
            skipped(number(e.stage()), e);
        } else if (event instanceof RunEvent.ResultTaken e) {
            taken(number(e.stage()), e);
        } else if (!applyToGate(event)) {
            applyToRun(event);
        }
    }

    private boolean applyToGate(RunEvent event) {
        if (event instanceof RunEvent.GateOpened e) {
            opened(number(e.stage()), e);
        } else if (event instanceof RunEvent.QuestionAsked e) {
            changeGate(number(e.stage()), gate -> gate.askedAt(e.at()));
        } else if (event instanceof RunEvent.VoteCast e) {
            GateRun.Cast cast = new GateRun.Cast(e.vote(), Optional.empty(), e.at());
            changeGate(number(e.stage()), gate -> gate.with(cast));
        } else if (event instanceof RunEvent.VoteRefused e) {
            GateRun.Cast cast = new GateRun.Cast(e.vote(), Optional.of(e.reason()), e.at());
            changeGate(number(e.stage()), gate -> gate.with(cast));
        } else if (event instanceof RunEvent.GateDecided e) {
            decided(number(e.stage()), e);
        } else {
            return false;
        }
        return true;
    }

    private void applyToRun(RunEvent event) {
        if (event instanceof RunEvent.AbortRequested e) {
            abortReason = abortReason.isEmpty() ? e.reason() : abortReason;
        } else if (event instanceof RunEvent.RunStarted e) {
            startedAt = Optional.of(e.at());
        } else if (event instanceof RunEvent.WorkspaceKept e) {
            keptWorkspaces.add(e);
        } else if (event instanceof RunEvent.RunFinished e) {
            outcome = Optional.of(e.outcome());
            finishedAt = Optional.of(e.at());
        }
    }

    private int number(String stage) {
        return find(stage).orElseThrow(() -> new IllegalArgumentException("no stage '" + stage + "' in this plan"));
    }

    /** The number of a stage by its id. */
    public Optional<Integer> find(String stage) {
        return Optional.ofNullable(numbers.get(stage));
    }

    private void started(int stage, RunEvent.AttemptStarted e) {
        StageRun run = runs[stage];
        List<StageRun.Attempt> attempts = new ArrayList<>(run.attempts());
        attempts.add(new StageRun.Attempt(e.attempt(), e.at(), Optional.empty(), Optional.empty()));
        move(stage, Happening.ATTEMPT_STARTED, run.running(attempts));
    }

    private void ended(int stage, RunEvent.AttemptEnded e) {
        AttemptResult result = e.result();
        StageRun run = withEnd(stage, Happening.ATTEMPT_ENDED, result, e.at());
        boolean again = result.outcome().isTrouble()
                && result.outcome() != Outcome.ABORTED
                && abortReason.isEmpty()
                && retry(stage).after(run.countedAttempts(), result.cause()).isPresent();
        StageRun next =
                again ? run.paused(result.detail(), run.attempts()) : run.finished(result.outcome(), result.detail());
        move(stage, Happening.ATTEMPT_ENDED, next);
    }

    private void lost(int stage, RunEvent.AttemptLost e) {
        AttemptResult nothing = AttemptResult.of(Outcome.ABORTED, e.reason(), AttemptResult.LOST);
        StageRun run = withEnd(stage, Happening.ATTEMPT_LOST, nothing, e.at());
        move(stage, Happening.ATTEMPT_LOST, run.paused(e.reason(), run.attempts()));
    }

    private StageRun withEnd(int stage, Happening happening, AttemptResult result, Instant at) {
        List<StageRun.Attempt> attempts = new ArrayList<>(runs[stage].attempts());
        if (attempts.isEmpty()) {
            throw new IllegalTransition(plan.stage(stage).id(), runs[stage], happening);
        }
        StageRun.Attempt last = attempts.remove(attempts.size() - 1);
        attempts.add(new StageRun.Attempt(last.number(), last.startedAt(), Optional.of(at), Optional.of(result)));
        return runs[stage].withAttempts(attempts);
    }

    private void skipped(int stage, RunEvent.StageSkipped e) {
        StageRun run = runs[stage];
        Outcome last = run.lastResult().map(AttemptResult::outcome).orElse(Outcome.SKIPPED);
        move(stage, Happening.SKIPPED, run.finished(last, e.reason()));
    }

    private void taken(int stage, RunEvent.ResultTaken e) {
        StageRun run = runs[stage].withTaken(new StageRun.Taken(e.fromRun(), e.result()));
        move(
                stage,
                Happening.RESULT_TAKEN,
                run.finished(e.result().outcome(), e.result().detail()));
    }

    private void opened(int stage, RunEvent.GateOpened e) {
        GateRun gate = new GateRun(
                e.question(), e.shown(), e.at(), e.deadline(), Optional.empty(), List.of(), Optional.empty());
        move(stage, Happening.GATE_OPENED, runs[stage].asking(gate));
        asking.add(stage);
    }

    /** Votes come late, too: they change the audit trail of a gate, and not its decision. */
    private void changeGate(int stage, UnaryOperator<GateRun> change) {
        GateRun gate = runs[stage]
                .gate()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the gate '" + plan.stage(stage).id() + "' has not asked its question yet"));
        runs[stage] = runs[stage].withGate(change.apply(gate));
    }

    private void decided(int stage, RunEvent.GateDecided e) {
        if (runs[stage].status() != StageStatus.ASKING) {
            throw new IllegalTransition(plan.stage(stage).id(), runs[stage], Happening.GATE_DECIDED);
        }
        changeGate(stage, gate -> gate.decided(new GateRun.Decided(e.verdict(), e.result(), e.at())));
        asking.remove(stage);
        StageRun run = runs[stage];
        move(
                stage,
                Happening.GATE_DECIDED,
                run.finished(e.result().outcome(), e.result().detail()));
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
            // Of both, the failure is what people look for.
            boolean replaced = isSuperseded(trouble[dependent]) && !trouble[stage].isEmpty();
            if (trouble[dependent].isEmpty() || replaced) {
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

    /** Whether a stage, by its id, is a gate whose place a newer run has taken: then nothing has failed. */
    boolean isSuperseded(String stage) {
        return find(stage)
                .flatMap(number -> runs[number].gate())
                .flatMap(GateRun::decision)
                .filter(decided -> decided.verdict() == Verdict.SUPERSEDED)
                .isPresent();
    }

    /** Takes the next waiting stage whose needs have all finished and that nobody has taken; empty if there is none now. */
    Optional<Integer> takeDecidable() {
        return Optional.ofNullable(decidable.poll());
    }

    /** Takes the next stage that went wrong and that nobody has taken. */
    Optional<Integer> takeTroubled() {
        return newlyTroubled.isEmpty() ? Optional.empty() : Optional.of(newlyTroubled.remove(0));
    }

    /** The gates that ask their question now, by number. */
    public List<Integer> asking() {
        return List.copyOf(asking);
    }

    /** What was kept of workspaces, in order. */
    public List<RunEvent.WorkspaceKept> keptWorkspaces() {
        return List.copyOf(keptWorkspaces);
    }

    /** What was last kept of a workspace. */
    public Optional<RunEvent.WorkspaceKept> keptWorkspace(String workspace) {
        return keptWorkspaces.stream()
                .filter(kept -> kept.workspace().equals(workspace))
                .reduce((first, last) -> last);
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
