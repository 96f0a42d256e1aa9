package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one workspace of a pipeline whose stages share it, on its way from agent to agent. */
final class SharedWorkspace {
    /** What is stashed is copied to the controller and back: 1 GiB. */
    private static final long MOST_KIBIBYTES = 1024 * 1024;

    private static final String MEASURE =
            """
            all=$(du -sk . | cut -f 1)
            git=0
            [ ! -d .git ] || git=$(du -sk .git | cut -f 1)
            if [ $((all - git)) -gt "$SLUICE_KIBIBYTES" ]; then
              echo "the workspace of $SLUICE_PIPELINE has $(((all - git) / 1024)) MiB, and more than $((SLUICE_KIBIBYTES / 1024)) MiB are not \
            stashed on the way to another agent: give its stages the same agent, or keep what is needed as 'artifacts', which go \
            through the artifact manager" >&2
              exit 1
            fi
            """;

    private static final String EMPTY =
            """
            find . -mindepth 1 -maxdepth 1 ! -name .git -exec rm -rf {} +
            """;

    private SharedWorkspace() {}

    /** Puts all files aside but those of {@code .git}, unless they are too much for the controller. */
    static List<Call> keep(ExecutionPlan plan, String pipeline) {
        Map<String, String> env =
                Map.of("SLUICE_PIPELINE", pipeline, "SLUICE_KIBIBYTES", String.valueOf(MOST_KIBIBYTES));
        Map<String, Object> everything = Call.arguments(
                "name",
                name(plan, pipeline),
                "includes",
                "**",
                "excludes",
                ".git/**",
                "useDefaultExcludes",
                false,
                "allowEmpty",
                true);
        return List.of(ScriptCalls.printing(MEASURE, env, Optional.empty(), List.of()), Call.of("stash", everything));
    }

    /** Puts them in the place of what the checkout has brought: what was deleted before stays deleted. */
    static List<Call> bring(ExecutionPlan plan, String pipeline) {
        return List.of(
                ScriptCalls.printing(EMPTY, Map.of(), Optional.empty(), List.of()),
                Call.of("unstash", Call.arguments("name", name(plan, pipeline))));
    }

    /** Jenkins lets names have no brackets, as those of the copies of a matrix do. */
    static String name(ExecutionPlan plan, String pipeline) {
        int first = plan.stages().stream()
                .filter(stage -> stage.pipeline().equals(pipeline))
                .mapToInt(PlannedStage::number)
                .min()
                .orElseThrow();
        return "sluice-workspace-" + first;
    }
}
