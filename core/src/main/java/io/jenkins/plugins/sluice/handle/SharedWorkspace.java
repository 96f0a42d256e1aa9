package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.model.WorkspaceUse;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;

/** The one workspace of a pipeline whose stages share it, on its way from agent to agent. */
final class SharedWorkspace {
    private SharedWorkspace() {}

    static boolean isShared(ExecutionPlan plan, PlannedStage stage) {
        return plan.file()
                .pipeline(stage.ref().pipeline())
                .map(pipeline -> pipeline.workspace() == WorkspaceUse.SHARED)
                .orElse(false);
    }

    /** Puts everything aside but what the checkout brings by itself. */
    static Call keep(ExecutionPlan plan, String pipeline) {
        return Call.of(
                "stash",
                Call.arguments(
                        "name",
                        name(plan, pipeline),
                        "includes",
                        "**",
                        "excludes",
                        ".git/**",
                        "useDefaultExcludes",
                        false,
                        "allowEmpty",
                        true));
    }

    static Call bring(ExecutionPlan plan, String pipeline) {
        return Call.of("unstash", Call.arguments("name", name(plan, pipeline)));
    }

    /** Jenkins lets names have no brackets, as those of the copies of a matrix do. */
    private static String name(ExecutionPlan plan, String pipeline) {
        int first = plan.stages().stream()
                .filter(stage -> stage.pipeline().equals(pipeline))
                .mapToInt(PlannedStage::number)
                .min()
                .orElseThrow();
        return "sluice-workspace-" + first;
    }
}
