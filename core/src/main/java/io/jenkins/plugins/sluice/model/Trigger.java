package io.jenkins.plugins.sluice.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What started a run, as far as the host knows: the facts that {@code when} is held against and that
 * {@code ${trigger.…}} shows.
 *
 * @param facts values by name: see {@link #NAMES};
 *     a missing one is unknown
 * @param changed the changed files, from the top of the repository; empty if the host cannot tell
 * @param env the environment that {@code when.env} looks at
 */
public record Trigger(Map<String, String> facts, Optional<List<String>> changed, Map<String, String> env) {
    /** The names of the facts. */
    public static final List<String> NAMES =
            List.of("event", "change", "patchset", "branch", "commit", "author", "tag");

    public Trigger {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        changed = changed.map(List::copyOf);
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
    }

    /** Nothing known. */
    public static Trigger unknown() {
        return new Trigger(Map.of(), Optional.empty(), Map.of());
    }

    /** A fact, or empty text if it is unknown. */
    public String fact(String name) {
        return facts.getOrDefault(name, "");
    }
}
