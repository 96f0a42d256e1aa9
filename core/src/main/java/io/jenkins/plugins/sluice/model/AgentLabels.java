package io.jenkins.plugins.sluice.model;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A label expression as a policy looks at it: which labels it names, and whether it may mean agents that it does not name, as
 * {@code !linux} does.
 *
 * @param text the expression as written; empty for any agent
 * @param labels what it names
 * @param open whether it may mean agents of other labels
 */
record AgentLabels(String text, List<String> labels, boolean open) {
    AgentLabels {
        labels = List.copyOf(labels);
    }

    static AgentLabels of(String expression) {
        // Negation and implication mean agents without the label; what stands in quotes may hold operators as text.
        boolean open = expression.contains("!")
                || expression.contains("->")
                || expression.contains("\"")
                || expression.contains("'");
        List<String> labels = Stream.of(expression.split("[\\s()&|]+"))
                .filter(label -> !label.isEmpty())
                .toList();
        return new AgentLabels(expression, labels, open);
    }

    /** Whether every agent that it may mean has a label that is listed, or the expression itself is listed. */
    boolean isWithin(Collection<String> patterns) {
        return text.isEmpty()
                || patterns.contains(text)
                || patterns.contains("*")
                || (!open
                        && !labels.isEmpty()
                        && labels.stream().allMatch(label -> NamePattern.anyMatches(patterns, label)));
    }

    /** Whether it may mean an agent with one of these labels; one that names no label at all does not. */
    boolean mayMean(Collection<String> patterns) {
        return open
                || NamePattern.anyMatches(patterns, text)
                || labels.stream().anyMatch(label -> NamePattern.anyMatches(patterns, label));
    }
}
