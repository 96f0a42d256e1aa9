package io.jenkins.plugins.sluice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.PolicyGate;
import io.jenkins.plugins.sluice.model.Trigger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for the gates of a policy in any file. */
class EnforcementProperties {
    private static final Policy POLICY = Policies.policy(
            """
            gates:
              - {name: agents, before: {agents: [production]}, gate: {}}
              - {name: secrets, before: {credentials: [key]}, gate: {}}
            """);

    /** Two pipelines in every way to write an order, with matrices, conditions, late stages and shared workspaces. */
    private static String file(Random random, int size) {
        StringBuilder text = new StringBuilder("version: 1\npipelines:\n");
        for (int p = 0; p < 2; p++) {
            text.append("  p").append(p).append(":\n");
            text.append(p == 1 && random.nextBoolean() ? "    needs: [p0]\n" : "");
            text.append(random.nextBoolean() ? "    workspace: shared\n" : "");
            text.append(random.nextInt(3) == 0 ? "    matrix: {zone: [a, b]}\n" : "");
            int order = random.nextInt(4);
            text.append(order == 0 ? "    execution: auto\n" : "").append(order == 1 ? paths(random, size) : "");
            text.append("    stages:\n");
            for (int v = 0; v < size; v++) {
                text.append(stage(random, v, order));
            }
        }
        return text.toString();
    }

    private static String paths(Random random, int size) {
        List<String> paths = new ArrayList<>();
        for (int v = 0; v < size; v++) {
            paths.add(v > 0 && random.nextBoolean() ? "[s" + random.nextInt(v) + ", s" + v + "]" : "[s" + v + "]");
        }
        return "    execution: [" + String.join(", ", paths) + "]\n";
    }

    private static String stage(Random random, int number, int order) {
        List<String> needs = new ArrayList<>();
        for (int u = 0; u < number; u++) {
            if (random.nextInt(3) == 0) {
                needs.add("s" + u);
            }
        }
        List<String> keys = new ArrayList<>(List.of("name: s" + number));
        keys.add(order == 2 ? "needs: [" + String.join(", ", needs) + "]" : "");
        if (random.nextInt(6) == 0) {
            keys.add("gate: {}");
        } else {
            keys.add("script: x");
            keys.add(random.nextInt(3) == 0 ? "agent: production" : "");
            keys.add(random.nextInt(4) == 0 ? "credentials: [{id: key, variable: KEY}]" : "");
            keys.add(random.nextInt(4) == 0 ? "matrix: {node: ['18', '20']}" : "");
            // On a path such a stage comes after all others, so nothing may come after it.
            String runs = List.of("", "", "", "runs: always", "runs: onFailure").get(random.nextInt(5));
            keys.add(order == 1 ? "" : runs);
        }
        keys.add(random.nextInt(5) == 0 ? "when: {branch: main}" : "");
        keys.removeIf(String::isEmpty);
        return "      - {" + String.join(", ", keys) + "}\n";
    }

    /** For each stage, by id, the ids of all that come before it. */
    private static Map<String, Set<String>> before(ExecutionPlan plan) {
        Map<String, Set<String>> before = new LinkedHashMap<>();
        plan.stages()
                .forEach(stage -> before.put(
                        stage.id(),
                        plan.before(stage).stream()
                                .map(PlannedStage::id)
                                .collect(Collectors.toCollection(TreeSet::new))));
        return before;
    }

    private static Set<String> gates(ExecutionPlan plan) {
        return plan.stages().stream()
                .filter(stage -> stage.stage().work().rule().isPresent())
                .map(PlannedStage::id)
                .collect(Collectors.toCollection(HashSet::new));
    }

    @Property(tries = 300)
    void gatesNeverChangeTheOrderOfOtherStages(@ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int size) {
        PipelineFile file = Policies.file(file(new Random(seed), size));
        ExecutionPlan without = Planner.plan(file, Trigger.unknown());
        ExecutionPlan with = Policies.plan(file, POLICY);
        Set<String> gates = gates(with);
        Map<String, Set<String>> order = before(with);
        order.keySet().removeAll(gates);
        order.values().forEach(ids -> ids.removeAll(gates));
        assertThat(order).isEqualTo(before(without));
        Map<String, String> skips = new LinkedHashMap<>(with.skips());
        skips.keySet().removeAll(gates);
        assertThat(skips).isEqualTo(without.skips());
    }

    @Property(tries = 300)
    void everyStageThatAGateGuardsComesAfterItAndWaitsForNothingElse(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 9) int size) {
        ExecutionPlan plan = Policies.plan(Policies.file(file(new Random(seed), size)), POLICY);
        Map<String, Set<String>> before = before(plan);
        Set<String> gates = gates(plan);
        Set<String> guarding = new HashSet<>();
        for (PlannedStage stage : plan.stages()) {
            for (PolicyGate rule : POLICY.gates()) {
                List<PlannedStage> own = stage.needs().stream()
                        .map(plan::stage)
                        .filter(need -> need.stage()
                                .work()
                                .rule()
                                .filter(rule.name()::equals)
                                .isPresent())
                        .toList();
                assertThat(own).as(stage.id()).hasSize(rule.guards(stage.stage()) ? 1 : 0);
                for (PlannedStage gate : own) {
                    guarding.add(gate.id());
                    Set<String> others = new TreeSet<>(before.get(stage.id()));
                    stage.needs().stream()
                            .map(plan::stage)
                            .map(PlannedStage::id)
                            .filter(gates::contains)
                            .forEach(others::remove);
                    assertThat(before.get(gate.id())).as(gate.id()).isEqualTo(others);
                    assertThat(gate.skip().isPresent()).isEqualTo(stage.skip().isPresent());
                }
            }
        }
        assertThat(guarding).isEqualTo(gates);
    }
}
