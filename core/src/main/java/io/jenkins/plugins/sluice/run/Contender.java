package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;

/**
 * A run as far as {@code supersede} looks at it: of the runs of one branch, only the newest may wait at such a gate. A newer run
 * counts as soon as it has begun, if it has the same gate and does not skip it. What repeats an older run is no news.
 *
 * @param id of the run
 * @param repository whose run it is; runs of different repositories have nothing to do with one another
 * @param branch empty if there is none; then the commit counts
 * @param repeats whether it repeats an earlier run
 */
public record Contender(
        String id, String repository, String branch, String commit, boolean repeats, ExecutionPlan plan) {

    /** Whether a gate ends its wait for newer runs at all. */
    public static boolean yields(PlannedStage gate) {
        return gate.stage().work().gate().map(Gate::supersede).orElse(false);
    }

    /** Whether any gate of this run can take the place of another one. */
    public boolean supersedes() {
        return !repeats && plan.stages().stream().anyMatch(s -> s.skip().isEmpty() && yields(s));
    }

    /** Whether this run, which is newer, ends the wait of another one at a gate. */
    public boolean takesPlaceOf(Contender older, PlannedStage gate) {
        return !repeats
                && yields(gate)
                && repository.equals(older.repository)
                && branch.equals(older.branch)
                && (!branch.isEmpty() || commit.equals(older.commit))
                && plan.stages().stream()
                        .anyMatch(s -> s.id().equals(gate.id()) && s.skip().isEmpty() && yields(s));
    }

    /** Why an older run of this one's branch need not wait any more. */
    public String words() {
        return "superseded by the newer run " + id + (branch.isEmpty() ? "" : " of the branch " + branch);
    }
}
