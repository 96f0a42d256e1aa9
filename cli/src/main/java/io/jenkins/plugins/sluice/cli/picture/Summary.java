package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.problem.Printable;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan in words, for those who cannot see the picture. */
final class Summary {
    /** Nobody listens to more. */
    private static final int SAID = 50;

    private Summary() {}

    static String title(ExecutionPlan plan) {
        long pipelines =
                plan.stages().stream().map(PlannedStage::pipeline).distinct().count();
        long skipped = plan.stages().stream().filter(s -> s.skip().isPresent()).count();
        return "Plan: " + count(pipelines, "pipeline") + ", "
                + count(plan.stages().size(), "stage")
                + (skipped > 0 ? ", " + skipped + " of them skipped" : "");
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    /** Each stage and what it waits for, or the title again if that would get too long. */
    static String description(ExecutionPlan plan, int[][] needs, Map<Integer, StageLook> looks) {
        if (plan.stages().size() > SAID) {
            return title(plan) + ". Arrows lead from each stage to those that wait for it.";
        }
        return plan.stages().stream()
                .map(stage -> sentence(stage, ids(plan, needs[stage.number()]), looks.get(stage.number())))
                .collect(Collectors.joining(" "));
    }

    private static String ids(ExecutionPlan plan, int[] needs) {
        return Arrays.stream(needs).mapToObj(n -> plan.stage(n).id()).collect(Collectors.joining(", "));
    }

    private static String sentence(PlannedStage stage, String needs, @Nullable StageLook look) {
        String state = look != null ? " (" + look.word() + ")" : stage.skip().isPresent() ? " (skipped)" : "";
        return Printable.line(stage.id() + state + (needs.isEmpty() ? "" : " after " + needs)) + ".";
    }
}
