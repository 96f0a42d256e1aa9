package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.problem.Place;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A change of the pipeline itself: whether someone has to look at it first, and the gate that sees to that. The gate is called
 * {@value #GATE} and stands alone in a pipeline {@value #HOME} before all others.
 */
public final class PipelineChange {
    /** The name of the gate. */
    public static final String GATE = "pipeline-change";

    /** The name of its pipeline, if the file has no such pipeline itself. */
    public static final String HOME = "policy";

    private static final String DIRECTORY = ".pipeline/";

    private PipelineChange() {}

    /**
     * The changed files that belong to the pipeline, in their order: what is below {@code .pipeline/}, and the configuration.
     *
     * @param file the configuration, from the top of the repository
     * @param changed all changed files, likewise
     */
    public static List<String> files(String file, Collection<String> changed) {
        // As a file system may have it that does not tell small letters from capital ones.
        return changed.stream()
                .filter(path -> path.equalsIgnoreCase(file)
                        || (path + "/").regionMatches(true, 0, DIRECTORY, 0, DIRECTORY.length()))
                .toList();
    }

    /**
     * Whether someone who is trusted has to say yes before anything of the change runs.
     *
     * @param file the configuration, from the top of the repository
     * @param changed the changed files, likewise; a host that does not know them decides what that means to it
     * @param author the names of whoever wrote the change, as far as the host vouches for them; letter case does not count. Of a
     *     change by several people ask for each
     * @param groups the groups that the host says the author is in
     */
    public static boolean needsReview(
            Policy policy,
            String file,
            Collection<String> changed,
            Collection<String> author,
            Collection<String> groups) {
        return policy.trusted()
                .map(trusted -> !files(file, changed).isEmpty()
                        && author.stream().noneMatch(name -> isAmong(trusted.users(), name))
                        && groups.stream().noneMatch(name -> isAmong(trusted.groups(), name)))
                .orElse(false);
    }

    private static boolean isAmong(List<String> names, String name) {
        return names.stream().anyMatch(name::equalsIgnoreCase);
    }

    /**
     * The file with the gate before all its stages.
     *
     * @param trusted who may decide; never the author
     * @param message what the change is
     */
    public static PipelineFile reviewed(PipelineFile file, Policy.Trusted trusted, String message) {
        Set<String> taken = new HashSet<>(file.byName().keySet());
        Place place = Place.topOf(file.file());
        StageRef gate = new StageRef(Enforcement.free(HOME, taken), GATE);
        Map<String, Pipeline> pipelines = new LinkedHashMap<>();
        pipelines.put(gate.pipeline(), home(gate, place, question(trusted, Template.literal(place, message))));
        // Every stage needs it itself, not only the first ones: one that runs after a failure must not run after a no.
        file.byName()
                .forEach((name, pipeline) -> pipelines.put(
                        name,
                        pipeline.withStages(pipeline.stages().stream()
                                .map(stage -> stage.withMoreNeeds(List.of(new Need(gate, stage.place()))))
                                .toList())));
        return new PipelineFile(file.file(), file.dialect(), pipelines);
    }

    private static Gate question(Policy.Trusted trusted, Template message) {
        return new Gate(
                message,
                List.of(),
                new Gate.Approvers(trusted.users(), trusted.groups(), 1, List.of(Gate.Party.AUTHOR)),
                List.of(),
                Gate.CommentRule.OPTIONAL,
                Optional.<Duration>empty(),
                false,
                true,
                Optional.empty());
    }

    private static Pipeline home(StageRef gate, Place place, Gate question) {
        Stage stage = new Stage(
                gate.stage(),
                place,
                new Work.Decision(question, Optional.of(GATE)),
                Settings.ofGate("."),
                Flow.ofGate(List.of(), Runs.ON_SUCCESS),
                Keeps.NOTHING);
        return Pipeline.of(gate.pipeline(), stage);
    }
}
