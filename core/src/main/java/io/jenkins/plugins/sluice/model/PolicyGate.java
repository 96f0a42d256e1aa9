package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.problem.Place;
import java.util.List;

/**
 * A gate that a policy puts before every stage that meets one of its conditions.
 *
 * <pre>{@code
 * gates:
 *   - name: production
 *     before: {agents: [production], credentials: ["prod-*"]}
 *     gate: {message: "Change production?", approvers: {groups: [release-managers]}}
 * }</pre>
 *
 * @param name unique in the policy
 * @param place where the policy says so
 * @param question what is asked
 */
public record PolicyGate(String name, Place place, Before before, Gate question) {
    /** What a stage does, asks for or gets, by patterns in which {@code *} stands for any characters. */
    public record Before(List<String> actions, List<String> agents, List<String> credentials) {
        public Before {
            actions = List.copyOf(actions);
            agents = List.copyOf(agents);
            credentials = List.copyOf(credentials);
        }
    }

    /** Whether the stage must not start before someone has said yes. */
    public boolean guards(Stage stage) {
        StageUses uses = StageUses.of(stage);
        boolean acts = uses.actions().keySet().stream().anyMatch(key -> NamePattern.anyMatches(before.actions(), key));
        boolean gets = uses.credentials().stream()
                .anyMatch(credential -> NamePattern.anyMatches(before.credentials(), credential.id()));
        boolean asks = stage.work().holdsAgent()
                && !before.agents().isEmpty()
                && AgentLabels.of(stage.settings().agent()).mayMean(before.agents());
        return stage.work().rule().isEmpty() && (acts || gets || asks);
    }
}
