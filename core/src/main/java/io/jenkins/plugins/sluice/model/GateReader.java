package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.config.ConfigMap;
import io.jenkins.plugins.sluice.config.ConfigNode;
import io.jenkins.plugins.sluice.config.ConfigScalar;
import io.jenkins.plugins.sluice.config.Words;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads gates, and finds those that could never open. */
final class GateReader {
    private final String directory;
    private final TemplateParser templates;
    private final Problems problems;

    GateReader(String directory, TemplateParser templates, Problems problems) {
        this.directory = directory;
        this.templates = templates;
        this.problems = problems;
    }

    Gate read(ConfigNode node) {
        ConfigMap gate = node.asMap().orElse(ConfigMap.empty(node));
        if (gate.get("onTimeout").isPresent() && gate.get("timeout").isEmpty()) {
            gate.entry("onTimeout")
                    .ifPresent(e -> problems.add(ProblemCode.MISSING_KEY.warningAt(
                            e.keyPlace(), "timeout", "say how long to wait; without it the gate waits for ever")));
        }
        gate.scalars("show").forEach(this::checkInside);
        return new Gate(
                gate.scalar("message").map(templates::text).orElse(Template.literal(node.place(), "")),
                gate.scalars("show").stream().map(templates::text).toList(),
                approvers(gate, node),
                inputs(gate),
                Gate.CommentRule.of(gate.textOr("comment", "optional")),
                gate.text("timeout").flatMap(Words::duration),
                gate.textOr("onTimeout", "reject").equals("approve"),
                gate.flag("supersede"),
                gate.map("ask").flatMap(this::ask));
    }

    private void checkInside(ConfigScalar path) {
        if (RepoPath.resolve(directory, path.text()).isEmpty()) {
            problems.add(ProblemCode.PATH_OUTSIDE.at(path.place(), path.text()));
        }
    }

    private Gate.Approvers approvers(ConfigMap gate, ConfigNode node) {
        ConfigMap map = gate.map("approvers").orElse(ConfigMap.empty(node));
        Gate.Approvers approvers = new Gate.Approvers(
                map.texts("users"),
                map.texts("groups"),
                map.number("count").orElse(1),
                map.texts("exclude").stream().map(Gate.Party::of).toList());
        Set<String> different = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        different.addAll(approvers.users());
        // A program that is asked has a vote of its own.
        int voters = different.size() + (gate.get("ask").isPresent() ? 1 : 0);
        boolean named = !approvers.isAnyone() || gate.get("ask").isPresent();
        if (named && approvers.groups().isEmpty() && voters < approvers.count()) {
            ConfigNode where = map.get("count").orElse(map);
            problems.add(ProblemCode.TOO_FEW_APPROVERS.at(where.place(), approvers.count(), voters));
        }
        return approvers;
    }

    private List<GateInput> inputs(ConfigMap gate) {
        Map<String, GateInput> inputs = new LinkedHashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        boolean approvedByTime = gate.textOr("onTimeout", "").equals("approve");
        for (ConfigNode item : gate.items("inputs")) {
            Optional<ConfigMap> map = item.asMap();
            Optional<ConfigScalar> name = map.flatMap(m -> m.scalar("name"));
            if (map.isPresent() && name.isPresent()) {
                GateInput input = input(map.get(), name.get().text());
                if (approvedByTime && input.mustBeEntered()) {
                    problems.add(ProblemCode.MISSING_KEY.at(
                            item.place(), "default", "with 'onTimeout: approve' nobody may be there to enter a value"));
                }
                inputs.putIfAbsent(input.name(), input);
                Integer first = lines.putIfAbsent(
                        input.name(), name.get().place().location().line());
                if (first != null) {
                    problems.add(ProblemCode.DUPLICATE_NAME.at(name.get().place(), "input", input.name(), first));
                }
            }
        }
        return new ArrayList<>(inputs.values());
    }

    private GateInput input(ConfigMap map, String name) {
        List<String> choices = map.texts("choices");
        GateInput.Type type = GateInput.Type.of(map.textOr("type", choices.isEmpty() ? "text" : "choice"));
        if (type == GateInput.Type.CHOICE && choices.isEmpty()) {
            problems.add(ProblemCode.MISSING_KEY.at(map.place(), "choices", "list what may be chosen"));
        }
        if (type != GateInput.Type.CHOICE) {
            map.entry("choices")
                    .filter(e -> !choices.isEmpty())
                    .ifPresent(e -> problems.add(ProblemCode.CONFLICTING_KEYS.at(
                            e.keyPlace(), "choices", "type: " + map.textOr("type", ""), "remove one of them")));
        }
        boolean required = map.get("required").isEmpty() || map.flag("required");
        GateInput input =
                new GateInput(name, type, choices, map.text("default"), required, map.textOr("description", ""));
        boolean undecidable = type == GateInput.Type.CHOICE && choices.isEmpty();
        map.scalar("default")
                .filter(value -> !undecidable && !input.accepts(value.text()))
                .ifPresent(value -> problems.add(ProblemCode.INVALID_VALUE.at(
                        value.place(), value.text(), "give " + input.expected() + ", as for '" + name + "' itself")));
        return input;
    }

    private Optional<Gate.Ask> ask(ConfigMap map) {
        return map.scalar("url").map(url -> {
            Gate.Ask ask = new Gate.Ask(url.text(), map.textOr("secret", ""), map.place());
            if (!ask.isWeb()) {
                problems.add(ProblemCode.INVALID_VALUE.at(
                        url.place(), url.text(), "give a whole address that begins with https:// or http://"));
            }
            return ask;
        });
    }
}
