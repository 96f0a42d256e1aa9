package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.gate.Verdict;
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
import io.jenkins.plugins.sluice.run.ShownFiles;
import io.jenkins.plugins.sluice.run.StageRun;
import io.jenkins.plugins.sluice.run.StageStatus;
import io.jenkins.plugins.sluice.workspace.FileErrors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Runs a plan on this machine. One thread owns the state and obeys the scheduler; each attempt works on a thread of its own
 * and reports back through the inbox.
 */
final class LocalHost {

    /** How often a lock that another run holds is tried again, and the journal is looked at for what others have written. */
    private static final Duration POLL = Duration.ofMillis(200);

    private final ExecutionPlan plan;
    private final RunSetup setup;
    private final GroupWorkspaces workspaces;
    private final StageWorker.WorkPlace place;
    private final boolean inPlace;
    private final boolean anyArtifacts;
    private final boolean anyShown;
    private final int jobs;
    private final RunConsole console;
    private final Masker masker;
    private final Locks locks;
    private final ExecutorService threads;
    private final Chronicle chronicle;
    private final RunState state;
    private final Scheduler scheduler;
    private final RunValues values;
    private final GateDesk desk;
    private final RunOptions.AtGates atGates;
    private final Carrier carrier;
    private volatile boolean frozen;
    private final Inbox inbox;
    private final Deque<Decision.Start> ready = new ArrayDeque<>();
    private final List<Runnable> launches = new ArrayList<>();
    private final Map<Integer, StageWorker> running = new HashMap<>();
    private final Map<Integer, String> heldLocks = new HashMap<>();
    private final Set<Integer> waitingForLock = new HashSet<>();
    private final Set<Integer> delayed = new HashSet<>();

    LocalHost(Chronicle chronicle, RunValues values, RunSetup setup, Parts parts) {
        this.chronicle = chronicle;
        this.state = chronicle.state();
        this.plan = state.plan();
        this.values = values;
        this.setup = setup;
        this.workspaces = parts.workspaces();
        this.inPlace = parts.inPlace().isPresent();
        this.place =
                parts.inPlace().<StageWorker.WorkPlace>map(top -> stage -> top).orElse(workspaces::enter);
        this.anyArtifacts = plan.stages().stream()
                .anyMatch(s -> !s.stage().keeps().artifacts().isEmpty());
        this.anyShown = plan.stages().stream()
                .flatMap(s -> s.stage().work().gate().stream())
                .anyMatch(gate -> !gate.show().isEmpty());
        this.jobs = parts.jobs();
        this.console = parts.console();
        this.masker = setup.secrets().masker();
        this.locks = parts.locks();
        this.threads = parts.threads();
        this.scheduler = chronicle.scheduler();
        this.desk = parts.desk();
        this.carrier = parts.carrier();
        this.inbox = parts.inbox();
        this.atGates = parts.atGates();
    }

    /**
     * What a host is made of besides the run.
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
            ExecutorService threads,
            Inbox inbox,
            GateDesk desk,
            Carrier carrier,
            RunOptions.AtGates atGates) {}

    /** From now on nothing is started any more; from any thread. */
    void freeze() {
        frozen = true;
    }

    /** Asks the run to end: stages are stopped, clean-ups still run. If it only waits, it is left waiting. From any thread. */
    void abort(String reason) {
        inbox.add(() -> {
            if (onlyGatesAreLeft()) {
                inbox.leave();
            } else {
                chronicle.happen(new RunEvent.AbortRequested(reason, chronicle.now()));
            }
        });
    }

    /**
     * Runs until every stage has an outcome, or until only gates are left and nobody here waits for them.
     *
     * @throws IOException if the journal cannot be written: nothing can go on then
     */
    void run() throws IOException, InterruptedException {
        try {
            boolean goesOn = turn(this::resume);
            while (goesOn) {
                Optional<Runnable> message = chronicle.hasDecisions() ? Optional.empty() : await();
                goesOn = turn(() -> message.ifPresent(Runnable::run));
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e);
        } finally {
            running.values().forEach(worker -> worker.abort("Sluice cannot go on"));
            if (atGates instanceof RunOptions.AtGates.Ask ask) {
                ask.prompt().close();
            }
        }
    }

    private void resume() {
        desk.resume();
        plan.stages().forEach(stage -> {
            StageRun run = state.stage(stage.number());
            boolean lost = run.status() == StageStatus.PAUSED
                    && run.attempts().get(run.attempts().size() - 1).isLost();
            if (lost) {
                tellLoss(stage, run.attempts().size());
            }
        });
    }

    private void tellLoss(PlannedStage stage, int attempt) {
        try (StageLog log = logOf(stage)) {
            log.note("attempt " + attempt + " was cut off: Sluice was stopped while it ran; another one follows");
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** One step of the run, while nobody else writes into the journal; what is started begins once all of it is on the disk. */
    private boolean turn(Runnable step) throws IOException, InterruptedException {
        boolean goesOn = chronicle.journal().exclusively(() -> {
            chronicle.catchUp().forEach(this::tell);
            step.run();
            inbox.drain();
            desk.settle();
            obeyAll();
            startWhatCan();
            obeyAll();
            tellPrompt();
            return state.outcome().isEmpty() && !mayLeave();
        });
        launches.forEach(Runnable::run);
        launches.clear();
        running.values().forEach(StageWorker::flushLog);
        return goesOn;
    }

    private void tell(RunEvent event) {
        desk.tell(event);
        if (event instanceof RunEvent.AbortRequested abort) {
            console.note("", "abort requested: " + abort.reason());
        }
    }

    private boolean onlyGatesAreLeft() {
        return running.isEmpty()
                && ready.isEmpty()
                && delayed.isEmpty()
                && launches.isEmpty()
                && !chronicle.hasDecisions()
                && !desk.isBusy()
                && !state.asking().isEmpty();
    }

    /** Whether nothing here needs this process any more, although the run is not over. */
    private boolean mayLeave() throws IOException {
        if (!onlyGatesAreLeft()) {
            return false;
        }
        boolean leaves = atGates instanceof RunOptions.AtGates.Leave || inbox.isToLeave();
        if (leaves && !inPlace) {
            carrier.leave();
        }
        return leaves;
    }

    /** Keeps whoever sits at the terminal up to date; also when there is nothing to ask any more. */
    private void tellPrompt() {
        if (atGates instanceof RunOptions.AtGates.Ask ask) {
            GatePrompt prompt = ask.prompt();
            if (!onlyGatesAreLeft()) {
                prompt.pause(state.asking());
            } else if (!inbox.isToLeave()) {
                GatePrompt.Caster caster =
                        (gate, vote) -> inbox.add(() -> prompt.told(desk.cast(gate, vote), desk.open()));
                prompt.ask(desk.open(), new GatePrompt.Host(console, caster, inbox::leave));
            }
        }
    }

    private Optional<Runnable> await() throws InterruptedException {
        Duration patience = desk.nextDeadline()
                .map(end -> Duration.between(chronicle.now(), end))
                .filter(left -> left.compareTo(POLL) < 0)
                .orElse(POLL);
        return inbox.next(patience.isNegative() ? Duration.ZERO : patience);
    }

    private void obeyAll() {
        for (Optional<Decision> next = chronicle.nextDecision(); next.isPresent(); next = chronicle.nextDecision()) {
            obey(next.get());
        }
    }

    private void obey(Decision decision) {
        if (decision instanceof Decision.Start start) {
            later(start);
        } else if (decision instanceof Decision.Ask ask) {
            desk.open(plan.stage(ask.stage()));
        } else if (decision instanceof Decision.Skip skip) {
            skip(plan.stage(skip.stage()), skip.reason());
        } else if (decision instanceof Decision.Abort abort) {
            abort(plan.stage(abort.stage()), abort.reason());
        } else if (decision instanceof Decision.Finish finish) {
            chronicle.happen(new RunEvent.RunFinished(finish.outcome(), chronicle.now()));
        }
    }

    private void later(Decision.Start start) {
        PlannedStage stage = plan.stage(start.stage());
        Duration delay = delay(start);
        if (delay.isZero()) {
            ready.add(start);
            return;
        }
        console.note(stage.id(), "attempt " + start.attempt() + " follows in " + Durations.words(delay));
        delayed.add(start.stage());
        CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> inbox.add(() -> {
                    if (delayed.remove(start.stage())) {
                        ready.add(start);
                    }
                }));
    }

    private Duration delay(Decision.Start start) {
        Instant now = chronicle.now();
        return Duration.between(now, start.notBefore().filter(now::isBefore).orElse(now));
    }

    private void skip(PlannedStage stage, String reason) {
        waitingForLock.remove(stage.number());
        chronicle.happen(new RunEvent.StageSkipped(stage.id(), reason, chronicle.now()));
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
        } else if (state.stage(stage.number()).status() == StageStatus.ASKING) {
            desk.decide(stage, Verdict.ABORTED, reason);
        } else if (state.stage(stage.number()).status() == StageStatus.PAUSED) {
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
        boolean lastAttempt = attempt >= stage.stage().flow().retry().attempts()
                && state.stage(stage.number()).attempts().stream().noneMatch(StageRun.Attempt::isLost);
        boolean lastUse = !inPlace && lastAttempt && workspaces.isLast(stage);
        StageWorker.Task task = new StageWorker.Task(stage, attempt, owed(stage), asShown(stage), lastUse);
        StageWorker worker = new StageWorker(task, setup, values, place, inPlace, logOf(stage));
        console.stageStarted(stage.id(), attempt);
        running.put(stage.number(), worker);
        chronicle.happen(new RunEvent.AttemptStarted(stage.id(), attempt, chronicle.now()));
        launches.add(() -> threads.execute(() -> {
            AttemptResult result = frozen ? AttemptResult.of(Outcome.ABORTED, "", "") : worker.work();
            inbox.add(() -> {
                // Once this process is on its way out it has ended the stages itself: nobody knows what they would have
                // said.
                if (!frozen) {
                    ended(stage, attempt, result);
                }
            });
        }));
    }

    private StageLog logOf(PlannedStage stage) {
        return new StageLog(stage.id(), setup.directory().log(stage.id()), masker, console);
    }

    /** What the gates before a stage have shown, it finds as it was shown. */
    private List<KeptFile> asShown(PlannedStage stage) {
        return anyShown ? ShownFiles.before(stage, state, values) : List.of();
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
        chronicle.happen(new RunEvent.AttemptEnded(stage.id(), attempt, result, chronicle.now()));
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
