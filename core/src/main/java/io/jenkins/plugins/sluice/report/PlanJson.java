package io.jenkins.plugins.sluice.report;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;

/**
 * A plan as JSON: {@code stages} in the order of the file, and {@code root}, the tree of blocks, in which stages are named by
 * their ids. {@code docs/plan-format.md} describes it; {@code format} goes up when something changes its meaning.
 */
public final class PlanJson {
    private PlanJson() {}

    /** The JSON text of a plan, indented, with a line end. */
    public static String of(ExecutionPlan plan) {
        return Json.text(new PlanTree(plan).tree());
    }
}
