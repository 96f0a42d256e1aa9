package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.cli.FileErrors;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.report.Masker;
import io.jenkins.plugins.sluice.run.AttemptResult;
import io.jenkins.plugins.sluice.run.Decision;
import io.jenkins.plugins.sluice.run.Durations;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunEvent;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.RunValues;
import io.jenkins.plugins.sluice.run.Scheduler;
import io.jenkins.plugins.sluice.run.StageRun;
import io.jenkins.plugins.sluice.run.StageStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Runs a plan on this machine. One thread owns the state and obeys the scheduler; each attempt works on a thread of its own
 * and reports back through the inbox.
 */
final class LocalHost {

    /** How often a lock that another run holds is tried again. */
    private static final Duration LOCK_POLL = Duration.ofMillis(200);

    private final ExecutionPlan plan;
    private final RunSetup setup;
    private final GroupWorkspaces workspaces;
    private final StageWorker.WorkPlace place;
    private final boolean inPlace;
    private final boolean anyArtifacts;
    private final int jobs;
    private final RunConsole console;
    private final Masker masker;
    private final Locks locks;
    private final ExecutorService threads;
    private final RunState state;
    private final Scheduler scheduler;
    private final RunValues values;
    private final Clock clock = Clock.systemUTC();
    private volatile boolean frozen;
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final Deque<Decision> decisions = new ArrayDeque<>();
    private final Deque<Decision.Start> ready = new ArrayDeque<>();
    private final Map<Integer, StageWorker> running = new HashMap<>();
    private final Map<Integer, String> heldLocks = new HashMap<>();
    private final Set<Integer> waitingForLock = new HashSet<>();
    private final Set<Integer> delayed = new HashSet<>();

    LocalHost(RunState state, RunValues values, RunSetup setup, Parts parts) {
        this.plan = state.plan();
        this.state = state;
        this.values = values;
        this.setup = setup;
        this.workspaces = parts.workspaces();
        this.inPlace = parts.inPlace().isPresent();
        this.place =
                parts.inPlace().<StageWorker.WorkPlace>map(top -> stage -> top).orElse(workspaces::enter);
        this.anyArtifacts = plan.stages().stream()
                .anyMatch(s -> !s.stage().keeps().artifacts().isEmpty());
        this.jobs = parts.jobs();
        this.console = parts.console();
        this.masker = setup.secrets().masker();
        this.locks = parts.locks();
        this.threads = parts.threads();
        this.scheduler = new Scheduler(state);
    }

    /**
     * What a host is made of besides the plan.
     *
     * @param inPlace the tree to work in itself, instead of in workspaces
     * @param jobs how many stages may run at the same time
     * @param threads runs the attempts; has no limit of its own
     */
    record Parts(
            GroupWorkspaces workspaces,
            Optional<Path> inPlace,
            int jobs,
            Locks locks,
            RunConsole console,
            ExecutorService threads) {}

    /** From now on nothing is started any more; from any thread. */
    void freeze() {
        frozen = true;
    }

    /** Asks the run to end: stages are stopped, clean-ups still run. From any thread. */
    void abort(String reason) {
        inbox.add(() -> happen(new RunEvent.AbortRequested(reason, clock.instant()), Optional.empty()));
    }

    /** Runs until every stage has an outcome. */
    void run() throws InterruptedException {
        happen(new RunEvent.RunStarted(values.runId(), clock.instant()), Optional.empty());
        while (true) {
            obeyAll();
            startWhatCan();
            if (state.outcome().isPresent()) {
                return;
            }
            if (decisions.isEmpty()) {
                Runnable message = waitingForLock.isEmpty()
                        ? inbox.take()
                        : inbox.poll(LOCK_POLL.toMillis(), TimeUnit.MILLISECONDS);
                if (message != null) {
                    message.run();
                }
            }
        }
    }

    /** Takes note of an event. What follows from it waits in a queue: a chain of thousands of skips needs no deep stack. */
    private void happen(RunEvent event, Optional<Integer> ended) {
        state.apply(event);
        decisions.addAll(scheduler.next(ended));
    }

    private void obeyAll() {
        for (Decision next = decisions.poll(); next != null; next = decisions.poll()) {
            obey(next);
        }
    }

    private void obey(Decision decision) {
        if (decision instanceof Decision.Start start) {
            later(start);
        } else if (decision instanceof Decision.Skip skip) {
            skip(plan.stage(skip.stage()), skip.reason());
        } else if (decision instanceof Decision.Abort abort) {
            abort(plan.stage(abort.stage()), abort.reason());
        } else if (decision instanceof Decision.Finish finish) {
            happen(new RunEvent.RunFinished(finish.outcome(), clock.instant()), Optional.empty());
        }
    }

    private void later(Decision.Start start) {
        if (start.delay().isZero()) {
            ready.add(start);
            return;
        }
        PlannedStage stage = plan.stage(start.stage());
        console.note(stage.id(), "attempt " + start.attempt() + " follows in " + Durations.words(start.delay()));
        delayed.add(start.stage());
        CompletableFuture.delayedExecutor(start.delay().toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> inbox.add(() -> {
                    if (delayed.remove(start.stage())) {
                        ready.add(start);
                    }
                }));
    }

    private void skip(PlannedStage stage, String reason) {
        waitingForLock.remove(stage.number());
        happen(new RunEvent.StageSkipped(stage.id(), reason, clock.instant()), Optional.empty());
        leave(stage);
        console.stageFinished(
                stage.id(),
                state.stage(stage.number()).outcome().orElse(Outcome.SKIPPED).word(),
                Duration.ZERO,
                reason);
    }

    private void abort(PlannedStage stage, String reason) {
        StageWorker worker = running.get(stage.number());
        if (worker != null) {
            worker.abort(reason);
        } else {
            delayed.remove(stage.number());
            ready.removeIf(start -> start.stage() == stage.number());
            skip(stage, reason);
        }
    }

    private void startWhatCan() {
        Iterator<Decision.Start> candidates = ready.iterator();
        Deque<Decision.Start> overtaken = new ArrayDeque<>();
        while (candidates.hasNext() && running.size() < jobs) {
            Decision.Start start = candidates.next();
            PlannedStage stage = plan.stage(start.stage());
            Optional<String> reason = start.attempt() == 1 ? scheduler.reasonAgainst(start.stage()) : Optional.empty();
            if (reason.isPresent()) {
                candidates.remove();
                overtaken.add(start);
            } else if (acquireLock(stage)) {
                candidates.remove();
                start(stage, start.attempt());
            }
        }
        overtaken.forEach(start -> skip(
                plan.stage(start.stage()),
                scheduler.reasonAgainst(start.stage()).orElse("")));
    }

    private boolean acquireLock(PlannedStage stage) {
        Optional<String> name = stage.stage()
                .settings()
                .lock()
                .map(lock ->
                        lock.resolve(reference -> values.of(reference, stage).orElse("")));
        if (name.isEmpty()) {
            return true;
        }
        if (tryAcquire(stage, name.get())) {
            heldLocks.put(stage.number(), name.get());
            waitingForLock.remove(stage.number());
            return true;
        }
        if (waitingForLock.add(stage.number())) {
            console.waiting(stage.id(), "for the lock '" + name.get() + "'");
        }
        return false;
    }

    /** A lock that cannot be looked at is tried again like one that is held; the stage's own timeout does not count yet. */
    private boolean tryAcquire(PlannedStage stage, String lock) {
        try {
            return locks.tryAcquire(lock);
        } catch (IOException e) {
            if (!waitingForLock.contains(stage.number())) {
                console.note(stage.id(), "the lock cannot be looked at: " + FileErrors.words(e));
            }
            return false;
        }
    }

    private void start(PlannedStage stage, int attempt) {
        boolean lastAttempt = attempt >= stage.stage().flow().retry().attempts();
        boolean lastUse = !inPlace && lastAttempt && workspaces.isLast(stage);
        StageWorker.Task task = new StageWorker.Task(stage, attempt, owed(stage), lastUse);
        StageLog log = new StageLog(stage.id(), setup.directory().log(stage.id()), masker, console);
        StageWorker worker = new StageWorker(task, setup, values, place, log);
        console.stageStarted(stage.id(), attempt);
        running.put(stage.number(), worker);
        happen(new RunEvent.AttemptStarted(stage.id(), attempt, clock.instant()), Optional.empty());
        threads.execute(() -> {
            AttemptResult result = frozen ? AttemptResult.of(Outcome.ABORTED, "", "") : worker.work();
            inbox.add(() -> ended(stage, attempt, result));
        });
    }

    private Map<PlannedStage, List<KeptFile>> owed(PlannedStage stage) {
        Map<PlannedStage, List<KeptFile>> owed = new LinkedHashMap<>();
        if (!inPlace && anyArtifacts) {
            for (PlannedStage source : workspaces.missing(stage, plan.carriesInto(stage))) {
                state.stage(source.number()).lastResult().ifPresent(result -> owed.put(source, result.kept()));
            }
        }
        return owed;
    }

    private void ended(PlannedStage stage, int attempt, AttemptResult result) {
        running.remove(stage.number());
        releaseLock(stage);
        happen(new RunEvent.AttemptEnded(stage.id(), attempt, result, clock.instant()), Optional.of(stage.number()));
        if (anyArtifacts && result.outcome() == Outcome.SUCCEEDED) {
            workspaces.arePresent(stage, plan.carriesInto(stage));
        }
        StageRun run = state.stage(stage.number());
        if (run.status() == StageStatus.FINISHED) {
            leave(stage);
            Outcome outcome = run.outcome().orElseThrow();
            console.stageFinished(stage.id(), outcome.word(), run.duration(), run.detail());
        } else {
            console.note(
                    stage.id(), "attempt " + attempt + " " + result.outcome().word() + ": " + result.detail());
        }
    }

    private void releaseLock(PlannedStage stage) {
        String lock = heldLocks.remove(stage.number());
        try {
            if (lock != null) {
                locks.release(lock);
            }
        } catch (IOException e) {
            console.note(stage.id(), "the lock '" + lock + "' could not be released: " + e.getMessage());
        }
    }

    private void leave(PlannedStage stage) {
        Outcome outcome = state.stage(stage.number()).outcome().orElse(Outcome.SKIPPED);
        boolean wentWrong = outcome == Outcome.FAILED || outcome == Outcome.ERRORED;
        workspaces
                .leave(stage, wentWrong)
                .ifPresent(directory -> threads.execute(() -> {
                    try {
                        workspaces.giveBack(directory);
                    } catch (IOException e) {
                        console.note(stage.id(), "its workspace could not be deleted: " + InstructionRunner.words(e));
                    }
                }));
    }
}
