package io.jenkins.plugins.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.gate.Parties;
import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GateKeeperTest {
    private static final Instant NINE = Instant.parse("2025-03-01T09:00:00Z");
    private static final Instant TEN = NINE.plus(Duration.ofHours(1));
    private static final int GATE = 0;

    private static ExecutionPlan plan(String gate) {
        return Plans.of("name: ok, gate: {" + gate + "}", "name: deploy, script: x");
    }

    /** A run whose gate has asked at nine, with an hour to decide. */
    private static RunState asking(String gate) {
        return RunState.of(plan(gate), List.of(opened(Optional.of(TEN))));
    }

    private static RunEvent opened(Optional<Instant> deadline) {
        return new RunEvent.GateOpened("p/ok", "", List.of(), deadline, NINE);
    }

    private static GateKeeper keeper(RunState state) {
        return new GateKeeper(state, new Parties(List.of(), List.of()));
    }

    private static Vote vote(String voter, boolean approve, String comment) {
        return new Vote(voter + " " + approve, voter, List.of(), approve, comment, Map.of(), "terminal");
    }

    private static Vote yes(String voter) {
        return vote(voter, true, "");
    }

    private static Instant after(int minutes) {
        return NINE.plus(Duration.ofMinutes(minutes));
    }

    /** What follows from a vote, which then has happened. */
    private static List<RunEvent> cast(RunState state, Vote vote, Instant now) {
        List<RunEvent> events =
                keeper(state).cast(GATE, vote, Optional.empty(), now).events();
        events.forEach(state::apply);
        return events;
    }

    private static RunEvent.GateDecided decision(RunEvent event) {
        assertThat(event).isInstanceOf(RunEvent.GateDecided.class);
        return (RunEvent.GateDecided) event;
    }

    @Test
    void voteOpensTheGateAndLeavesItsValues() {
        RunState state = asking("inputs: [{name: window, choices: [now, tonight]}, {name: note, default: none}]");
        Vote vote = new Vote("1", "ada", List.of(), true, "looks right", Map.of("window", "tonight"), "command line");
        List<RunEvent> events = cast(state, vote, after(5));
        assertThat(events).hasSize(2);
        Map<String, String> approved = Map.of("window", "tonight", "note", "none"); // the default is approved too
        Vote whole = new Vote("1", "ada", List.of(), true, "looks right", approved, "command line");
        assertThat(events.get(0)).isEqualTo(new RunEvent.VoteCast("p/ok", whole, after(5)));
        RunEvent.GateDecided decided = decision(events.get(1));
        assertThat(decided.stage()).isEqualTo("p/ok");
        assertThat(decided.verdict()).isEqualTo(Verdict.APPROVED);
        assertThat(decided.at()).isEqualTo(after(5));
        assertThat(decided.result().detail()).isEqualTo("approved by ada: looks right");
        assertThat(decided.result().outputs())
                .containsExactly(
                        Map.entry("approver", "ada"),
                        Map.entry("comment", "looks right"),
                        Map.entry("inputs.window", "tonight"),
                        Map.entry("inputs.note", "none"));
        assertThat(state.stage(GATE).status()).isEqualTo(StageStatus.FINISHED);
        assertThat(state.stage(GATE).outcome()).contains(Outcome.SUCCEEDED);
        assertThat(state.stage(GATE).lastResult()).contains(decided.result());
        assertThat(state.asking()).isEmpty();
    }

    @Test
    void outputsAreThoseThatTheModelPromises() {
        RunState state = asking("inputs: [{name: b, default: x}, {name: a, default: y}]");
        cast(state, yes("ada"), after(5));
        assertThat(state.stage(GATE).lastResult().orElseThrow().outputs().keySet())
                .containsExactlyElementsOf(state.plan()
                        .stage(GATE)
                        .stage()
                        .work()
                        .gate()
                        .orElseThrow()
                        .outputs());
    }

    @Test
    void gateStaysShutUntilEnoughHaveApproved() {
        RunState state = asking("approvers: {users: [ada, bob], count: 2}");
        assertThat(cast(state, yes("ada"), after(1)))
                .containsExactly(new RunEvent.VoteCast("p/ok", yes("ada"), after(1)));
        assertThat(state.asking()).containsExactly(GATE);
        assertThat(keeper(state).due(GATE, after(2))).isEmpty();
        assertThat(keeper(state).ballot(GATE).missing()).isEqualTo(1);
        RunEvent.GateDecided decided =
                decision(cast(state, yes("bob"), after(3)).get(1));
        assertThat(decided.result().detail()).isEqualTo("approved by ada, bob");
        assertThat(decided.result().outputs()).containsEntry("approver", "ada, bob");
    }

    @Test
    void oneRejectionRejectsAndLeavesNoValues() {
        RunState state = asking("approvers: {users: [ada, bob], count: 2}, inputs: [{name: x, default: y}]");
        cast(state, yes("ada"), after(1));
        RunEvent.GateDecided decided =
                decision(cast(state, vote("bob", false, "not today"), after(2)).get(1));
        assertThat(decided.verdict()).isEqualTo(Verdict.REJECTED);
        assertThat(decided.result())
                .isEqualTo(AttemptResult.of(Outcome.FAILED, "rejected by bob: not today", "rejected"));
        assertThat(state.stage(GATE).outcome()).contains(Outcome.FAILED);
    }

    @Test
    void refusedVoteChangesNothingButTheTrail() {
        RunState state = asking("approvers: {users: [ada]}");
        String reason = "carol is not among ada";
        assertThat(cast(state, yes("carol"), after(1)))
                .containsExactly(new RunEvent.VoteRefused("p/ok", yes("carol"), reason, after(1)));
        GateRun gate = state.stage(GATE).gate().orElseThrow();
        assertThat(gate.ballots()).containsExactly(new GateRun.Cast(yes("carol"), Optional.of(reason), after(1)));
        assertThat(gate.votes()).isEmpty();
        assertThat(state.asking()).containsExactly(GATE);
    }

    @Test
    void voteAfterTheDecisionComesTooLateAndStaysInTheTrail() {
        RunState state = asking("");
        cast(state, yes("ada"), after(1));
        Vote late = vote("bob", false, "wait!");
        assertThat(cast(state, late, after(2)))
                .containsExactly(new RunEvent.VoteRefused("p/ok", late, "too late: approved by ada", after(2)));
        GateRun gate = state.stage(GATE).gate().orElseThrow();
        assertThat(gate.ballots()).extracting(GateRun.Cast::vote).containsExactly(yes("ada"), late);
        assertThat(gate.votes()).containsExactly(yes("ada"));
        assertThat(gate.decision().orElseThrow().verdict()).isEqualTo(Verdict.APPROVED);
        assertThat(gate.closedAt()).contains(after(1));
        assertThat(state.stage(GATE).duration()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void voteBeforeTheQuestionIsABug() {
        RunState state = new RunState(plan(""));
        assertThatThrownBy(() -> keeper(state).cast(GATE, yes("ada"), Optional.empty(), NINE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'p/ok' has not asked its question");
    }

    @Test
    void voteAtAGateThatNeverAskedIsABugHoweverItEnded() {
        RunState skipped = RunState.of(plan(""), List.of(new RunEvent.StageSkipped("p/ok", "why", NINE)));
        RunState taken = RunState.of(
                plan(""),
                List.of(new RunEvent.ResultTaken("p/ok", "1", AttemptResult.of(Outcome.SUCCEEDED, "", ""), NINE)));
        for (RunState state : List.of(skipped, taken)) {
            assertThatThrownBy(() -> keeper(state).cast(GATE, yes("ada"), Optional.empty(), NINE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("'p/ok' has not asked its question");
        }
    }

    @Test
    void voteAtAStageThatIsNoGateIsABug() {
        AttemptResult done = AttemptResult.of(Outcome.SUCCEEDED, "", "");
        RunState state = RunState.of(
                Plans.of("name: a, script: x"),
                List.of(
                        new RunEvent.AttemptStarted("p/a", 1, NINE),
                        new RunEvent.AttemptEnded("p/a", 1, done, after(1))));
        assertThatThrownBy(() -> keeper(state).cast(0, yes("ada"), Optional.empty(), after(2)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> keeper(state).ballot(0)).hasMessage("'p/a' is no gate");
        assertThat(keeper(state).due(0, after(2))).isEmpty();
    }

    @Test
    void nothingIsDueBeforeTheDeadlineAndRejectionAtIt() {
        RunState state = asking("timeout: 1h");
        assertThat(keeper(state).due(GATE, TEN.minusNanos(1))).isEmpty();
        RunEvent.GateDecided decided = keeper(state).due(GATE, TEN).orElseThrow();
        assertThat(decided.verdict()).isEqualTo(Verdict.TIMED_OUT);
        assertThat(decided.at()).isEqualTo(TEN);
        assertThat(decided.result())
                .isEqualTo(AttemptResult.of(Outcome.FAILED, "nobody decided within 1h", "timed out"));
    }

    @Test
    void timeoutMayMeanYes() {
        RunState state = asking("timeout: 1h, onTimeout: approve, inputs: [{name: x, default: y}]");
        RunEvent.GateDecided decided = keeper(state).due(GATE, TEN).orElseThrow();
        assertThat(decided.verdict()).isEqualTo(Verdict.APPROVED_BY_TIMEOUT);
        assertThat(decided.result().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(decided.result().detail()).isEqualTo("nobody decided within 1h, which means yes here");
        assertThat(decided.result().outputs()).isEqualTo(Map.of("approver", "", "comment", "", "inputs.x", "y"));
    }

    @Test
    void timeoutThatMeansYesKeepsTheInputsOfWhoHasApproved() {
        RunState state = asking("timeout: 1h, onTimeout: approve, approvers: {users: [ada, bob], count: 2},"
                + " inputs: [{name: x, default: y}]");
        cast(state, new Vote("1", "ada", List.of(), true, "go", Map.of("x", "z"), "terminal"), after(1));
        assertThat(keeper(state).due(GATE, TEN).orElseThrow().result().outputs())
                .isEqualTo(Map.of("approver", "", "comment", "go", "inputs.x", "z"));
    }

    @Test
    void gateWithoutADeadlineWaitsForEver() {
        RunState state = RunState.of(plan(""), List.of(opened(Optional.empty())));
        assertThat(keeper(state).due(GATE, NINE.plus(Duration.ofDays(10_000)))).isEmpty();
    }

    @Test
    void deadlineIsThatOfTheQuestionThoughTheProcessDiedMeanwhile() {
        RunState resumed =
                RunState.of(plan("timeout: 1h"), List.of(opened(Optional.of(TEN)), new RunEvent.RunResumed(after(45))));
        assertThat(keeper(resumed).due(GATE, TEN.minusNanos(1))).isEmpty();
        assertThat(keeper(resumed).due(GATE, TEN)).isPresent();
    }

    @Test
    void voteAfterTheDeadlineIsRefusedAndTheTimeoutDecidedFirst() {
        RunState state = asking("timeout: 1h");
        List<RunEvent> events = cast(state, yes("ada"), TEN);
        assertThat(events).hasSize(2);
        assertThat(decision(events.get(0)).verdict()).isEqualTo(Verdict.TIMED_OUT);
        assertThat(events.get(1))
                .isEqualTo(new RunEvent.VoteRefused("p/ok", yes("ada"), "too late: nobody decided within 1h", TEN));
        assertThat(state.stage(GATE).outcome()).contains(Outcome.FAILED);
    }

    @Test
    void voteJustBeforeTheDeadlineCounts() {
        RunState state = asking("timeout: 1h");
        cast(state, yes("ada"), TEN.minusNanos(1));
        assertThat(state.stage(GATE).outcome()).contains(Outcome.SUCCEEDED);
    }

    @Test
    void decisionThatTheVotesHadMadeIsDueAfterAKillThoughTheTimeIsOver() {
        RunState whole = asking("timeout: 1h");
        List<RunEvent> events = cast(whole, vote("ada", true, "go"), after(59));
        RunState cut = RunState.of(plan("timeout: 1h"), List.of(opened(Optional.of(TEN)), events.get(0)));
        assertThat(cut.asking()).containsExactly(GATE);
        Instant later = TEN.plus(Duration.ofDays(1));
        RunEvent.GateDecided mended = keeper(cut).due(GATE, later).orElseThrow();
        RunEvent.GateDecided meant = decision(events.get(1));
        assertThat(mended).isEqualTo(new RunEvent.GateDecided("p/ok", meant.verdict(), meant.result(), later));
        cut.apply(mended);
        assertThat(cut.stage(GATE).outcome()).isEqualTo(whole.stage(GATE).outcome());
        assertThat(keeper(cut).due(GATE, later)).isEmpty();
    }

    @Test
    void voteThatFindsAnUnwrittenDecisionWritesItFirst() {
        RunState cut = RunState.of(
                plan(""), List.of(opened(Optional.empty()), new RunEvent.VoteCast("p/ok", yes("ada"), NINE)));
        List<RunEvent> events = cast(cut, vote("bob", false, ""), after(1));
        assertThat(decision(events.get(0)).result().detail()).isEqualTo("approved by ada");
        assertThat(events.get(1))
                .isEqualTo(new RunEvent.VoteRefused(
                        "p/ok", vote("bob", false, ""), "too late: approved by ada", after(1)));
    }

    @ParameterizedTest
    @EnumSource
    void decisionHasItsOutcomeItsReasonAndValuesOnlyIfItOpens(Verdict verdict) {
        RunState state = asking("inputs: [{name: x, default: y}]");
        RunEvent.GateDecided decided = keeper(state).decide(GATE, verdict, "because", after(1));
        assertThat(decided.verdict()).isEqualTo(verdict);
        assertThat(decided.result().detail()).isEqualTo("because");
        assertThat(decided.result().cause()).isEqualTo(verdict.word());
        assertThat(decided.result().outputs().isEmpty()).isEqualTo(!verdict.isOpen());
        state.apply(decided);
        Outcome expected =
                switch (verdict) {
                    case APPROVED, APPROVED_BY_TIMEOUT -> Outcome.SUCCEEDED;
                    case REJECTED, TIMED_OUT -> Outcome.FAILED;
                    case SUPERSEDED, ABORTED -> Outcome.ABORTED;
                    case NOT_ASKED -> Outcome.ERRORED;
                };
        assertThat(state.stage(GATE).outcome()).contains(expected);
        assertThat(state.stage(GATE).detail()).isEqualTo("because");
    }

    @Test
    void gateIsDecidedOnce() {
        RunState state = asking("");
        RunEvent superseded = keeper(state).decide(GATE, Verdict.SUPERSEDED, "by run 8", after(1));
        state.apply(superseded);
        assertThatThrownBy(() -> state.apply(superseded)).isInstanceOf(IllegalTransition.class);
        assertThat(cast(state, yes("ada"), after(2)))
                .containsExactly(new RunEvent.VoteRefused("p/ok", yes("ada"), "too late: by run 8", after(2)));
    }

    @Test
    void gateThatHasNotAskedCannotBeDecided() {
        RunState state = new RunState(plan(""));
        RunEvent decided = keeper(state).decide(GATE, Verdict.NOT_ASKED, "plan.txt is not there", NINE);
        assertThatThrownBy(() -> state.apply(decided)).isInstanceOf(IllegalTransition.class);
    }

    @ParameterizedTest
    @EnumSource
    void runEndsAsItsGateWasDecided(Verdict verdict) {
        RunState state = end(plan(""), verdict);
        RunOutcome expected =
                switch (verdict) {
                    case APPROVED, APPROVED_BY_TIMEOUT -> RunOutcome.SUCCEEDED;
                    case REJECTED, TIMED_OUT -> RunOutcome.FAILED;
                    case SUPERSEDED, ABORTED -> RunOutcome.ABORTED;
                    case NOT_ASKED -> RunOutcome.ERRORED;
                };
        assertThat(state.outcome()).contains(expected);
        assertThat(state.stage(1).outcome()).contains(verdict.isOpen() ? Outcome.SUCCEEDED : Outcome.SKIPPED);
        assertThat(state.stage(GATE).gate().flatMap(GateRun::decision).map(GateRun.Decided::verdict))
                .contains(verdict);
    }

    @Test
    void whatComesAfterASupersededGateSaysWhy() {
        assertThat(end(plan(""), Verdict.SUPERSEDED).stage(1).detail())
                .isEqualTo("it needs p/ok, which was superseded");
    }

    @Test
    void supersededGateIsNoFailureForWhatRunsAfterOne() {
        ExecutionPlan plan = Plans.of(
                "name: ok, gate: {}", "name: tell, runs: onFailure, script: x", "name: clean, runs: always, script: x");
        RunState state = end(plan, Verdict.SUPERSEDED);
        assertThat(state.stage(1).detail()).isEqualTo("nothing before it failed: p/ok was superseded");
        assertThat(state.stage(2).outcome()).contains(Outcome.SUCCEEDED);
        assertThat(end(plan, Verdict.REJECTED).stage(1).outcome()).contains(Outcome.SUCCEEDED);
    }

    @Test
    void failureBesideASupersededGateRunsWhatRunsAfterOne() {
        ExecutionPlan plan = Plans.of(
                "name: ok, needs: [], gate: {}",
                "name: bad, needs: [], script: x",
                "name: tell, runs: onFailure, script: x");
        assertThat(end(plan, Verdict.SUPERSEDED).stage(2).outcome()).contains(Outcome.SUCCEEDED);
    }

    @Test
    void supersededRunWhoseLastStageIsTheGateHasNotSucceeded() {
        assertThat(end(Plans.of("name: ok, gate: {}"), Verdict.SUPERSEDED).outcome())
                .contains(RunOutcome.ABORTED);
    }

    @Test
    void failureBesideASupersededGateIsStillAFailure() {
        ExecutionPlan plan = Plans.of("name: ok, needs: [], gate: {}", "name: bad, needs: [], script: x");
        assertThat(end(plan, Verdict.SUPERSEDED).outcome()).contains(RunOutcome.FAILED);
    }

    @Test
    void cleanUpBehindAGateThatStaysShutStillRuns() {
        ExecutionPlan plan =
                Plans.of("name: ok, gate: {}", "name: deploy, script: x", "name: clean, runs: always, script: x");
        for (Verdict verdict : List.of(Verdict.REJECTED, Verdict.SUPERSEDED, Verdict.NOT_ASKED)) {
            RunState state = end(plan, verdict);
            assertThat(state.stage(1).outcome()).contains(Outcome.SKIPPED);
            assertThat(state.stage(2).outcome()).contains(Outcome.SUCCEEDED);
        }
    }

    /** A run whose gates are all decided in one way, and in which stages called {@code bad} fail. */
    private static RunState end(ExecutionPlan plan, Verdict verdict) {
        RunState state = new RunState(plan);
        Scheduler scheduler = new Scheduler(state);
        Deque<Decision> decisions = new ArrayDeque<>(scheduler.next(Optional.empty()));
        while (!decisions.isEmpty()) {
            Decision decision = decisions.remove();
            if (decision instanceof Decision.Ask ask) {
                String id = plan.stage(ask.stage()).id();
                state.apply(new RunEvent.GateOpened(id, "", List.of(), Optional.empty(), NINE));
                state.apply(keeper(state).decide(ask.stage(), verdict, verdict.word(), NINE));
            } else if (decision instanceof Decision.Start start) {
                String id = plan.stage(start.stage()).id();
                Outcome outcome = id.endsWith("/bad") ? Outcome.FAILED : Outcome.SUCCEEDED;
                state.apply(new RunEvent.AttemptStarted(id, 1, NINE));
                state.apply(new RunEvent.AttemptEnded(id, 1, AttemptResult.of(outcome, "", ""), NINE));
            } else if (decision instanceof Decision.Skip skip) {
                state.apply(new RunEvent.StageSkipped(plan.stage(skip.stage()).id(), skip.reason(), NINE));
            } else if (decision instanceof Decision.Finish finish) {
                state.apply(new RunEvent.RunFinished(finish.outcome(), NINE));
            }
            decisions.addAll(scheduler.next(Optional.empty()));
        }
        return state;
    }
}
