package io.jenkins.plugins.sluice.plan;

import io.jenkins.plugins.sluice.model.Action;
import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.model.LaterWork;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.Stage;
import io.jenkins.plugins.sluice.model.StageUses;
import io.jenkins.plugins.sluice.model.Template;
import io.jenkins.plugins.sluice.model.Value;
import io.jenkins.plugins.sluice.model.Work;
import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Holds stages against an administrator's policy. What only a run knows is checked there once more. */
public final class PolicyChecks {
    private final Policy policy;
    private final Problems problems;

    private PolicyChecks(Policy policy, Problems problems) {
        this.policy = policy;
        this.problems = problems;
    }

    /**
     * Reports what stages of a plan would do that they may not, and which gates and limits of the policy they lack; stages that
     * are skipped may ask for anything.
     */
    public static void check(ExecutionPlan plan, Policy policy, Problems problems) {
        PolicyChecks checks = new PolicyChecks(policy, problems);
        for (PlannedStage stage : plan.stages()) {
            if (stage.skip().isEmpty()) {
                checks.check(stage.stage());
                checks.gates(stage, plan);
                checks.hasTimeout(stage.stage());
            }
        }
    }

    /** The same of every stage of a file, whatever its condition, before the policy has added anything to it. */
    public static void check(PipelineFile file, Policy policy, Problems problems) {
        PolicyChecks checks = new PolicyChecks(policy, problems);
        file.pipelines().forEach(pipeline -> pipeline.stages().forEach(checks::check));
    }

    private void check(Stage stage) {
        if (stage.work().rule().isPresent()) {
            return;
        }
        StageUses uses = StageUses.of(stage);
        uses.actions().forEach((key, place) -> name(Policy.Kind.ACTION, key, place));
        for (Credential credential : uses.credentials()) {
            name(Policy.Kind.CREDENTIAL, credential.id(), credential.place());
        }
        stage.work().actions().stream()
                .filter(action -> action.kind() == Action.Kind.TRIGGER)
                .flatMap(action -> named(action.settings(), "name").stream())
                .forEach(job -> text(Policy.Kind.JOB, job));
        stage.work().laterWork().stream()
                .filter(work -> !work.plugin().isEmpty())
                .forEach(this::plugin);
        stage.work().steps().flatMap(Work.Steps::image).ifPresent(image -> {
            text(Policy.Kind.IMAGE, image);
            text(Policy.Kind.REGISTRY, image);
        });
        String agent = stage.settings().agent();
        if (stage.work().holdsAgent() && !agent.equals(policy.bounds().agent())) {
            name(Policy.Kind.AGENT, agent, stage.place());
        }
        stage.settings().timeout().ifPresent(timeout -> limit(timeout, "has the timeout " + words(timeout), stage));
    }

    private void name(Policy.Kind kind, String name, Place place) {
        if (!policy.allows(kind, name)) {
            problems.add(ProblemCode.NOT_ALLOWED.at(place, kind.word(), name, policy.allowed(kind)));
        }
    }

    /** A name with references is known only when its turn comes. */
    private void text(Policy.Kind kind, Template name) {
        if (name.references().isEmpty()) {
            name(kind, name.toString(), name.place());
        }
    }

    /** Nobody looks at the name again when its turn comes, so a reference in it is no name that is allowed. */
    private void plugin(LaterWork deploy) {
        boolean open = deploy.plugin().contains("${") && policy.limits(Policy.Kind.PLUGIN);
        if (open || !policy.allows(Policy.Kind.PLUGIN, deploy.plugin())) {
            problems.add(ProblemCode.NOT_ALLOWED.at(
                    deploy.place(), Policy.Kind.PLUGIN.word(), deploy.plugin(), policy.allowed(Policy.Kind.PLUGIN)));
        }
    }

    private void hasTimeout(Stage stage) {
        if (stage.work().holdsAgent() && stage.settings().timeout().isEmpty()) {
            limit(Duration.ofSeconds(Long.MAX_VALUE), "has no timeout", stage);
        }
    }

    private void limit(Duration timeout, String what, Stage stage) {
        policy.bounds()
                .longest()
                .filter(longest -> timeout.compareTo(longest) > 0)
                .ifPresent(longest -> problems.add(
                        ProblemCode.TIMEOUT_ABOVE_LIMIT.at(stage.place(), stage.name(), what, words(longest))));
    }

    private static String words(Duration duration) {
        long seconds = duration.toSeconds();
        long[] sizes = {86_400, 3_600, 60};
        for (int i = 0; i < sizes.length; i++) {
            if (seconds % sizes[i] == 0) {
                return seconds / sizes[i] + "dhm".substring(i, i + 1);
            }
        }
        return seconds + "s";
    }

    /** A plan of a run that began with another policy may lack a gate, and nothing can be put into it any more. */
    private void gates(PlannedStage stage, ExecutionPlan plan) {
        policy.gates().stream()
                .filter(rule -> rule.guards(stage.stage()))
                .filter(rule -> stage.needs().stream().map(plan::stage).noneMatch(need -> need.stage()
                        .work()
                        .rule()
                        .filter(rule.name()::equals)
                        .isPresent()))
                .forEach(rule ->
                        problems.add(ProblemCode.GATE_MISSING.at(stage.stage().place(), rule.name(), stage.id())));
    }

    /** The texts of one setting of an action. */
    static List<Template> named(Value settings, String key) {
        List<Template> found = new ArrayList<>();
        if (settings instanceof Value.Entries entries) {
            for (Map.Entry<Template, Value> entry : entries.values().entrySet()) {
                if (entry.getKey().toString().equals(key)) {
                    entry.getValue().visit(new Value.Collector(found));
                }
            }
        }
        return found;
    }
}
