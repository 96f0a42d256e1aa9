package io.jenkins.plugins.sluice.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A whole file, validated.
 *
 * @param file its name for messages
 * @param byName the pipelines by name, in the order of the file
 */
public record PipelineFile(String file, Dialect dialect, Map<String, Pipeline> byName) {
    public PipelineFile {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** The pipelines in the order of the file. */
    public Collection<Pipeline> pipelines() {
        return byName.values();
    }

    /** A pipeline by its name. */
    public Optional<Pipeline> pipeline(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** A stage by its full name. */
    public Optional<Stage> stage(StageRef ref) {
        return pipeline(ref.pipeline()).flatMap(p -> p.stage(ref.stage()));
    }

    /**
     * The variables of the environment that its references may stand for: the names that PipelineLib leaves to the shell of
     * the agent, and the commit that Zuul names, which is among the labels of images.
     */
    public Set<String> environmentNames() {
        Set<String> names = new LinkedHashSet<>();
        if (dialect == Dialect.PIPELINELIB) {
            names.add("ZUUL_COMMIT");
            pipelines().stream()
                    .flatMap(p -> p.stages().stream())
                    .flatMap(s -> s.templates().stream())
                    .flatMap(t -> t.references().stream())
                    .filter(r -> !r.name().contains("."))
                    .forEach(r -> names.add(r.name()));
        }
        return names;
    }
}
