package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.ImageChecks;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Finds what stages ask for and a host of steps does not have, because a plugin is missing. */
final class StepChecks {
    private StepChecks() {}

    static void check(ExecutionPlan plan, Set<String> steps, Problems problems) {
        ImageChecks.require(plan, problems);
        for (PlannedStage stage : plan.stages()) {
            if (stage.skip().isEmpty()) {
                needs(stage).forEach((need, place) -> {
                    if (!steps.contains(need.step())) {
                        problems.add(ProblemCode.MISSING_PLUGIN.at(place, need.what(), need.step(), need.plugin()));
                    }
                });
                stage.stage()
                        .work()
                        .gate()
                        .flatMap(Gate::ask)
                        .ifPresent(ask -> problems.add(ProblemCode.NOT_SUPPORTED_YET.at(
                                ask.place(), "ask", "name people in 'approvers', who are asked by Jenkins itself")));
            }
        }
    }

    private record Need(String what, String step, String plugin) {}

    private static Map<Need, Place> needs(PlannedStage stage) {
        Map<Need, Place> needs = new LinkedHashMap<>();
        stage.stage()
                .settings()
                .credentials()
                .forEach(credential -> needs.put(
                        new Need("credentials", "withCredentials", "credentials-binding"), credential.place()));
        stage.stage().work().actions().forEach(action -> {
            switch (action.kind()) {
                case TRIGGER -> needs.put(new Need("trigger", "build", "pipeline-build-step"), action.place());
                case NOTIFY -> needs.put(new Need("notify", "mail", "workflow-basic-steps"), action.place());
                case BUILD, RUN, COPY, PUBLISH, PROMOTE, DEPLOY, EXPORTS -> {}
            }
        });
        return needs;
    }
}
