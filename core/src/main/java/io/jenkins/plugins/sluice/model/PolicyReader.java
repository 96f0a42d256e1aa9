package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.config.ConfigMap;
import io.jenkins.plugins.sluice.config.ConfigNode;
import io.jenkins.plugins.sluice.config.PolicyFormat;
import io.jenkins.plugins.sluice.config.ShapeChecker;
import io.jenkins.plugins.sluice.config.YamlReader;
import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.List;
import java.util.Optional;

/**
 * Reads an administrator's policy file. Never throws for bad input.
 *
 * <pre>{@code
 * allowedActions: [build, run, copy, exports, notify]
 * allowedTriggerJobs: [publish-docs]
 * allowedCredentials: [npm-token]
 * allowedFrontends: ["registry.example/blubber/*"]
 * }</pre>
 */
public final class PolicyReader {
    private PolicyReader() {}

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
        return top.flatMap(ConfigNode::asMap).map(PolicyReader::policy).orElse(Policy.OPEN);
    }

    private static Policy policy(ConfigMap map) {
        return new Policy(
                list(map, "allowedActions"),
                list(map, "allowedTriggerJobs"),
                list(map, "allowedCredentials"),
                list(map, "allowedFrontends"));
    }

    /** An empty list allows nothing, which is not the same as no list. */
    private static Optional<List<String>> list(ConfigMap map, String key) {
        return map.get(key).flatMap(ConfigNode::asList).map(list -> map.texts(key));
    }
}
