package io.jenkins.plugins.sluice.model;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A {@code ${name}} or {@code ${name|default}} in a text.
 *
 * @param name everything before the bar
 * @param fallback everything after it
 */
public record Reference(String name, Optional<String> fallback) implements Template.Part {
    /** What is meant if a value is empty: the default, or else that empty text. */
    public String orFallback(String value) {
        return value.isEmpty() ? fallback.orElse(value) : value;
    }

    /** The name without the dot if it is one of the stage's own values or of a loop, as {@code ${.x}} and {@code ${x}} are. */
    public Optional<String> ownName() {
        int dot = name.indexOf('.');
        return dot > 0 ? Optional.empty() : Optional.of(name.substring(dot + 1));
    }

    // As in StageRef: what a record brings along would cost time at each start.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Reference reference
                && name.equals(reference.name)
                && fallback.equals(reference.fallback);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + fallback.hashCode();
    }

    /** As written. */
    @Override
    public String toString() {
        return "${" + name + fallback.map(f -> "|" + f).orElse("") + "}";
    }
}
