package io.jenkins.plugins.sluice.plan;

import io.jenkins.plugins.sluice.model.LaterWork;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.Set;

/** Says before a run what of a plan its host cannot do, so that nothing is skipped in silence. */
public final class Support {
    private Support() {}

    /**
     * Reports every key of a stage that would run, and of its pipeline, that the host has no executor for.
     *
     * @param executable the keys of the file, beyond {@code script} and its companions, that the host executes
     */
    public static void check(ExecutionPlan plan, Set<String> executable, Problems problems) {
        for (PlannedStage stage : plan.stages()) {
            if (stage.skip().isEmpty()) {
                stage.stage().work().laterWork().forEach(work -> check(work, executable, problems));
                plan.file().pipeline(stage.ref().pipeline()).ifPresent(p -> p.later()
                        .forEach(work -> check(work, executable, problems)));
            }
        }
    }

    private static void check(LaterWork work, Set<String> executable, Problems problems) {
        if (!executable.contains(work.key())) {
            problems.add(ProblemCode.NOT_SUPPORTED_YET.at(
                    work.place(), work.key(), "remove it, or leave the stage out of this run by 'when' or --pipeline"));
        }
    }
}
