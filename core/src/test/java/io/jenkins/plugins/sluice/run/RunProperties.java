package io.jenkins.plugins.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for any run. */
class RunProperties {
    private static ExecutionPlan plan(Random random, int size) {
        return plan(random, size, random.nextBoolean());
    }

    private static ExecutionPlan plan(Random random, int size, boolean failFast) {
        List<String> stages = new ArrayList<>();
        for (int v = 0; v < size; v++) {
            List<String> needs = new ArrayList<>();
            for (int u = 0; u < v; u++) {
                if (random.nextInt(size) < 2) {
                    needs.add("s" + u);
                }
            }
            String extra = List.of("", "", "", ", allowFailure: true", ", runs: always", ", runs: onFailure")
                    .get(random.nextInt(6));
            if (random.nextInt(8) == 0) {
                stages.add("name: s" + v + ", needs: [" + String.join(", ", needs) + "], gate: {message: ok}");
                continue;
            }
            String retry = random.nextInt(4) == 0 ? ", retry: {attempts: 2, delay: 5s}" : "";
            stages.add("name: s" + v + ", needs: [" + String.join(", ", needs) + "], script: x" + extra + retry);
        }
        return Plans.with(failFast ? "failFast: true" : "", stages.toArray(String[]::new));
    }

    @Property(tries = 200)
    void everyStageEndsOnceAndTheFoldOfTheEventsIsTheSameRun(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        Random random = new Random(seed);
        ExecutionPlan plan = plan(random, size);
        SimulatedHost host = new SimulatedHost(
                plan,
                (stage, attempt) -> random.nextInt(5) == 0
                        ? AttemptResult.of(Outcome.FAILED, "exit code 1", "1")
                        : AttemptResult.of(Outcome.SUCCEEDED, "", ""));
        plan.stages().forEach(s -> host.taking(s.stage().name(), Duration.ofSeconds(1 + random.nextInt(100))));
        if (random.nextInt(3) == 0) {
            host.abortAt(Duration.ofSeconds(random.nextInt(200)));
        }
        RunState state = host.run();
        assertThat(state.outcome()).isPresent();
        EventJson json = new EventJson(EventJson.Guard.plain());
        List<RunEvent> written =
                host.events().stream().map(json::write).map(json::read).toList();
        assertThat(written).isEqualTo(host.events());
        RunState again = RunState.of(plan, written);
        assertThat(again.outcome()).isEqualTo(state.outcome());
        for (PlannedStage stage : plan.stages()) {
            assertThat(state.stage(stage.number()).outcome()).as(stage.id()).isPresent();
            assertThat(again.stage(stage.number())).isEqualTo(state.stage(stage.number()));
        }
    }

    @Property(tries = 100)
    void noStageStartsBeforeItsNeedsHaveEndedOrLaterThanThat(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int size) {
        Random random = new Random(seed);
        ExecutionPlan plan = plan(random, size);
        SimulatedHost host = SimulatedHost.failing(plan);
        plan.stages().forEach(s -> host.taking(s.stage().name(), Duration.ofSeconds(1 + random.nextInt(100))));
        RunState state = host.run();
        Map<Integer, Instant> ends = new HashMap<>();
        for (int number : byNeeds(plan)) {
            StageRun run = state.stage(number);
            Instant ready = plan.stage(number).needs().stream()
                    .map(ends::get)
                    .max(Instant::compareTo)
                    .orElse(Instant.EPOCH);
            if (run.gate().isPresent()) {
                assertThat(run.gate().get().openedAt()).isEqualTo(ready);
                ends.put(number, run.gate().get().closedAt().orElseThrow());
            } else if (run.attempts().isEmpty()) {
                ends.put(number, ready);
            } else {
                assertThat(run.attempts().get(0).startedAt()).isEqualTo(ready);
                ends.put(number, run.attempts().get(0).endedAt().orElseThrow());
            }
        }
    }

    @Property(tries = 200)
    void whoeverResumesAnywhereComesToTheSameEnd(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int size) {
        Random random = new Random(seed);
        ExecutionPlan plan = plan(random, size, false); // else it matters who is faster
        SimulatedHost host = SimulatedHost.failing(plan, "s3", "s5");
        RunState whole = host.run();
        List<RunEvent> events = host.events();
        int cut = random.nextInt(events.size());
        RunState half = RunState.of(plan, events.subList(0, cut));
        SimulatedHost other = SimulatedHost.resuming(half, "s3", "s5");
        RunState resumed = other.run();
        assertThat(resumed.outcome()).isEqualTo(whole.outcome());
        for (PlannedStage stage : plan.stages()) {
            assertThat(resumed.stage(stage.number()).outcome())
                    .as(stage.id())
                    .isEqualTo(whole.stage(stage.number()).outcome());
        }
    }

    /** In these plans a stage only needs stages with smaller numbers. */
    private static List<Integer> byNeeds(ExecutionPlan plan) {
        return plan.stages().stream().map(PlannedStage::number).collect(Collectors.toList());
    }
}
