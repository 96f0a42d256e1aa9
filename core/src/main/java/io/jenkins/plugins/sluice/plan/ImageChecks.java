package io.jenkins.plugins.sluice.plan;

import io.jenkins.plugins.sluice.model.StageRef;
import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds stages that use an image or a container of a stage which may work on another agent. */
public final class ImageChecks {
    private ImageChecks() {}

    /**
     * Warns of each: what an agent has built is on that agent alone. On one machine there is but one engine, and it works there.
     */
    public static void check(ExecutionPlan plan, Problems problems) {
        find(plan, problem -> problems.add(problem.asWarning()));
    }

    /** Reports each as an error, where agents are different machines. */
    public static void require(ExecutionPlan plan, Problems problems) {
        find(plan, problems::add);
    }

    private static void find(ExecutionPlan plan, Consumer<Problem> found) {
        EphemeralValues values = new EphemeralValues(plan.file());
        int[] groups = plan.groups();
        Map<StageRef, PlannedStage> makers = new HashMap<>();
        plan.stages().forEach(stage -> makers.putIfAbsent(stage.ref(), stage));
        for (PlannedStage stage : plan.stages()) {
            values.usedBy(stage.ref()).forEach((ref, text) -> Optional.ofNullable(makers.get(ref))
                    .filter(maker -> groups[maker.number()] != groups[stage.number()])
                    .filter(maker -> maker.skip().isEmpty() && stage.skip().isEmpty())
                    .ifPresent(maker ->
                            found.accept(ProblemCode.IMAGE_ELSEWHERE.at(text.place(), text, stage.id(), maker.id()))));
        }
    }
}
