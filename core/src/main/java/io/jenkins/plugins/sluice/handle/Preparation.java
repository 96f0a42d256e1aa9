package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.plan.PolicyChecks;
import io.jenkins.plugins.sluice.plan.Support;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.problem.Suggestion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is done before a run on a host of steps: the configuration is read, planned, and held against what the host can do and
 * the repository may do.
 *
 * @param plan empty if the file has errors
 * @param basis what the run begins with; empty if there are errors
 */
public record Preparation(Problems problems, Optional<ExecutionPlan> plan, Optional<RunBasis> basis) {

    /** The keys of the format, beyond scripts and what goes with them, that such a host executes. */
    private static final Set<String> EXECUTABLE = Set.of("gate");

    /**
     * Prepares a run.
     *
     * @param bytes the configuration
     * @param draft what else it begins with; its configuration and skips are not looked at
     * @param changed the changed files; empty if nobody knows
     * @param steps the names of the steps that the host has
     * @throws IllegalArgumentException if there is no such pipeline, with a hint
     */
    public static Preparation of(byte[] bytes, RunBasis draft, Optional<List<String>> changed, Set<String> steps) {
        Problems problems = new Problems();
        Optional<PipelineFile> file = ModelReader.read(draft.file(), bytes, problems);
        if (file.isEmpty() || problems.hasErrors()) {
            return new Preparation(problems, Optional.empty(), Optional.empty());
        }
        for (String name : draft.pipelines()) {
            if (file.get().pipeline(name).isEmpty()) {
                throw new IllegalArgumentException("there is no pipeline '" + name + "'; "
                        + Suggestion.among(
                                name, "defined pipelines", file.get().byName().keySet()));
            }
        }
        Trigger trigger =
                new Trigger(draft.trigger().facts(), changed, draft.trigger().env());
        PipelineFile chosen = draft.pipelines().isEmpty() ? file.get() : Planner.select(file.get(), draft.pipelines());
        ExecutionPlan plan = Planner.plan(chosen, trigger);
        Support.check(plan, EXECUTABLE, problems);
        StepChecks.check(plan, steps, problems);
        PolicyChecks.check(plan, draft.policyRules(), problems);
        Optional<RunBasis> basis = problems.hasErrors()
                ? Optional.empty()
                : Optional.of(draft.with(new String(bytes, StandardCharsets.UTF_8), plan.skips()));
        return new Preparation(problems, Optional.of(plan), basis);
    }
}
