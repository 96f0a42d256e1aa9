package io.jenkins.plugins.sluice.plan;

import io.jenkins.plugins.sluice.model.Action;
import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.LaterWork;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.Stage;
import io.jenkins.plugins.sluice.model.Template;
import io.jenkins.plugins.sluice.model.Value;
import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds stages against an administrator's policy. What only a run knows is checked there once more. */
public final class PolicyChecks {
    private final Policy policy;
    private final Problems problems;

    private PolicyChecks(Policy policy, Problems problems) {
        this.policy = policy;
        this.problems = problems;
    }

    /** Reports what stages of a plan would do that they may not; stages that are skipped may ask for anything. */
    public static void check(ExecutionPlan plan, Policy policy, Problems problems) {
        PolicyChecks checks = new PolicyChecks(policy, problems);
        plan.stages().stream().filter(s -> s.skip().isEmpty()).forEach(s -> checks.check(s.stage()));
    }

    /** The same of every stage of a file, whatever its condition. */
    public static void check(PipelineFile file, Policy policy, Problems problems) {
        PolicyChecks checks = new PolicyChecks(policy, problems);
        file.pipelines().forEach(pipeline -> pipeline.stages().forEach(checks::check));
    }

    private void check(Stage stage) {
        stage.work()
                .steps()
                .flatMap(s -> s.script())
                .ifPresent(script -> action("script", script.commands().get(0).place()));
        for (Action action : stage.work().actions()) {
            action(action.kind().key(), action.place());
            if (action.kind() == Action.Kind.BUILD) {
                ownBlubberFile(action, stage).ifPresent(place -> action("blubberfile", place));
            } else if (action.kind() == Action.Kind.TRIGGER) {
                job(action);
            }
            action.credentials().forEach(this::credential);
        }
        for (LaterWork work : stage.work().laterWork()) {
            if (work.key().equals(Action.Kind.DEPLOY.key())) {
                action(work.key(), work.place());
            }
        }
        stage.settings().credentials().forEach(this::credential);
        stage.work().gate().flatMap(Gate::ask).map(Gate.Ask::credential).ifPresent(this::credential);
    }

    private void action(String key, Place place) {
        if (!policy.allowsAction(key)) {
            problems.add(ProblemCode.NOT_ALLOWED.at(place, "action", key, Policy.allowed(policy.actions())));
        }
    }

    /** Where the stage has a Blubber file of its own, not that of its pipeline. */
    private static Optional<Place> ownBlubberFile(Action build, Stage stage) {
        String path = stage.place().path() + ".blubberfile";
        return build.templates().stream()
                .map(Template::place)
                .filter(place -> place.path().equals(path) || place.path().startsWith(path + "."))
                .findFirst();
    }

    private void job(Action trigger) {
        for (Template name : named(trigger.settings(), "name")) {
            if (name.references().isEmpty() && !policy.allowsJob(name.toString())) {
                problems.add(ProblemCode.NOT_ALLOWED.at(name.place(), "job", name, Policy.allowed(policy.jobs())));
            }
        }
    }

    private void credential(Credential credential) {
        if (!policy.allowsCredential(credential.id())) {
            problems.add(ProblemCode.NOT_ALLOWED.at(
                    credential.place(), "credential", credential.id(), Policy.allowed(policy.credentials())));
        }
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
