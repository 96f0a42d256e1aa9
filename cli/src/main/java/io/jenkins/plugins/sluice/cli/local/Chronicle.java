package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.Decision;
import io.jenkins.plugins.sluice.run.RunEvent;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.Scheduler;
import io.jenkins.plugins.sluice.run.StageRun;
import io.jenkins.plugins.sluice.run.StageStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Writes down what happens in a run, and collects the decisions that follow from it. What others write down meanwhile,
 * such as votes, happens in the run, too. One thread owns it.
 */
final class Chronicle {

    private final RunState state;
    private final Scheduler scheduler;
    private final Journal journal;
    private final Clock clock = Clock.systemUTC();
    private final Deque<Decision> decisions = new ArrayDeque<>();

    Chronicle(RunState state, Journal journal) {
        this.state = state;
        this.scheduler = new Scheduler(state);
        this.journal = journal;
    }

    Instant now() {
        return clock.instant();
    }

    RunState state() {
        return state;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    Journal journal() {
        return journal;
    }

    /**
     * Writes an event down. What follows from it waits in a queue: a chain of thousands of skips needs no deep stack.
     *
     * @throws UncheckedIOException if it cannot be written: then nobody may act on it, and the run has to stop here
     */
    void happen(RunEvent event) {
        write(event);
        apply(event);
    }

    private void write(RunEvent event) {
        try {
            journal.append(event);
        } catch (IOException e) {
            throw new UncheckedIOException("the journal cannot be written: " + e.getMessage(), e);
        }
    }

    private void apply(RunEvent event) {
        state.apply(event);
        Optional<Integer> ended = event instanceof RunEvent.AttemptEnded e ? state.find(e.stage()) : Optional.empty();
        decisions.addAll(scheduler.next(ended));
    }

    /** Lets happen what others have written down since the last call, and tells what it was. */
    List<RunEvent> catchUp() throws IOException {
        List<RunEvent> news = journal.catchUp();
        news.forEach(this::apply);
        return news;
    }

    /** What a run takes over from an earlier one, if it has not begun yet. */
    @FunctionalInterface
    interface Taken {
        List<RunEvent> events() throws IOException;
    }

    /** Begins to work at a run: whatever is in its journal has happened. */
    void begin(String run, Taken taken) throws IOException {
        journal.catchUp().forEach(state::apply);
        if (state.startedAt().isPresent()) {
            note(new RunEvent.RunResumed(now()));
            state.plan().stages().forEach(this::loseAttempt);
        } else {
            // The start comes last: before it, whoever resumes takes over what is not taken over yet.
            taken.events().stream().filter(this::isStillToBeTaken).forEach(this::note);
            note(new RunEvent.RunStarted(run, now()));
        }
        decisions.addAll(scheduler.resume());
    }

    private void note(RunEvent event) {
        write(event);
        state.apply(event);
    }

    private boolean isStillToBeTaken(RunEvent event) {
        return !(event instanceof RunEvent.ResultTaken result)
                || state.stage(state.find(result.stage()).orElseThrow()).status() == StageStatus.WAITING;
    }

    private void loseAttempt(PlannedStage stage) {
        StageRun run = state.stage(stage.number());
        if (run.status() == StageStatus.RUNNING) {
            int attempt = run.attempts().size();
            note(new RunEvent.AttemptLost(stage.id(), attempt, "Sluice was stopped while it ran", now()));
        }
    }

    /** The next decision to obey; empty if there is none now. */
    Optional<Decision> nextDecision() {
        return Optional.ofNullable(decisions.poll());
    }

    boolean hasDecisions() {
        return !decisions.isEmpty();
    }
}
