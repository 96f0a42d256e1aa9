package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.Template;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds out before a run what this machine lacks for a plan. */
public final class HostChecks {

    private HostChecks() {}

    /** Reports every credential of a stage that would run and that is not there. */
    public static void secrets(ExecutionPlan plan, Secrets secrets, Problems problems) {
        for (PlannedStage stage : plan.stages()) {
            if (stage.skip().isEmpty()) {
                for (Credential credential : credentials(stage)) {
                    List<String> missing = secrets.missing(credential);
                    if (!missing.isEmpty()) {
                        problems.add(ProblemCode.MISSING_SECRET.at(
                                credential.place(), credential.id(), String.join(" and ", missing)));
                    }
                }
            }
        }
    }

    private static List<Credential> credentials(PlannedStage stage) {
        List<Credential> all = new ArrayList<>(stage.stage().settings().credentials());
        stage.stage().work().gate().flatMap(Gate::ask).map(Gate.Ask::credential).ifPresent(all::add);
        return all;
    }

    /** The container engine, if a stage that would run needs one; reports each such stage if there is none. */
    public static Optional<ContainerEngine> engine(
            ExecutionPlan plan, Map<String, String> environment, Problems problems) {
        List<PlannedStage> contained = plan.stages().stream()
                .filter(s -> s.skip().isEmpty() && image(s).isPresent())
                .toList();
        if (contained.isEmpty()) {
            return Optional.empty();
        }
        ContainerEngine.Search search = ContainerEngine.find(environment);
        if (search.engine().isEmpty()) {
            for (PlannedStage stage : contained) {
                image(stage)
                        .ifPresent(image -> problems.add(ProblemCode.NO_CONTAINER_ENGINE.at(
                                image.place(), stage.shown(image), search.reasons())));
            }
        }
        return search.engine();
    }

    private static Optional<Template> image(PlannedStage stage) {
        return stage.stage().work().steps().flatMap(s -> s.image());
    }
}
