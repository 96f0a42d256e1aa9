package io.jenkins.plugins.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchedulerTest {
    private static Map<String, String> outcomes(RunState state) {
        Map<String, String> outcomes = new LinkedHashMap<>();
        for (PlannedStage stage : state.plan().stages()) {
            StageRun run = state.stage(stage.number());
            String detail = run.detail().isEmpty() ? "" : ": " + run.detail();
            outcomes.put(stage.shortName(), run.outcome().map(Outcome::word).orElse("-") + detail);
        }
        return outcomes;
    }

    @Test
    void failedStageSkipsWhatNeedsItAndOthersGoOn() {
        ExecutionPlan plan = Plans.of(
                "name: unit, needs: [], script: x",
                "name: lint, needs: [], script: x",
                "name: package, needs: [unit], script: x",
                "name: deploy, needs: [package, lint], script: x",
                "name: site, needs: [lint], script: x");
        RunState state = SimulatedHost.failing(plan, "unit").run();
        assertThat(outcomes(state))
                .containsEntry("unit", "failed: exit code 1")
                .containsEntry("lint", "succeeded")
                .containsEntry("package", "skipped: it needs p/unit, which failed")
                .containsEntry("deploy", "skipped: it needs p/unit, which failed")
                .containsEntry("site", "succeeded");
        assertThat(state.outcome()).contains(RunOutcome.FAILED);
    }

    @Test
    void allowedFailureMakesTheRunUnstableAndStopsNothing() {
        ExecutionPlan plan = Plans.of(
                "name: lint, script: x, allowFailure: true",
                "name: deploy, script: x",
                "name: tell, runs: onFailure, script: x");
        RunState state = SimulatedHost.failing(plan, "lint").run();
        assertThat(outcomes(state))
                .containsEntry("deploy", "succeeded")
                .containsEntry("tell", "skipped: nothing before it failed");
        assertThat(state.outcome()).contains(RunOutcome.UNSTABLE);
    }

    @Test
    void onFailureAndAlwaysStagesRunAfterAFailure() {
        ExecutionPlan plan = Plans.of(
                "name: tell, runs: onFailure, script: x",
                "name: clean, runs: always, script: x",
                "name: unit, script: x",
                "name: deploy, script: x");
        RunState state = SimulatedHost.failing(plan, "unit").run();
        assertThat(outcomes(state))
                .containsEntry("deploy", "skipped: it needs p/unit, which failed")
                .containsEntry("tell", "succeeded")
                .containsEntry("clean", "succeeded");
        assertThat(state.outcome()).contains(RunOutcome.FAILED);
    }

    @Test
    void ordinaryStageBehindACleanUpDoesNotForgetTheFailureBeforeIt() {
        ExecutionPlan plan = Plans.of(
                "name: unit, needs: [], script: x",
                "name: clean, needs: [unit], runs: always, script: x",
                "name: deploy, needs: [clean], script: x");
        RunState state = SimulatedHost.failing(plan, "unit").run();
        assertThat(outcomes(state))
                .containsEntry("clean", "succeeded")
                .containsEntry("deploy", "skipped: it needs p/unit, which failed");
    }

    @Test
    void failFastStopsTheRestOfThePipeline() {
        ExecutionPlan plan = Plans.with(
                "failFast: true",
                "name: quick, needs: [], script: x",
                "name: slow, needs: [], script: x",
                "name: later, needs: [slow], script: x",
                "name: clean, runs: always, script: x");
        SimulatedHost host = SimulatedHost.failing(plan, "quick").taking("slow", Duration.ofHours(1));
        RunState state = host.run();
        assertThat(outcomes(state))
                .containsEntry("slow", "aborted: p/quick failed, and the pipeline has failFast")
                .containsEntry("clean", "succeeded");
        assertThat(outcomes(state).get("later")).startsWith("skipped");
        assertThat(state.outcome()).contains(RunOutcome.FAILED);
        assertThat(Duration.between(Instant.EPOCH, state.finishedAt().orElseThrow()))
                .isLessThan(Duration.ofMinutes(1));
    }

    @Test
    void retryTriesAgainAfterTheDelay() {
        ExecutionPlan plan = Plans.of("name: flaky, script: x, retry: {attempts: 3, delay: 10s}");
        SimulatedHost host = new SimulatedHost(
                plan,
                (stage, attempt) -> attempt < 3
                        ? AttemptResult.of(Outcome.FAILED, "exit code 7", "7")
                        : AttemptResult.of(Outcome.SUCCEEDED, "", ""));
        RunState state = host.run();
        assertThat(state.outcome()).contains(RunOutcome.SUCCEEDED);
        assertThat(state.stage(0).attempts()).hasSize(3);
        assertThat(state.stage(0).duration()).isEqualTo(Duration.ofSeconds(23));
    }

    @Test
    void retryLooksAtTheCause() {
        ExecutionPlan plan = Plans.of("name: a, script: x, retry: {attempts: 3, on: [timeout, 75]}");
        RunState state = SimulatedHost.failing(plan, "a").run();
        assertThat(state.stage(0).attempts()).hasSize(1);
        SimulatedHost host = new SimulatedHost(plan, (stage, attempt) -> AttemptResult.of(Outcome.FAILED, "", "75"));
        assertThat(host.run().stage(0).attempts()).hasSize(3);
    }

    @Test
    void abortStopsAllButCleanUps() {
        ExecutionPlan plan = Plans.of(
                "name: a, needs: [], script: x",
                "name: waits, needs: [], script: x, retry: {attempts: 2, delay: 1h}",
                "name: b, needs: [a], script: x",
                "name: tell, runs: onFailure, script: x",
                "name: clean, runs: always, script: x");
        RunState state = SimulatedHost.failing(plan, "waits")
                .taking("a", Duration.ofHours(1))
                .abortAt(Duration.ofMinutes(5))
                .run();
        assertThat(outcomes(state))
                .containsEntry("a", "aborted: the run was aborted: by hand")
                .containsEntry("waits", "failed: the run was aborted: by hand")
                .containsEntry("b", "skipped: the run was aborted")
                .containsEntry("tell", "skipped: the run was aborted")
                .containsEntry("clean", "succeeded");
        assertThat(state.outcome()).contains(RunOutcome.ABORTED);
    }

    @Test
    void erroredRunIsNotAFailedOne() {
        ExecutionPlan plan = Plans.of("name: a, script: x", "name: b, script: x");
        SimulatedHost host =
                new SimulatedHost(plan, (stage, attempt) -> AttemptResult.of(Outcome.ERRORED, "the disk is full", ""));
        RunState state = host.run();
        assertThat(state.outcome()).contains(RunOutcome.ERRORED);
        assertThat(outcomes(state)).containsEntry("b", "skipped: it needs p/a, which errored");
    }

    @Test
    void testFailuresInAStageThatWentOnMakeTheRunUnstable() {
        ExecutionPlan plan = Plans.of("name: a, script: x");
        TestReport tests = new TestReport(3, 1, 0, 0, List.of("T.t"));
        SimulatedHost host = new SimulatedHost(
                plan,
                (stage, attempt) ->
                        new AttemptResult(Outcome.SUCCEEDED, "", "", Map.of(), List.of(), Optional.of(tests)));
        assertThat(host.run().outcome()).contains(RunOutcome.UNSTABLE);
    }

    @Test
    void anEventThatCannotHappenIsRefusedWithItsHistory() {
        RunState state = new RunState(Plans.of("name: a, script: x"));
        state.apply(new RunEvent.AttemptStarted("p/a", 1, Instant.EPOCH));
        assertThatThrownBy(() -> state.apply(new RunEvent.StageSkipped("p/a", "no", Instant.EPOCH)))
                .isInstanceOf(IllegalTransition.class)
                .hasMessageContaining("'p/a' is RUNNING, so SKIPPED cannot happen; history: attempt 1 running");
    }

    @Test
    void gateHoldsWhatComesAfterItAndItsRejectionSkipsThat() {
        RunState approved = SimulatedHost.failing(
                        Plans.of("name: a, script: x", "name: yes, gate: {message: ok}", "name: b, script: x"))
                .taking("yes", Duration.ofDays(3))
                .run();
        assertThat(approved.outcome()).contains(RunOutcome.SUCCEEDED);
        assertThat(approved.stage(1).duration()).isEqualTo(Duration.ofDays(3));
        RunState rejected = SimulatedHost.failing(
                        Plans.of("name: a, script: x", "name: no, gate: {message: ok}", "name: b, script: x"))
                .run();
        assertThat(outcomes(rejected))
                .containsEntry("no", "failed: rejected")
                .containsEntry("b", "skipped: it needs p/no, which failed");
        assertThat(rejected.outcome()).contains(RunOutcome.FAILED);
    }

    @Test
    void abortOfARunThatWaitsAtAGateIsNoRejection() {
        RunState state = SimulatedHost.failing(Plans.of("name: ask, gate: {message: ok}", "name: b, script: x"))
                .taking("ask", Duration.ofDays(1))
                .abortAt(Duration.ofHours(1))
                .run();
        assertThat(outcomes(state)).containsEntry("ask", "aborted: the run was aborted: by hand");
        assertThat(state.outcome()).contains(RunOutcome.ABORTED);
    }

    @Test
    void everyTransitionOfTheTableIsVisited() {
        List<String> visited = new ArrayList<>();
        ExecutionPlan plan = Plans.of(
                "name: a, needs: [], script: x, retry: {attempts: 2}",
                "name: ask, needs: [], gate: {message: ok}",
                "name: b, needs: [a], script: x",
                "name: c, needs: [], script: x, retry: {attempts: 2, delay: 1h}");
        SimulatedHost host = SimulatedHost.failing(plan, "a", "c").abortAt(Duration.ofMinutes(1));
        host.run();
        visit(plan, host.events(), visited);
        visit(
                plan,
                List.of(
                        new RunEvent.ResultTaken(
                                "p/b", "1", AttemptResult.of(Outcome.SUCCEEDED, "", ""), Instant.EPOCH),
                        new RunEvent.AttemptStarted("p/a", 1, Instant.EPOCH),
                        new RunEvent.AttemptLost("p/a", 1, "gone", Instant.EPOCH)),
                visited);
        for (StageStatus.Transition transition : StageStatus.transitions()) {
            for (StageStatus target : transition.targets()) {
                assertThat(visited).contains(transition.from() + ">" + transition.happening() + ">" + target);
            }
        }
    }

    private static void visit(ExecutionPlan plan, List<RunEvent> events, List<String> visited) {
        RunState replay = new RunState(plan);
        for (RunEvent event : events) {
            List<StageStatus> before = statuses(replay);
            replay.apply(event);
            List<StageStatus> after = statuses(replay);
            for (int i = 0; i < before.size(); i++) {
                if (before.get(i) != after.get(i)) {
                    String happening = event.getClass()
                            .getSimpleName()
                            .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                            .toUpperCase(Locale.ROOT)
                            .replace("STAGE_SKIPPED", "SKIPPED");
                    visited.add(before.get(i) + ">" + happening + ">" + after.get(i));
                }
            }
        }
    }

    @Test
    void lostAttemptIsRepeatedAndDoesNotCountAgainstRetry() {
        ExecutionPlan plan = Plans.of("name: a, script: x, retry: {attempts: 2, delay: 10s}", "name: b, script: x");
        AttemptResult failure = AttemptResult.of(Outcome.FAILED, "exit code 1", "1");
        List<RunEvent> events = new ArrayList<>(List.of(
                new RunEvent.RunStarted("1", Instant.EPOCH),
                new RunEvent.AttemptStarted("p/a", 1, Instant.EPOCH),
                new RunEvent.AttemptLost("p/a", 1, "gone", Instant.EPOCH)));
        RunState state = RunState.of(plan, events);
        assertThat(new Scheduler(state).resume()).containsExactly(new Decision.Start(0, 2, Optional.empty()));
        events.add(new RunEvent.AttemptStarted("p/a", 2, Instant.EPOCH));
        events.add(new RunEvent.AttemptEnded("p/a", 2, failure, Instant.EPOCH));
        assertThat(new Scheduler(RunState.of(plan, events)).resume())
                .containsExactly(new Decision.Start(0, 3, Optional.of(Instant.EPOCH.plusSeconds(10))));
        events.add(new RunEvent.AttemptStarted("p/a", 3, Instant.EPOCH));
        events.add(new RunEvent.AttemptEnded("p/a", 3, failure, Instant.EPOCH));
        assertThat(new Scheduler(RunState.of(plan, events)).resume())
                .containsExactly(new Decision.Skip(1, "it needs p/a, which failed"));
    }

    @Test
    void resumeOfAnAbortedRunStopsWhatIsLeft() {
        ExecutionPlan plan = Plans.of("name: a, script: x", "name: b, script: x");
        RunState state = RunState.of(
                plan,
                List.of(
                        new RunEvent.AttemptStarted("p/a", 1, Instant.EPOCH),
                        new RunEvent.AbortRequested("Ctrl-C", Instant.EPOCH),
                        new RunEvent.AttemptLost("p/a", 1, "gone", Instant.EPOCH)));
        assertThat(new Scheduler(state).resume()).contains(new Decision.Abort(0, "the run was aborted: Ctrl-C"));
    }

    private static List<StageStatus> statuses(RunState state) {
        return state.plan().stages().stream()
                .map(s -> state.stage(s.number()).status())
                .toList();
    }
}
