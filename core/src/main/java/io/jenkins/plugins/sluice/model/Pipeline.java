package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.problem.Place;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One pipeline of a file, validated.
 *
 * @param byName its stages by name, in the order of the file
 * @param needs the pipelines that come before it
 * @param fetch how its sources are fetched
 * @param failFast whether the first failure ends the pipeline
 * @param listed whether its stages follow each other as they are listed, because nothing else says their order
 * @param later what it asks for that cannot be executed yet
 */
public record Pipeline(
        String name,
        Place place,
        Map<String, Stage> byName,
        List<Need> needs,
        Optional<Condition> when,
        Optional<Matrix> matrix,
        WorkspaceUse workspace,
        Fetch fetch,
        boolean failFast,
        boolean listed,
        List<LaterWork> later) {
    public Pipeline {
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
        needs = List.copyOf(needs);
        later = List.copyOf(later);
    }

    /** One of a single stage. */
    static Pipeline of(String name, Stage only) {
        return new Pipeline(
                name,
                only.place(),
                Map.of(only.name(), only),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                WorkspaceUse.SEPARATE,
                Fetch.UNSAID,
                false,
                false,
                List.of());
    }

    Pipeline withStages(Collection<Stage> stages) {
        Map<String, Stage> others = new LinkedHashMap<>();
        stages.forEach(stage -> others.put(stage.name(), stage));
        return new Pipeline(name, place, others, needs, when, matrix, workspace, fetch, failFast, listed, later);
    }

    /** Its stages, in the order of the file. */
    public Collection<Stage> stages() {
        return byName.values();
    }

    /** A stage by its name. */
    public Optional<Stage> stage(String stageName) {
        return Optional.ofNullable(byName.get(stageName));
    }
}
