package io.jenkins.plugins.sluice.model;

import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The agent that PipelineLib asks for: one for the whole pipeline, with a label for each kind of thing that some stage does.
 * It holds for files without a version that name no agent.
 */
final class PipelineLibLabels {
    private static final String BASE = "pipelinelib";
    private static final Map<Action.Kind, String> LABELS = new EnumMap<>(Map.of(
            Action.Kind.BUILD, "build",
            Action.Kind.RUN, "build",
            Action.Kind.COPY, "build",
            Action.Kind.PUBLISH, "publish",
            Action.Kind.PROMOTE, "promote"));

    private PipelineLibLabels() {}

    static String of(Collection<Stage> stages) {
        Set<String> labels = new LinkedHashSet<>(List.of(BASE));
        LABELS.forEach((kind, label) -> {
            if (stages.stream().flatMap(s -> s.work().actions().stream()).anyMatch(a -> a.kind() == kind)) {
                labels.add(BASE + "-" + label);
            }
        });
        return String.join(" && ", labels);
    }
}
