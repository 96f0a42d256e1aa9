package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.gate.Ballot;
import io.jenkins.plugins.sluice.gate.Parties;
import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns what is said at the gates of a run, and the time that passes, into events: the one place that knows what follows from
 * a vote. It changes nothing itself: who calls applies the events, and keeps others from doing the same meanwhile.
 */
public final class GateKeeper {
    private final RunState state;
    private final Parties parties;

    public GateKeeper(RunState state, Parties parties) {
        this.state = state;
        this.parties = parties;
    }

    /** The votes so far at a stage that is a gate and has asked its question. */
    public Ballot ballot(int stage) {
        Gate gate = gate(stage);
        List<Vote> votes = state.stage(stage).gate().map(GateRun::votes).orElse(List.of());
        return new Ballot(gate, gate.ask().map(Gate.Ask::program), parties, votes);
    }

    private Gate gate(int stage) {
        PlannedStage planned = state.plan().stage(stage);
        return planned.stage()
                .work()
                .gate()
                .orElseThrow(() -> new IllegalArgumentException("'" + planned.id() + "' is no gate"));
    }

    /**
     * What follows from a vote at a gate that has asked its question, be it decided by now or not. What the time, or a newer
     * run, has decided comes first.
     *
     * @param newer why a newer run has taken the place of this one, if it has
     */
    public Ruling cast(int stage, Vote vote, Optional<String> newer, Instant now) {
        Optional<RunEvent.GateDecided> over = due(stage, now)
                .or(() -> newer.filter(why -> isAsking(stage)).map(why -> decide(stage, Verdict.SUPERSEDED, why, now)));
        if (over.isPresent() || !isAsking(stage)) {
            return tooLate(stage, vote, over, now);
        }
        String id = state.plan().stage(stage).id();
        Ballot ballot = ballot(stage);
        Optional<String> refusal = ballot.reasonAgainst(vote);
        if (refusal.isPresent()) {
            RunEvent refused = new RunEvent.VoteRefused(id, vote, refusal.get(), now);
            return new Ruling(List.of(refused), refusal, Optional.empty(), ballot.missing());
        }
        Vote complete = ballot.completed(vote);
        Ballot after = ballot.with(complete);
        List<RunEvent> events = new ArrayList<>(List.of(new RunEvent.VoteCast(id, complete, now)));
        Optional<String> decision = after.verdict().map(verdict -> words(after, verdict));
        after.verdict().ifPresent(verdict -> events.add(decided(stage, after, verdict, words(after, verdict), now)));
        return new Ruling(events, Optional.empty(), decision, after.missing());
    }

    /**
     * What happens when it is a gate's turn: it asks its question, unless that cannot be asked or need not be.
     *
     * @param problem what is in the way, as far as the host knows
     * @param newer why a newer run has taken the place of this one, if it has
     */
    public List<RunEvent> open(
            int stage, RunValues values, Optional<String> problem, Optional<String> newer, Instant now) {
        PlannedStage planned = state.plan().stage(stage);
        Set<String> missing = new LinkedHashSet<>();
        String question = gate(stage).message().resolve(reference -> values.of(reference, planned)
                .orElseGet(() -> {
                    missing.add(reference.toString());
                    return "";
                }));
        ShownFiles shown = ShownFiles.of(planned, state, values);
        Optional<Instant> deadline = gate(stage).timeout().map(now::plus);
        List<RunEvent> events = new ArrayList<>();
        events.add(new RunEvent.GateOpened(planned.id(), question, shown.files(), deadline, now));
        Optional<String> wrong = problem.or(shown::problem)
                .or(() -> missing.isEmpty()
                        ? Optional.empty()
                        : Optional.of("no value for " + String.join(", ", missing)));
        wrong.map(why -> decide(stage, Verdict.NOT_ASKED, why, now))
                .or(() -> newer.map(why -> decide(stage, Verdict.SUPERSEDED, why, now)))
                .ifPresent(events::add);
        return events;
    }

    private boolean isAsking(int stage) {
        return state.stage(stage).status() == StageStatus.ASKING;
    }

    private Ruling tooLate(int stage, Vote vote, Optional<RunEvent.GateDecided> over, Instant now) {
        String id = state.plan().stage(stage).id();
        String decision = over.map(RunEvent.GateDecided::result)
                .or(() -> state.stage(stage).gate().flatMap(GateRun::decision).map(GateRun.Decided::result))
                .map(AttemptResult::detail)
                .orElseThrow(() -> new IllegalArgumentException("'" + id + "' has not asked its question"));
        String refusal = "too late: " + decision;
        List<RunEvent> events = new ArrayList<>(over.stream().toList());
        events.add(new RunEvent.VoteRefused(id, vote, refusal, now));
        return new Ruling(events, Optional.of(refusal), Optional.of(decision), 0);
    }

    /** All decisions that are due. */
    public List<RunEvent.GateDecided> due(Instant now) {
        return state.asking().stream().flatMap(gate -> due(gate, now).stream()).toList();
    }

    /** What follows from somebody's wish that the run ends: nobody is asked any more. */
    public List<RunEvent> abort(String reason, Instant now) {
        List<RunEvent> events = new ArrayList<>(List.of(new RunEvent.AbortRequested(reason, now)));
        for (int gate : state.asking()) {
            events.add(decide(gate, Verdict.ABORTED, Scheduler.aborted(reason), now));
        }
        return events;
    }

    /** The decision that is due at a gate: the votes make one, or the time is over. */
    public Optional<RunEvent.GateDecided> due(int stage, Instant now) {
        Optional<GateRun> asking = state.stage(stage).gate().filter(gate -> isAsking(stage));
        return asking.flatMap(gate -> {
            Ballot ballot = ballot(stage);
            Optional<Verdict> verdict = ballot.verdict();
            if (verdict.isPresent()) {
                return Optional.of(decided(stage, ballot, verdict.get(), words(ballot, verdict.get()), now));
            }
            boolean over = gate.deadline().filter(end -> !now.isBefore(end)).isPresent();
            return over ? Optional.of(timedOut(stage, ballot, now)) : Optional.empty();
        });
    }

    /** The decision that nobody voted for: the run was stopped, a newer one came, or the question cannot be asked. */
    public RunEvent.GateDecided decide(int stage, Verdict verdict, String why, Instant now) {
        return decided(stage, ballot(stage), verdict, why, now);
    }

    private RunEvent.GateDecided timedOut(int stage, Ballot ballot, Instant now) {
        Duration limit = gate(stage).timeout().orElse(Duration.ZERO);
        String within = "nobody decided within " + Durations.words(limit);
        return gate(stage).approveOnTimeout()
                ? decided(stage, ballot, Verdict.APPROVED_BY_TIMEOUT, within + ", which means yes here", now)
                : decided(stage, ballot, Verdict.TIMED_OUT, within, now);
    }

    private static String words(Ballot ballot, Verdict verdict) {
        String comment = ballot.comments().isEmpty() ? "" : ": " + ballot.comments();
        return verdict.word() + " by " + ballot.deciders() + comment;
    }

    private RunEvent.GateDecided decided(int stage, Ballot ballot, Verdict verdict, String why, Instant now) {
        Map<String, String> outputs = new LinkedHashMap<>();
        if (verdict.isOpen()) {
            outputs.put("approver", verdict == Verdict.APPROVED ? ballot.deciders() : "");
            outputs.put("comment", ballot.comments());
            ballot.inputs().forEach((name, value) -> outputs.put("inputs." + name, value));
        }
        AttemptResult result =
                new AttemptResult(outcome(verdict), why, verdict.word(), outputs, List.of(), Optional.empty());
        return new RunEvent.GateDecided(state.plan().stage(stage).id(), verdict, result, now);
    }

    private static Outcome outcome(Verdict verdict) {
        return switch (verdict) {
            case APPROVED, APPROVED_BY_TIMEOUT -> Outcome.SUCCEEDED;
            case REJECTED, TIMED_OUT -> Outcome.FAILED;
            case SUPERSEDED, ABORTED -> Outcome.ABORTED;
            case NOT_ASKED -> Outcome.ERRORED;
        };
    }
}
