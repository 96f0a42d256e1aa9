package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.model.Enforcement;
import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.PipelineChange;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.plan.PolicyChecks;
import io.jenkins.plugins.sluice.plan.Support;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.problem.Suggestion;
import io.jenkins.plugins.sluice.report.PlanDifference;
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
     * @param change what the run is about
     * @param steps the names of the steps that the host has
     * @throws IllegalArgumentException if there is no such pipeline, with a hint
     */
    public static Preparation of(byte[] bytes, RunBasis draft, Change change, Set<String> steps) {
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
        Trigger trigger = new Trigger(
                draft.trigger().facts(), change.files(), draft.trigger().env());
        Policy policy = draft.policyRules();
        PipelineFile enforced = Enforcement.of(selected(file.get(), draft), policy);
        Optional<String> review = review(draft, enforced, trigger, change);
        ExecutionPlan plan = Planner.plan(policy.reviewed(enforced, review), trigger);
        Support.check(plan, EXECUTABLE, problems);
        StepChecks.check(plan, steps, problems);
        PolicyChecks.check(plan, policy, problems);
        Optional<RunBasis> basis = problems.hasErrors()
                ? Optional.empty()
                : Optional.of(draft.with(
                        new String(bytes, StandardCharsets.UTF_8),
                        plan.file().environmentNames(),
                        plan.skips(),
                        review));
        return new Preparation(problems, Optional.of(plan), basis);
    }

    private static PipelineFile selected(PipelineFile file, RunBasis draft) {
        return draft.pipelines().isEmpty() ? file : Planner.select(file, draft.pipelines());
    }

    /** What a change of the pipeline does, if someone has to look at it first. */
    private static Optional<String> review(RunBasis draft, PipelineFile enforced, Trigger trigger, Change change) {
        Policy policy = draft.policyRules();
        // If nobody knows what has changed, the pipeline may have.
        List<String> changed = change.unseen().orElse(List.of(draft.file()));
        boolean due = change.authors().isEmpty()
                ? PipelineChange.needsReview(policy, draft.file(), changed, List.of(), List.of())
                : change.authors().stream()
                        .anyMatch(author -> PipelineChange.needsReview(
                                policy, draft.file(), changed, List.of(author), groups(policy, author)));
        if (!due) {
            return Optional.empty();
        }
        Problems ignored = new Problems();
        Optional<ExecutionPlan> before = change.before()
                .flatMap(bytes -> ModelReader.read(draft.file(), bytes, ignored))
                .filter(file -> !ignored.hasErrors())
                .map(file -> Planner.plan(Enforcement.of(selected(file, draft), policy), trigger));
        ExecutionPlan after = Planner.plan(enforced, trigger);
        return Optional.of(PlanDifference.of(PipelineChange.files(draft.file(), changed), before, after));
    }

    private static List<String> groups(Policy policy, String author) {
        List<String> asked = policy.trusted().map(Policy.Trusted::groups).orElse(List.of());
        return asked.isEmpty() ? List.of() : Controller.find().groups(author, asked);
    }
}
