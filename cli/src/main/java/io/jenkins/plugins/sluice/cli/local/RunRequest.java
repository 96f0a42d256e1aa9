package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.gate.Parties;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run that is to begin.
 *
 * @param config the text that the plan was made from
 * @param pipelines those that were chosen; empty means all
 * @param repository the tree that the stages work on copies of
 * @param inPlace whether they work in the tree itself
 * @param remote the address of the repository's remote, if it has one
 * @param parameters values for {@code ${setup.params.…}}
 * @param settings what an administrator has set up
 * @param review what a change of the pipeline does, if someone has to look at it first
 * @param parties who wrote the change and who starts the run
 */
public record RunRequest(
        ExecutionPlan plan,
        Trigger trigger,
        String config,
        List<String> pipelines,
        Path repository,
        boolean inPlace,
        Optional<String> remote,
        Map<String, String> parameters,
        SiteSettings settings,
        Optional<String> review,
        Parties parties) {
    public RunRequest {
        pipelines = List.copyOf(pipelines);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
