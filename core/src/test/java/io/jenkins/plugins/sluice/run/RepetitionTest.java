package io.jenkins.plugins.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.gate.Parties;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What a new run takes over from the one that it repeats. */
class RepetitionTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");

    private static ExecutionPlan plan(Random random, int size) {
        List<String> stages = new ArrayList<>();
        for (int v = 0; v < size; v++) {
            List<String> needs = new ArrayList<>();
            for (int u = 0; u < v; u++) {
                if (random.nextInt(size) < 2) {
                    needs.add("s" + u);
                }
            }
            String what = random.nextInt(6) == 0 ? "gate: {message: ok}" : "script: x, agent: a" + random.nextInt(3);
            stages.add("name: s" + v + ", needs: [" + String.join(", ", needs) + "], " + what);
        }
        return Plans.with(random.nextBoolean() ? "workspace: shared" : "", stages.toArray(String[]::new));
    }

    @Property(tries = 300)
    void nothingStandsThatComesAfterWhatIsRepeated(@ForAll long seed, @ForAll @IntRange(min = 1, max = 25) int size) {
        Random random = new Random(seed);
        ExecutionPlan plan = plan(random, size);
        RunState earlier = SimulatedHost.failing(plan).run();
        int from = random.nextInt(size);
        Repetition repetition = new Repetition(earlier, from, true);
        BitSet repeated = repetition.repeated();
        List<String> taken = taken(repetition, plan);
        assertThat(repeated.get(from)).isTrue();
        assertThat(repetition.reasonAgainst()).isEmpty();
        int[] groups = plan.groups();
        for (PlannedStage stage : plan.stages()) {
            boolean later = plan.before(stage).stream().anyMatch(b -> repeated.get(b.number()));
            assertThat(!later || repeated.get(stage.number())).as(stage.id()).isTrue();
            assertThat(taken.contains(stage.id()) && repeated.get(stage.number()))
                    .as(stage.id())
                    .isFalse();
            boolean leavesFiles = stage.stage().work().holdsAgent()
                    && repeated.stream()
                            .mapToObj(plan::stage)
                            .anyMatch(r -> groups[r.number()] == groups[stage.number()]
                                    && plan.before(r).contains(stage));
            assertThat(!leavesFiles || repeated.get(stage.number()))
                    .as(stage.id())
                    .isTrue();
        }
    }

    @Test
    void imageOfAnEarlierRunIsBuiltAgain() {
        ExecutionPlan plan = Plans.of(
                "name: built, agent: a, build: {dockerfile: D}, outputs: {tag: v1}",
                "name: named, agent: b, build: {dockerfile: D}, exports: {image: '${.imageID}'}",
                "name: again, agent: d, exports: {all: ['${named.image}']}",
                "name: tested, agent: c, run: {image: '${again.all}', arguments: ['${built.tag}']}");
        RunState earlier = SimulatedHost.failing(plan).run();
        Repetition repetition = new Repetition(earlier, 3, true);
        assertThat(repetition.repeated().stream()).containsExactly(1, 2, 3);
        GateKeeper keeper = new GateKeeper(new RunState(plan), new Parties(List.of("ada"), List.of("bob")));
        assertThat(repetition.remarks(keeper))
                .containsExactly(
                        "p/named runs again too: a stage that does needs its image",
                        "p/again runs again too: a stage that does needs its image");
    }

    private static List<RunEvent> events(ExecutionPlan plan) {
        SimulatedHost host = SimulatedHost.failing(plan);
        host.run();
        return host.events();
    }

    private static List<String> taken(Repetition repetition, ExecutionPlan plan) {
        GateKeeper keeper = new GateKeeper(new RunState(plan), new Parties(List.of("ada"), List.of("bob")));
        return repetition.taken("1", keeper, NOON).stream()
                .filter(RunEvent.ResultTaken.class::isInstance)
                .map(event -> ((RunEvent.ResultTaken) event).stage())
                .toList();
    }

    /** A run {@code a → ok → b} in which bob and carol have approved. */
    private static RunState approved(ExecutionPlan plan, String... voters) {
        AttemptResult good = AttemptResult.of(Outcome.SUCCEEDED, "", "");
        List<RunEvent> events = new ArrayList<>(List.of(
                new RunEvent.RunStarted("1", NOON),
                new RunEvent.AttemptStarted("p/a", 1, NOON),
                new RunEvent.AttemptEnded("p/a", 1, good, NOON),
                new RunEvent.GateOpened("p/ok", "ok?", List.of(), Optional.empty(), NOON)));
        RunState state = RunState.of(plan, events);
        for (String voter : voters) {
            Vote vote = new Vote(voter, voter, List.of(), true, "", Map.of(), "command line");
            new GateKeeper(state, new Parties(List.of(), List.of("ada")))
                    .cast(1, vote, Optional.empty(), NOON)
                    .events()
                    .forEach(state::apply);
        }
        state.apply(new RunEvent.AttemptStarted("p/b", 1, NOON));
        state.apply(new RunEvent.AttemptEnded("p/b", 1, AttemptResult.of(Outcome.FAILED, "", "1"), NOON));
        return state;
    }

    @Test
    void approvalStandsUnlessOneOfItsVotesWouldBeRefusedNow() {
        ExecutionPlan plan = Plans.of(
                "name: a, script: x",
                "name: ok, gate: {approvers: {count: 2, exclude: [starter]}}",
                "name: b, script: x");
        RunState earlier = approved(plan, "carol", "dave");
        assertThat(taken(new Repetition(earlier, 2, true), plan)).containsExactly("p/a", "p/ok");
        RunState byBob = approved(plan, "carol", "bob");
        assertThat(taken(new Repetition(byBob, 2, true), plan)).containsExactly("p/a");
    }

    @Test
    void approvalFallsWithWhatItWasAbout() {
        ExecutionPlan plan = Plans.of(
                "name: a, needs: [], script: x",
                "name: ok, needs: [a, c], gate: {message: ok}",
                "name: b, needs: [ok], script: x",
                "name: c, needs: [], script: x");
        RunState earlier = SimulatedHost.failing(plan, "b").run();
        assertThat(taken(new Repetition(earlier, 3, true), plan)).containsExactly("p/a");
    }

    @Test
    void whatDidNotGoWellBeforeIsAReasonAgainst() {
        ExecutionPlan plan = Plans.of("name: a, script: x", "name: no, gate: {message: ok}", "name: b, script: x");
        RunState earlier = SimulatedHost.failing(plan).run();
        assertThat(new Repetition(earlier, 2, true).reasonAgainst())
                .contains("p/no comes before p/b and failed; run it again from there");
        assertThat(new Repetition(earlier, 1, true).reasonAgainst()).isEmpty();
    }

    @Test
    void sharedWorkspaceIsTakenAsItWasBeforeTheFirstRepeatedStage() {
        ExecutionPlan plan = Plans.with(
                "workspace: shared",
                "name: s1, script: x",
                "name: g1, gate: {message: ok}",
                "name: s2, script: x",
                "name: g2, gate: {message: ok}",
                "name: s3, script: x");
        List<RunEvent> events = new ArrayList<>();
        for (RunEvent event : events(plan)) {
            if (event instanceof RunEvent.GateOpened opened) {
                events.add(
                        new RunEvent.WorkspaceKept("p", opened.stage().endsWith("1") ? "one" : "two", 1, event.at()));
            }
            events.add(event);
        }
        RunState earlier = RunState.of(plan, events);
        GateKeeper keeper = new GateKeeper(new RunState(plan), new Parties(List.of(), List.of()));
        List<RunEvent> taken = new Repetition(earlier, 2, true).taken("1", keeper, NOON);
        assertThat(taken.get(taken.size() - 1))
                .isInstanceOfSatisfying(RunEvent.WorkspaceKept.class, kept -> assertThat(kept.digest())
                        .isEqualTo("one"));
        BitSet all = new Repetition(RunState.of(plan, events(plan)), 4, true).repeated();
        assertThat(all.get(0)).as("nothing was put aside").isTrue();
    }
}
