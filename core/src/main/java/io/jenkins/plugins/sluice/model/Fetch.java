package io.jenkins.plugins.sluice.model;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the sources of a pipeline are fetched, as far as the file says so:
 *
 * <pre>{@code
 * fetch: {shallow: true, depth: 20, submodules: true, tags: false}
 * }</pre>
 *
 * <p>What is not said is as in this example where Sluice itself says what is checked out, and as the job has it where the job
 * does. The names and defaults are PipelineLib's.
 *
 * @param depth how many of the newest commits, if only those
 */
public record Fetch(
        Optional<Boolean> shallow, Optional<Integer> depth, Optional<Boolean> submodules, Optional<Boolean> tags) {
    /** Nothing is said. */
    public static final Fetch UNSAID =
            new Fetch(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** What is enough to find the configuration and what has changed. */
    public static final Fetch TO_PLAN =
            new Fetch(Optional.empty(), Optional.empty(), Optional.of(false), Optional.empty());

    private static final int DEPTH = 20;

    /** Whether only the newest commits are fetched. */
    public boolean isShallow() {
        return shallow.orElse(true);
    }

    /** How many those are. */
    public int commits() {
        return depth.orElse(DEPTH);
    }

    /** Whether submodules are fetched, and theirs. */
    public boolean hasSubmodules() {
        return submodules.orElse(true);
    }

    /** Whether all tags are fetched. */
    public boolean hasTags() {
        return tags.orElse(false);
    }

    /** What is said, by its names in the file; {@code depth} is there if and only if {@code shallow} is true. */
    public Map<String, Object> said() {
        Map<String, Object> said = new LinkedHashMap<>();
        if (shallow.isPresent() || depth.isPresent()) {
            said.put("shallow", isShallow());
            if (isShallow()) {
                said.put("depth", commits());
            }
        }
        submodules.ifPresent(wanted -> said.put("submodules", wanted));
        tags.ifPresent(wanted -> said.put("tags", wanted));
        return said;
    }
}
