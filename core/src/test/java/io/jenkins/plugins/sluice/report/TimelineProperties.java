package io.jenkins.plugins.sluice.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.report.Timeline.Bar;
import io.jenkins.plugins.sluice.report.Timeline.Row;
import io.jenkins.plugins.sluice.run.AttemptResult;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunEvent;
import io.jenkins.plugins.sluice.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for the critical path of any run. */
class TimelineProperties {
    private static ExecutionPlan plan(Random random, int size) {
        StringBuilder yaml = new StringBuilder("version: 1\npipelines:\n  p:\n    stages:\n");
        for (int v = 0; v < size; v++) {
            Set<String> needs = new TreeSet<>();
            for (int i = random.nextInt(4); i > 0 && v > 0; i--) {
                needs.add("s" + random.nextInt(v));
            }
            yaml.append("      - {name: s").append(v).append(", retry: {attempts: 3}, script: x, needs: [");
            yaml.append(String.join(", ", needs)).append("]}\n");
        }
        return Planner.plan(
                ModelReader.read("c.yaml", yaml.toString().getBytes(UTF_8), new Problems())
                        .orElseThrow(),
                Trigger.unknown());
    }

    /** Some stages are skipped, some wait for an agent, some are tried again. */
    private static RunState run(ExecutionPlan plan, Random random) {
        List<RunEvent> events = new ArrayList<>(List.of(new RunEvent.RunStarted("1", Instant.EPOCH)));
        Map<Integer, Instant> ends = new HashMap<>();
        for (PlannedStage stage : plan.stages()) {
            Instant at = stage.needs().stream()
                    .map(ends::get)
                    .max(Instant::compareTo)
                    .orElse(Instant.EPOCH);
            if (random.nextInt(5) == 0) {
                events.add(new RunEvent.StageSkipped(stage.id(), "not today", at));
            } else {
                int attempts = 1 + random.nextInt(3);
                for (int i = 1; i <= attempts; i++) {
                    at = at.plusSeconds(random.nextInt(4));
                    events.add(new RunEvent.AttemptStarted(stage.id(), i, at));
                    at = at.plusSeconds(1 + random.nextInt(20));
                    Outcome outcome = i < attempts ? Outcome.FAILED : Outcome.SUCCEEDED;
                    events.add(new RunEvent.AttemptEnded(stage.id(), i, AttemptResult.of(outcome, "", ""), at));
                }
            }
            ends.put(stage.number(), at);
        }
        events.sort(Comparator.comparing(RunEvent::at));
        return RunState.of(plan, events);
    }

    @Property(tries = 300)
    void theWholeTimeOfARunIsOnItsPath(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        Random random = new Random(seed);
        ExecutionPlan plan = plan(random, size);
        Timeline timeline = Timeline.of(run(plan, random), Instant.EPOCH);
        Map<String, Row> rows = timeline.rows().stream().collect(Collectors.toMap(Row::stage, row -> row));
        Map<String, PlannedStage> stages =
                plan.stages().stream().collect(Collectors.toMap(PlannedStage::id, stage -> stage));
        Instant reached = timeline.start();
        for (Row row : timeline.criticalPath()) {
            assertThat(start(row).minus(row.idle())).as(row.stage()).isEqualTo(reached);
            assertThat(needs(plan, stages.get(row.stage())))
                    .filteredOn(need -> rows.containsKey(need.id()))
                    .allSatisfy(need -> assertThat(end(rows.get(need.id()))).isBeforeOrEqualTo(start(row)));
            reached = end(row);
        }
        assertThat(reached).isEqualTo(timeline.end());
        assertThat(timeline.rows()).hasSize(size - timeline.neverRan());
        assertThat(timeline.rows())
                .allSatisfy(row -> assertThat(row.idle()).isBetween(Duration.ZERO, timeline.duration()));
    }

    private static List<PlannedStage> needs(ExecutionPlan plan, PlannedStage stage) {
        return stage.needs().stream().map(plan::stage).toList();
    }

    private static Instant start(Row row) {
        return row.bars().get(0).start();
    }

    private static Instant end(Row row) {
        List<Bar> bars = row.bars();
        return bars.get(bars.size() - 1).end();
    }
}
