package io.jenkins.plugins.sluice.model;

import java.util.Optional;

/**
 * A {@code ${name}} or {@code ${name|default}} in a text.
 *
 * @param name everything before the bar
 * @param fallback everything after it
 */
public record Reference(String name, Optional<String> fallback) implements Template.Part {
    /** As written. */
    @Override
    public String toString() {
        return "${" + name + fallback.map(f -> "|" + f).orElse("") + "}";
    }
}
