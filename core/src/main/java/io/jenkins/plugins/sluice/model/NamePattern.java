package io.jenkins.plugins.sluice.model;

import java.util.Collection;
import java.util.regex.Pattern;

/** Names in which {@code *} stands for any characters. */
final class NamePattern {
    private NamePattern() {}

    static boolean anyMatches(Collection<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    static boolean matches(String pattern, String name) {
        StringBuilder expression = new StringBuilder();
        for (String part : pattern.split("\\*", -1)) {
            expression.append(expression.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.matches(expression.toString(), name);
    }
}
