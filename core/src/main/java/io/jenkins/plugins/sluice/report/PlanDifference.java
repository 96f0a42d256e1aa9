package io.jenkins.plugins.sluice.report;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.problem.Printable;
import java.util.List;
import java.util.Optional;

/** What a change of the pipeline does to the plan, as a short text for whoever has to agree to it. */
public final class PlanDifference {
    private static final int MOST_LINES = 80;
    private static final int MOST_CHARACTERS = 200;

    private PlanDifference() {}

    /**
     * The text: which files changed, then the lines of the plan that are gone ({@code -}) and those that are new ({@code +}),
     * scripts, variables and secrets' ids included. A text that is too long is cut, and says so.
     *
     * @param files the changed files of the pipeline
     * @param before the plan of the configuration before the change; empty if there was none, or if it cannot be read
     * @param after the plan of the configuration as it is now
     */
    public static String of(List<String> files, Optional<ExecutionPlan> before, ExecutionPlan after) {
        StringBuilder text = new StringBuilder("The pipeline itself has changed (");
        text.append(Printable.of(String.join(", ", files))).append("). ");
        List<String> changed = LineDifference.of(before.map(PlanDetails::of).orElse(List.of()), PlanDetails.of(after));
        if (before.isEmpty()) {
            text.append("What it was before is not known here; this is the whole plan:\n");
        } else {
            text.append(changed.isEmpty() ? "The plan is the same.\n" : "What that does to the plan:\n");
        }
        changed.stream().limit(MOST_LINES).forEach(line -> text.append(cut(line))
                .append('\n'));
        if (changed.size() > MOST_LINES) {
            text.append("… and ")
                    .append(changed.size() - MOST_LINES)
                    .append(" more lines that are not shown: look at the change itself before you agree\n");
        }
        return text.toString().stripTrailing();
    }

    private static String cut(String line) {
        return line.length() <= MOST_CHARACTERS ? line : line.substring(0, MOST_CHARACTERS) + " … (cut)";
    }
}
