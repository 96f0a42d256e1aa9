package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.model.Enforcement;
import io.jenkins.plugins.sluice.model.PipelineChange;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.report.PlanDifference;
import java.util.List;
import java.util.Optional;

/**
 * Whether a change of the pipeline has to be looked at before anything of it runs, as far as one machine can tell: it has to
 * be told which files changed, and takes the author's word, or Git's, for who wrote them.
 */
record ChangeReview(PlanOptions options, ConfigFile config, Trigger trigger, Policy policy) {

    /** What to look at; empty if there is no need. */
    Optional<String> of(ExecutionPlan plan, Planning.Reader reader) {
        GitFacts git = new GitFacts(config.repository());
        String file = config.repository().relativize(config.file()).toString();
        List<String> changed = trigger.changed().orElse(List.of());
        // Nothing on this machine knows the groups of someone who is not there.
        boolean due = authors(git, PipelineChange.files(file, changed)).stream()
                .anyMatch(author -> PipelineChange.needsReview(policy, file, changed, author, List.of()));
        if (!due) {
            return Optional.empty();
        }
        Optional<ExecutionPlan> before =
                options.since().flatMap(revision -> git.fileAt(revision, file)).flatMap(bytes -> before(bytes, reader));
        return Optional.of(PlanDifference.of(PipelineChange.files(file, changed), before, plan));
    }

    /** The names of each author. A commit on top by someone else changes nothing about who wrote what is below. */
    private List<List<String>> authors(GitFacts git, List<String> files) {
        List<List<String>> committed = options.since()
                .filter(revision -> options.author().isEmpty() && !files.isEmpty())
                .map(revision -> git.authorsSince(revision, files))
                .orElse(List.of());
        return committed.isEmpty() ? List.of(git.authors(trigger.fact("author"))) : committed;
    }

    private Optional<ExecutionPlan> before(byte[] bytes, Planning.Reader reader) {
        Problems problems = new Problems();
        return reader.read(config.name(), bytes, problems)
                .filter(file -> !problems.hasErrors())
                .map(file -> options.pipelines().isEmpty() ? file : Planner.select(file, options.pipelines()))
                .map(this::plan);
    }

    private ExecutionPlan plan(PipelineFile file) {
        return Planner.plan(Enforcement.of(file, policy), trigger);
    }
}
