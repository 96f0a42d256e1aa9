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
