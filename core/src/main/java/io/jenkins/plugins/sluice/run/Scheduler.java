package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.Runs;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides what happens next in a run: the one place that knows when a stage starts, is skipped, tried again or stopped. Call
 * {@link #next} after each event and do what it says; it never says the same thing twice. Not thread-safe.
 */
public final class Scheduler {
    private final RunState state;
    private final Set<String> endingPipelines = new HashSet<>();
    private final Set<Integer> stopped = new HashSet<>();
    private boolean abortHandled;
    private boolean finishHandled;

    public Scheduler(RunState state) {
        this.state = state;
    }

    /** What to do now. An attempt that just ended and is to be repeated must be named, so that it is found without a search. */
    public List<Decision> next(Optional<Integer> justEnded) {
        List<Decision> decisions = new ArrayList<>();
        justEnded.ifPresent(stage -> decideRetry(stage, decisions));
        if (!state.abortReason().isEmpty() && !abortHandled) {
            abortHandled = true;
            stopStages(decisions, stage -> true, aborted(state.abortReason()));
        }
        for (Optional<Integer> t = state.takeTroubled(); t.isPresent(); t = state.takeTroubled()) {
            failFast(state.plan().stage(t.get()), decisions);
        }
        for (Optional<Integer> d = state.takeDecidable(); d.isPresent(); d = state.takeDecidable()) {
            if (state.stage(d.get()).status() == StageStatus.WAITING) {
                decisions.add(decide(state.plan().stage(d.get())));
            }
        }
        if (state.allFinished() && state.outcome().isEmpty() && !finishHandled) {
            finishHandled = true;
            decisions.add(new Decision.Finish(outcome()));
        }
        return decisions;
    }

    /**
     * What to do in a run that somebody else has begun: all that follows from what has happened so far. Attempts that nobody
     * works at any more must have been declared lost before.
     */
    public List<Decision> resume() {
        List<Decision> decisions = new ArrayList<>();
        state.plan().stages().forEach(stage -> decideRetry(stage.number(), decisions));
        decisions.addAll(next(Optional.empty()));
        return decisions;
    }

    /** Why stages end with an aborted run. */
    static String aborted(String reason) {
        return "the run was aborted: " + reason;
    }

    /**
     * Whether there is something to do in a run that nobody works at, but to wait for decisions.
     *
     * @param state of which nobody has asked anything yet, such as a new fold of events
     */
    public static boolean hasWork(RunState state) {
        boolean lost = state.plan().stages().stream()
                .anyMatch(stage -> state.stage(stage.number()).status() == StageStatus.RUNNING);
        return state.outcome().isEmpty()
                && (lost || !new Scheduler(state).resume().isEmpty());
    }

    private void decideRetry(int stage, List<Decision> decisions) {
        StageRun run = state.stage(stage);
        if (run.status() == StageStatus.PAUSED) {
            String cause = run.lastResult().map(AttemptResult::cause).orElse("");
            boolean lost = cause.equals(AttemptResult.LOST);
            Optional<Duration> delay =
                    state.retry(stage).after(run.countedAttempts(), cause).filter(d -> !lost && !d.isZero());
            Optional<Instant> notBefore = delay.flatMap(d -> run.lastEnd().map(end -> end.plus(d)));
            decisions.add(new Decision.Start(stage, run.attempts().size() + 1, notBefore));
        }
    }

    private void stopStages(List<Decision> decisions, Predicate<PlannedStage> which, String reason) {
        for (PlannedStage stage : state.plan().stages()) {
            StageStatus status = state.stage(stage.number()).status();
            boolean active = status != StageStatus.WAITING && status != StageStatus.FINISHED;
            if (active && which.test(stage) && stopped.add(stage.number())) {
                decisions.add(new Decision.Abort(stage.number(), reason));
            }
        }
    }

    private void failFast(PlannedStage failed, List<Decision> decisions) {
        boolean ends = state.plan().pipelineOf(failed).failFast();
        if (ends && endingPipelines.add(failed.pipeline())) {
            stopStages(
                    decisions,
                    s -> s.pipeline().equals(failed.pipeline()) && ordinary(s),
                    failed.id() + " failed, and the pipeline has failFast");
        }
    }

    private static boolean ordinary(PlannedStage stage) {
        return stage.stage().flow().runs() == Runs.ON_SUCCESS;
    }

    /**
     * Whether a stage that was to start must not start any more: a host asks this when it had to let the stage wait for an
     * agent or a lock, and things have changed meanwhile.
     */
    public Optional<String> reasonAgainst(int stage) {
        PlannedStage planned = state.plan().stage(stage);
        return planned.skip().or(() -> reasonAgainst(planned)).or(() -> notApproved(planned));
    }

    private Decision decide(PlannedStage stage) {
        Optional<String> reason = reasonAgainst(stage.number());
        if (reason.isPresent()) {
            return new Decision.Skip(stage.number(), reason.get());
        }
        return stage.stage().work().holdsAgent()
                ? new Decision.Start(stage.number(), 1, Optional.empty())
                : new Decision.Ask(stage.number());
    }

    private Optional<String> reasonAgainst(PlannedStage stage) {
        String trouble = state.trouble(stage.number());
        return switch (stage.stage().flow().runs()) {
            case ALWAYS ->
                // Nobody is asked on behalf of the policy any more, so what it guards does not run either.
                state.abortReason().isEmpty() || stage.stage().work().rule().isEmpty()
                        ? Optional.empty()
                        : Optional.of("the run was aborted");
            case ON_FAILURE -> {
                if (!state.abortReason().isEmpty()) {
                    yield Optional.of("the run was aborted");
                }
                if (state.isSuperseded(trouble)) {
                    yield Optional.of("nothing before it failed: " + trouble + " was superseded");
                }
                yield trouble.isEmpty() ? Optional.of("nothing before it failed") : Optional.empty();
            }
            case ON_SUCCESS -> {
                if (!state.abortReason().isEmpty()) {
                    yield Optional.of("the run was aborted");
                }
                if (!trouble.isEmpty()) {
                    yield Optional.of(because(trouble));
                }
                yield endingPipelines.contains(stage.pipeline())
                        ? Optional.of("the pipeline ended at its first failure (failFast)")
                        : Optional.empty();
            }
        };
    }

    /** What a gate of the policy guards runs only after a yes, whatever else its {@code runs} says. */
    private Optional<String> notApproved(PlannedStage stage) {
        return stage.needs().stream()
                .map(state.plan()::stage)
                .filter(need -> need.stage().work().rule().isPresent())
                .filter(need -> state.stage(need.number()).outcome().orElse(Outcome.SKIPPED) != Outcome.SUCCEEDED)
                .findFirst()
                .map(gate -> "the policy asks for " + gate.id() + ", and nobody approved that");
    }

    private String because(String trouble) {
        if (state.isSuperseded(trouble)) {
            return "it needs " + trouble + ", which was superseded";
        }
        return state.plan().stages().stream()
                .filter(s -> s.id().equals(trouble))
                .findFirst()
                .flatMap(s -> state.stage(s.number()).outcome())
                .map(o -> "it needs " + trouble + ", which " + (o == Outcome.ABORTED ? "was " : "") + o.word())
                .orElse("it needs " + trouble);
    }

    private RunOutcome outcome() {
        boolean failed = false;
        boolean errored = false;
        boolean unstable = false;
        boolean superseded = false;
        for (PlannedStage stage : state.plan().stages()) {
            StageRun run = state.stage(stage.number());
            Outcome ending = run.outcome().orElse(Outcome.SKIPPED);
            boolean allowed = stage.stage().flow().allowFailure();
            failed |= !allowed && ending == Outcome.FAILED;
            errored |= !allowed && ending == Outcome.ERRORED;
            superseded |= ending == Outcome.ABORTED;
            unstable |= allowed && ending.isTrouble();
            unstable |= run.lastResult()
                    .flatMap(AttemptResult::tests)
                    .map(tests -> tests.failures() + tests.errors() > 0)
                    .orElse(false);
        }
        if (!state.abortReason().isEmpty()) {
            return RunOutcome.ABORTED;
        }
        if (failed || errored) {
            return failed ? RunOutcome.FAILED : RunOutcome.ERRORED;
        }
        if (superseded) {
            return RunOutcome.ABORTED;
        }
        return unstable ? RunOutcome.UNSTABLE : RunOutcome.SUCCEEDED;
    }
}
