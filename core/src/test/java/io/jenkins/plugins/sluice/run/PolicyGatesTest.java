package io.jenkins.plugins.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.gate.Parties;
import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.PipelineChange;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.Reference;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.plan.Policies;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Gates of a policy in a run. The simulated people reject at gates whose name begins with {@code no}. */
class PolicyGatesTest {
    private static final Policy NO =
            Policies.policy("gates: [{name: 'no', before: {agents: [production]}, gate: {}}]\n");
    private static final Policy OK = Policies.policy("gates: [{name: ok, before: {agents: [production]}, gate: {}}]\n");

    private static ExecutionPlan plan(Policy policy, String... stages) {
        return Policies.plan(Plans.of(stages).file(), policy);
    }

    private static String outcome(RunState state, String id) {
        StageRun run = state.stage(state.find(id).orElseThrow());
        return run.outcome().map(Outcome::word).orElse("-") + ": " + run.detail();
    }

    @Test
    void stageRunsAfterAYes() {
        RunState state = SimulatedHost.failing(plan(OK, "name: deploy, agent: production, script: x"))
                .run();
        assertThat(outcome(state, "p/deploy")).isEqualTo("succeeded: ");
        assertThat(state.outcome()).contains(RunOutcome.SUCCEEDED);
    }

    @Test
    void stageThatAlwaysRunsDoesNotRunAfterANo() {
        RunState state = SimulatedHost.failing(plan(
                        NO,
                        "name: unit, script: x",
                        "name: clean, agent: production, runs: always, script: x",
                        "name: tell, runs: always, script: x"))
                .run();
        assertThat(outcome(state, "p/clean"))
                .isEqualTo("skipped: the policy asks for p/no-clean, and nobody approved that");
        assertThat(outcome(state, "p/tell")).isEqualTo("succeeded: ");
    }

    @Test
    void gateOfAStageThatRunsOnFailureIsAskedOnlyThen() {
        String[] stages = {"name: unit, script: x", "name: tell, agent: production, runs: onFailure, script: x"};
        RunState well = SimulatedHost.failing(plan(NO, stages)).run();
        assertThat(outcome(well, "p/no-tell")).isEqualTo("skipped: nothing before it failed");
        assertThat(outcome(well, "p/tell")).isEqualTo("skipped: nothing before it failed");
        RunState no = SimulatedHost.failing(plan(NO, stages), "unit").run();
        assertThat(outcome(no, "p/tell")).startsWith("skipped: the policy asks for p/no-tell");
        RunState yes = SimulatedHost.failing(plan(OK, stages), "unit").run();
        assertThat(outcome(yes, "p/tell")).isEqualTo("succeeded: ");
    }

    @Test
    void nobodyIsAskedInAnAbortedRun() {
        RunState state = SimulatedHost.failing(
                        plan(OK, "name: unit, script: x", "name: clean, agent: production, runs: always, script: x"))
                .taking("unit", Duration.ofSeconds(10))
                .abortAt(Duration.ofSeconds(5))
                .run();
        assertThat(outcome(state, "p/ok-clean")).isEqualTo("skipped: the run was aborted");
        assertThat(outcome(state, "p/clean")).startsWith("skipped: the policy asks for p/ok-clean");
    }

    @Test
    void gateOfThePolicyGivesNoValuesToTheFile() {
        ExecutionPlan plan =
                plan(OK, "name: ask, gate: {}", "name: deploy, agent: production, script: 'echo ${gate.approver}'");
        RunState state = new RunState(plan);
        Instant now = Instant.EPOCH;
        state.apply(new RunEvent.RunStarted("1", now));
        GateKeeper keeper = new GateKeeper(state, new Parties(List.of(), List.of()));
        Map<String, String> voters = Map.of("p/ask", "ada", "p/ok-deploy", "bob");
        for (int gate : new int[] {0, 1}) {
            String id = plan.stage(gate).id();
            state.apply(new RunEvent.GateOpened(id, "", List.of(), Optional.empty(), now));
            Vote yes = new Vote("1", voters.getOrDefault(id, ""), List.of(), true, "", Map.of(), "terminal");
            keeper.cast(gate, yes, Optional.empty(), now).events().forEach(state::apply);
        }
        RunValues values = new RunValues(state, new RunValues.Facts(Map.of(), Map.of(), Trigger.unknown()));
        assertThat(plan.stage(2).id()).isEqualTo("p/deploy");
        assertThat(values.of(new Reference("gate.approver", Optional.empty()), plan.stage(2)))
                .contains("ada");
    }

    @Test
    void nothingRunsAfterANoToTheChangeOfThePipeline() {
        PipelineFile file = Plans.of("name: unit, script: x", "name: clean, runs: always, script: x")
                .file();
        Policy.Trusted trusted = new Policy.Trusted(List.of("ada"), List.of());
        ExecutionPlan plan = Planner.plan(PipelineChange.reviewed(file, trusted, "a change"), Trigger.unknown());
        RunState state = new RunState(plan);
        Scheduler scheduler = new Scheduler(state);
        Instant now = Instant.EPOCH;
        state.apply(new RunEvent.RunStarted("1", now));
        assertThat(scheduler.next(Optional.empty())).containsExactly(new Decision.Ask(0));
        state.apply(new RunEvent.GateOpened("policy/pipeline-change", "", List.of(), Optional.empty(), now));
        state.apply(new GateKeeper(state, new Parties(List.of(), List.of())).decide(0, Verdict.REJECTED, "no", now));
        assertThat(scheduler.next(Optional.empty()))
                .allMatch(decision -> decision instanceof Decision.Skip || decision instanceof Decision.Finish);
    }

    @Property(tries = 300)
    void noStageThatAGateGuardsEverStartsWithoutAYes(@ForAll long seed, @ForAll @IntRange(min = 1, max = 15) int size) {
        Random random = new Random(seed);
        String[] stages = new String[size];
        for (int v = 0; v < size; v++) {
            String needs = v > 0 && random.nextBoolean() ? "s" + random.nextInt(v) : "";
            String runs = List.of("", ", runs: always", ", runs: onFailure", ", allowFailure: true")
                    .get(random.nextInt(4));
            String agent =
                    List.of("", ", agent: production", ", agent: staging").get(random.nextInt(3));
            stages[v] = "name: s" + v + ", needs: [" + needs + "], script: x" + runs + agent;
        }
        Policy policy = Policies.policy(
                """
                gates:
                  - {name: ok, before: {agents: [production, staging]}, gate: {}}
                  - {name: 'no', before: {agents: [staging]}, gate: {}}
                """);
        ExecutionPlan plan = Policies.plan(
                Plans.with(random.nextBoolean() ? "failFast: true" : "", stages).file(), policy);
        SimulatedHost host = SimulatedHost.failing(plan, "s" + random.nextInt(size));
        if (random.nextInt(3) == 0) {
            host.abortAt(Duration.ofSeconds(random.nextInt(10)));
        }
        RunState state = host.run();
        assertThat(state.outcome()).isPresent();
        Set<String> approved = new HashSet<>();
        for (RunEvent event : host.events()) {
            if (event instanceof RunEvent.GateDecided decided && decided.verdict() == Verdict.APPROVED) {
                approved.add(decided.stage());
            } else if (event instanceof RunEvent.AttemptStarted started) {
                PlannedStage stage = plan.stage(state.find(started.stage()).orElseThrow());
                long guards = policy.gates().stream()
                        .filter(rule -> rule.guards(stage.stage()))
                        .count();
                assertThat(stage.needs().stream()
                                .map(plan::stage)
                                .map(PlannedStage::id)
                                .filter(approved::contains))
                        .hasSize((int) guards);
            }
        }
    }
}
