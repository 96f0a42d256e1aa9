package io.jenkins.plugins.sluice.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.report.Timeline.Bar;
import io.jenkins.plugins.sluice.report.Timeline.Kind;
import io.jenkins.plugins.sluice.report.Timeline.Row;
import io.jenkins.plugins.sluice.run.AttemptResult;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunEvent;
import io.jenkins.plugins.sluice.run.RunOutcome;
import io.jenkins.plugins.sluice.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rows, bars and the critical path of runs that are told second by second. */
class TimelineTest {
    private static ExecutionPlan plan(String... stages) {
        return parse(
                "version: 1\npipelines:\n  p:\n    stages:\n      - {" + String.join("}\n      - {", stages) + "}\n");
    }

    private static ExecutionPlan parse(String yaml) {
        Problems problems = new Problems();
        ExecutionPlan plan = Planner.plan(
                ModelReader.read("config.yaml", yaml.getBytes(UTF_8), problems).orElseThrow(), Trigger.unknown());
        assertThat(problems.list()).isEmpty();
        return plan;
    }

    private static Instant at(long second) {
        return Instant.EPOCH.plusSeconds(second);
    }

    /** A run that began at second 0. */
    private static final class Told {
        private final RunState state;

        Told(ExecutionPlan plan) {
            state = new RunState(plan);
            state.apply(new RunEvent.RunStarted("1", at(0)));
        }

        Told from(String stage, long second) {
            int attempts = state.stage(number(stage)).attempts().size();
            state.apply(new RunEvent.AttemptStarted(stage, attempts + 1, at(second)));
            return this;
        }

        Told to(String stage, long second) {
            return to(stage, second, Outcome.SUCCEEDED);
        }

        Told to(String stage, long second, Outcome outcome) {
            int attempts = state.stage(number(stage)).attempts().size();
            AttemptResult result = AttemptResult.of(outcome, "", "");
            state.apply(new RunEvent.AttemptEnded(stage, attempts, result, at(second)));
            return this;
        }

        Told ran(String stage, long from, long to) {
            return from(stage, from).to(stage, to);
        }

        Told skip(String stage) {
            state.apply(new RunEvent.StageSkipped(stage, "not today", at(0)));
            return this;
        }

        Told finish(long second) {
            state.apply(new RunEvent.RunFinished(RunOutcome.SUCCEEDED, at(second)));
            return this;
        }

        Timeline seen(long second) {
            return Timeline.of(state, at(second));
        }

        private int number(String stage) {
            return state.plan().stages().stream()
                    .filter(s -> s.id().equals(stage))
                    .findFirst()
                    .orElseThrow()
                    .number();
        }
    }

    private static Told told(String... stages) {
        return new Told(plan(stages));
    }

    private static List<String> path(Timeline timeline) {
        return timeline.criticalPath().stream().map(Row::name).toList();
    }

    private static Row row(Timeline timeline, String name) {
        return timeline.rows().stream()
                .filter(r -> r.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void pathLeadsThroughTheNeedThatEndedLast() {
        Timeline timeline = told(
                        "name: a, needs: [], script: x",
                        "name: b, needs: [a], script: x",
                        "name: c, needs: [a], script: x",
                        "name: d, needs: [b, c], script: x")
                .ran("p/a", 0, 5)
                .ran("p/b", 5, 30)
                .ran("p/c", 5, 10)
                .ran("p/d", 33, 40)
                .finish(40)
                .seen(99);
        assertThat(path(timeline)).containsExactly("a", "b", "d");
        assertThat(row(timeline, "c").critical()).isFalse();
        assertThat(timeline.criticalPath())
                .extracting(Row::idle)
                .containsExactly(Duration.ZERO, Duration.ZERO, Duration.ofSeconds(3));
        assertThat(timeline.duration()).isEqualTo(Duration.ofSeconds(40));
        assertThat(timeline.over()).isTrue();
    }

    @Test
    void theLastAttemptCountsForThePath() {
        Timeline timeline = told(
                        "name: a, needs: [], script: x, retry: {attempts: 2, delay: 10s}",
                        "name: b, needs: [], script: x",
                        "name: c, needs: [a, b], script: x")
                .from("p/a", 0)
                .to("p/a", 2, Outcome.FAILED)
                .ran("p/b", 0, 10)
                .ran("p/a", 12, 14)
                .ran("p/c", 14, 15)
                .finish(15)
                .seen(15);
        assertThat(path(timeline)).containsExactly("a", "c");
        Row a = row(timeline, "a");
        assertThat(a.bars())
                .containsExactly(
                        new Bar(Kind.WORK, at(0), at(2), Optional.of(Outcome.FAILED)),
                        new Bar(Kind.WORK, at(12), at(14), Optional.of(Outcome.SUCCEEDED)));
        assertThat(a.duration()).isEqualTo(Duration.ofSeconds(14));
        assertThat(a.word()).isEqualTo("succeeded");
    }

    @Test
    void pathGoesThroughStagesThatNeverRan() {
        Timeline timeline = told(
                        "name: a, script: x",
                        "name: b, script: x",
                        "name: c, script: x",
                        "name: d, script: x, runs: always")
                .ran("p/a", 1, 4)
                .skip("p/b")
                .skip("p/c")
                .ran("p/d", 6, 7)
                .finish(7)
                .seen(7);
        assertThat(path(timeline)).containsExactly("a", "d");
        assertThat(timeline.rows()).extracting(Row::name).containsExactly("a", "d");
        assertThat(timeline.neverRan()).isEqualTo(2);
        assertThat(row(timeline, "a").idle()).isEqualTo(Duration.ofSeconds(1));
        assertThat(row(timeline, "d").idle()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void pathEndsAtWhatEndedLastAndNotAtTheEndOfTheFile() {
        Timeline timeline = told("name: a, needs: [], script: x", "name: b, needs: [], script: x")
                .ran("p/a", 0, 50)
                .ran("p/b", 0, 3)
                .finish(50)
                .seen(50);
        assertThat(path(timeline)).containsExactly("a");
    }

    @Test
    void whatStillRunsLastsUntilNow() {
        Timeline timeline = told(
                        "name: a, script: x",
                        "name: b, script: x",
                        "name: c, needs: [a], script: x",
                        "name: d, needs: [a], script: x",
                        "name: e, needs: [b, c], script: x")
                .ran("p/a", 0, 10)
                .from("p/b", 12)
                .from("p/c", 10)
                .seen(20);
        assertThat(timeline.rows())
                .extracting(Row::word)
                .containsExactly("succeeded", "running", "running", "waiting", "waiting");
        assertThat(row(timeline, "c").bars()).containsExactly(new Bar(Kind.WORK, at(10), at(20), Optional.empty()));
        assertThat(path(timeline)).as("the one that began first").containsExactly("a", "c");
        assertThat(row(timeline, "d").idle()).as("needs have ended").isEqualTo(Duration.ofSeconds(10));
        assertThat(row(timeline, "e").idle()).as("needs have not ended").isEqualTo(Duration.ZERO);
        assertThat(timeline.end()).isEqualTo(at(20));
        assertThat(timeline.over()).isFalse();
    }

    @Test
    void betweenTwoAttemptsAStageWaits() {
        Timeline timeline = told("name: a, script: x, retry: {attempts: 2, delay: 1m}")
                .from("p/a", 0)
                .to("p/a", 2, Outcome.FAILED)
                .seen(5);
        assertThat(row(timeline, "a").word()).isEqualTo("waiting");
        assertThat(timeline.end()).isEqualTo(at(5));
    }

    @Test
    void rowsOfAPipelineAreTogetherInTheOrderOfThePlan() {
        ExecutionPlan plan = parse(
                """
                version: 1
                pipelines:
                  lib: {stages: [{name: build, script: x}]}
                  web:
                    needs: [lib]
                    matrix: {node: [18, 20]}
                    stages: [{name: test, script: x}, {name: pack, script: x}]
                """);
        Timeline timeline = new Told(plan).seen(0);
        assertThat(timeline.rows())
                .extracting(Row::stage)
                .containsExactly(
                        "lib/build",
                        "web[node=18]/test",
                        "web[node=18]/pack",
                        "web[node=20]/test",
                        "web[node=20]/pack");
        assertThat(timeline.rows()).extracting(Row::name).containsExactly("build", "test", "pack", "test", "pack");
        assertThat(timeline.criticalPath()).isEmpty();
    }

    @Test
    void aClockThatIsPutBackMakesNoBarNegative() {
        Timeline timeline = told("name: a, script: x", "name: b, script: x")
                .ran("p/a", 10, 5)
                .from("p/b", 6)
                .seen(2);
        assertThat(row(timeline, "a").duration()).isEqualTo(Duration.ZERO);
        assertThat(row(timeline, "b").idle()).isEqualTo(Duration.ZERO);
        assertThat(timeline.start()).isEqualTo(at(0));
        assertThat(timeline.end()).isEqualTo(at(10));
        assertThatThrownBy(() -> new Bar(Kind.WORK, at(2), at(1), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nothingHasHappenedYet() {
        Timeline timeline = Timeline.of(new RunState(plan("name: a, script: x")), at(7));
        assertThat(timeline.start()).isEqualTo(at(7));
        assertThat(timeline.end()).isEqualTo(at(7));
        assertThat(timeline.rows()).extracting(Row::word).containsExactly("waiting");
    }
}
