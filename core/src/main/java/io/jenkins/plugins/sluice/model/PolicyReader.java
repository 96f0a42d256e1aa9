package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.config.ConfigMap;
import io.jenkins.plugins.sluice.config.ConfigNode;
import io.jenkins.plugins.sluice.config.ConfigScalar;
import io.jenkins.plugins.sluice.config.PolicyFormat;
import io.jenkins.plugins.sluice.config.ShapeChecker;
import io.jenkins.plugins.sluice.config.Words;
import io.jenkins.plugins.sluice.config.YamlReader;
import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.problem.Suggestion;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads an administrator's policy file. Never throws for bad input.
 *
 * <pre>{@code
 * allowedActions: [build, run, copy, exports, notify]
 * allowedTriggerJobs: [publish-docs]
 * allowedCredentials: [npm-token]
 * allowedFrontends: ["registry.example/blubber/*"]
 * allowedAgents: [linux, docker]
 * allowedImages: ["registry.example/*"]
 * allowedRegistries: [registry.example]
 * allowedPlugins: [kubernetes]
 * defaults: {agent: linux, timeout: 1h}
 * limits: {timeout: 4h}
 * gates:
 *   - name: production
 *     before: {agents: [production], credentials: ["prod-*"]}
 *     gate: {message: "Change production?", approvers: {groups: [release-managers]}}
 * trusted: {groups: [build-team]}
 * }</pre>
 */
public final class PolicyReader {
    private final String file;
    private final Problems problems;

    private PolicyReader(String file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * Reads and checks a file.
     *
     * @param file the name for messages
     * @param problems gets everything that is wrong; the result can be used only if there is no error among it
     */
    public static Policy read(String file, byte[] bytes, Problems problems) {
        Optional<ConfigNode> top = YamlReader.read(file, bytes, problems);
        // Whoever gives a policy wants one: a file that lost its content must not allow everything, as {} does.
        boolean lost = top.map(node -> node.isBlank()
                        && node.asMap().isEmpty()
                        && node.asList().isEmpty())
                .orElse(!problems.hasErrors());
        if (lost) {
            problems.add(ProblemCode.EMPTY_VALUE.at(
                    Place.topOf(file), "the policy", "write {} for one that allows everything"));
        }
        top = top.filter(node -> !node.isBlank() || node.asList().isPresent());
        top.ifPresent(node -> new ShapeChecker(problems, false).check(node, PolicyFormat.POLICY));
        return top.flatMap(ConfigNode::asMap)
                .map(new PolicyReader(file, problems)::policy)
                .orElse(Policy.OPEN);
    }

    private Policy policy(ConfigMap map) {
        Map<Policy.Kind, List<String>> allowed = new EnumMap<>(Policy.Kind.class);
        for (Policy.Kind kind : Policy.Kind.values()) {
            // An empty list allows nothing, which is not the same as no list.
            map.get(kind.key()).flatMap(ConfigNode::asList).ifPresent(list -> allowed.put(kind, map.texts(kind.key())));
        }
        return new Policy(allowed, bounds(map), gates(map), map.map("trusted").map(PolicyReader::trusted));
    }

    private Policy.Bounds bounds(ConfigMap map) {
        ConfigMap defaults = map.map("defaults").orElse(ConfigMap.empty(map));
        Optional<Duration> timeout = defaults.text("timeout").flatMap(Words::duration);
        Optional<Duration> longest =
                map.map("limits").flatMap(limits -> limits.text("timeout")).flatMap(Words::duration);
        boolean above = timeout.isPresent()
                && longest.filter(limit -> timeout.get().compareTo(limit) > 0).isPresent();
        defaults.scalar("timeout")
                .filter(written -> above)
                .ifPresent(written -> problems.add(ProblemCode.INVALID_VALUE.at(
                        written.place(), written.text(), "give at most what 'limits' gives")));
        return new Policy.Bounds(defaults.textOr("agent", ""), timeout, longest);
    }

    private List<PolicyGate> gates(ConfigMap map) {
        Map<String, PolicyGate> gates = new LinkedHashMap<>();
        for (ConfigNode item : map.items("gates")) {
            item.asMap()
                    .flatMap(gate -> gate.scalar("name").map(name -> gate(gate, name)))
                    .ifPresent(gate -> {
                        PolicyGate first = gates.putIfAbsent(gate.name(), gate);
                        if (first != null) {
                            int line = first.place().location().line();
                            problems.add(ProblemCode.DUPLICATE_NAME.at(gate.place(), "gate", gate.name(), line));
                        }
                    });
        }
        return List.copyOf(gates.values());
    }

    private PolicyGate gate(ConfigMap map, ConfigScalar name) {
        if (name.text().equals(PipelineChange.GATE)) {
            problems.add(ProblemCode.INVALID_VALUE.at(
                    name.place(), name.text(), "choose another name: 'trusted' makes a gate that is called so"));
        }
        ConfigMap before = map.map("before").orElse(ConfigMap.empty(map));
        before.scalars("actions").forEach(this::checkAction);
        ConfigNode written = map.get("gate").orElse(ConfigMap.empty(map));
        Gate question = new GateReader(".", new TemplateParser(Dialect.SLUICE, problems), problems).read(written);
        checkReferences(name, question);
        return new PolicyGate(
                name.text(),
                name.place(),
                new PolicyGate.Before(before.texts("actions"), before.texts("agents"), before.texts("credentials")),
                question);
    }

    /** A condition that nothing can meet would be a gate that is never there. */
    private void checkAction(ConfigScalar pattern) {
        if (PolicyFormat.ACTIONS.stream().noneMatch(key -> NamePattern.matches(pattern.text(), key))) {
            problems.add(ProblemCode.INVALID_VALUE.at(
                    pattern.place(),
                    pattern.text(),
                    Suggestion.among(pattern.text(), "Actions", PolicyFormat.ACTIONS)));
        }
    }

    /** Nothing is known of the stages of a file here: only what every run has can be referred to. */
    private void checkReferences(ConfigScalar name, Gate question) {
        Stage stage = new Stage(
                name.text(),
                name.place(),
                new Work.Decision(question),
                Settings.ofGate("."),
                Flow.ofGate(List.of(), Runs.ON_SUCCESS),
                Keeps.NOTHING);
        Pipeline pipeline = Pipeline.of("the policy", stage);
        PipelineFile alone = new PipelineFile(file, Dialect.SLUICE, Map.of(pipeline.name(), pipeline));
        new ReferenceChecks(alone, StageGraph.of(alone), problems).check(pipeline, stage);
    }

    private static Policy.Trusted trusted(ConfigMap map) {
        return new Policy.Trusted(map.texts("users"), map.texts("groups"));
    }
}
