package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.Action;
import io.jenkins.plugins.sluice.model.Dialect;
import io.jenkins.plugins.sluice.model.Pipeline;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.Reference;
import io.jenkins.plugins.sluice.model.RepoPath;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.model.StageRef;
import io.jenkins.plugins.sluice.model.Target;
import io.jenkins.plugins.sluice.model.Template;
import io.jenkins.plugins.sluice.model.UnfitValueException;
import io.jenkins.plugins.sluice.model.Value;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the steps of one attempt share: where values come from, what the stage has so far, and how it goes. */
final class StageContext {
    final PlannedStage stage;
    final RunValues values;
    final Site site;
    final List<KeptFile> kept = new ArrayList<>();
    final Map<String, String> outputs = new LinkedHashMap<>();
    private final Deque<Step> steps = new ArrayDeque<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private Outcome outcome = Outcome.SUCCEEDED;
    private String detail = "";
    private String cause = "";

    StageContext(PlannedStage stage, RunValues values) {
        this.stage = stage;
        this.values = values;
        this.site = values.site();
    }

    // How it goes

    Outcome outcome() {
        return outcome;
    }

    String detail() {
        return detail;
    }

    String cause() {
        return cause;
    }

    boolean isWell() {
        return outcome == Outcome.SUCCEEDED;
    }

    /** The first thing that went wrong is what people are told. */
    void end(Outcome ending, String why, String whatFor) {
        if (isWell()) {
            outcome = ending;
            detail = why;
            cause = whatFor;
        }
    }

    void fail(String why) {
        end(Outcome.FAILED, why, "");
    }

    /** Adds to what people are told, whatever the outcome. */
    void remark(String remark) {
        detail = detail.isEmpty() ? remark : detail + "; " + remark;
    }

    // What is still to do

    void add(Step step) {
        steps.addLast(step);
    }

    /** Does some steps before all others that are left, in their order. */
    void then(Step... next) {
        for (int i = next.length - 1; i >= 0; i--) {
            steps.addFirst(next[i]);
        }
    }

    void giveUp() {
        steps.clear();
    }

    /** Only the last duties are left. */
    void giveUpWork() {
        steps.removeIf(step -> step.due() != Step.Due.AT_LAST);
    }

    /** The next step whose turn it is; those that a failure leaves out are gone. */
    Optional<Step> nextStep() {
        while (!steps.isEmpty()) {
            Step step = steps.removeFirst();
            if (isWell() || step.due() != Step.Due.WHILE_WELL) {
                return Optional.of(step);
            }
        }
        return Optional.empty();
    }

    /** Refuses a name that is known only now and that the policy does not allow. */
    void checkAllowed(Policy.Kind kind, String name) {
        if (!values.policy().allows(kind, name)) {
            throw values.policy().refusal(kind, name);
        }
    }

    // Values

    String text(Template template) {
        return template.resolve(this::value);
    }

    /** The settings of an action that has one map of them. */
    Resolved settings(Action action) {
        return Resolved.of(data(action.settings()));
    }

    @Nullable
    Object data(Value value) {
        return value.resolve(this::value);
    }

    /** As {@link #data}, but what PipelineLib leaves to the shell of the agent is taken from the environment of the run. */
    @Nullable
    Object dataWithEnvironment(Value value) {
        return value.resolve(reference -> isLeftToTheShell(reference)
                ? values.environment().getOrDefault(reference.name(), "")
                : value(reference));
    }

    String value(Reference reference) {
        if (isLeftToTheShell(reference)) {
            return reference.toString();
        }
        Optional<String> own = ownKey(reference).map(outputs::get);
        Optional<String> found = own.isPresent() ? own.map(reference::orFallback) : values.of(reference, stage);
        return found.orElseGet(() -> {
            missing.add(reference.toString());
            return "";
        });
    }

    private boolean isLeftToTheShell(Reference reference) {
        return values.plan().file().dialect() == Dialect.PIPELINELIB
                && !reference.name().contains(".")
                && reference.fallback().isEmpty()
                && !outputs.containsKey(reference.name())
                && !reference.name().equals("stage");
    }

    private Optional<String> ownKey(Reference reference) {
        PipelineFile file = values.plan().file();
        Pipeline home = values.plan().pipelineOf(stage);
        return Target.of(reference, home, file).flatMap(target -> {
            if (target instanceof Target.Own own) {
                return Optional.of(own.key());
            }
            StageRef self = stage.ref();
            return target instanceof Target.Output output && output.stage().equals(self)
                    ? Optional.of(output.key())
                    : Optional.empty();
        });
    }

    /** Leaves a value for later steps and stages. */
    void put(String name, @Nullable Object data) {
        if (outputs.putIfAbsent(name, Value.isFalsy(data) ? "" : Value.text(data)) != null) {
            throw new UnfitValueException("'" + name + "' has a value already");
        }
    }

    /** Ends the attempt if a value was missing since it was asked last. */
    boolean lacksValues() {
        Optional<String> lack = lack();
        lack.ifPresent(why -> end(Outcome.ERRORED, why, ""));
        return lack.isPresent();
    }

    /** Which values were missing since it was asked last, in words. */
    Optional<String> lack() {
        Optional<String> lack =
                missing.isEmpty() ? Optional.empty() : Optional.of("no value for " + String.join(", ", missing));
        missing.clear();
        return lack;
    }

    // Paths

    /** A path or pattern of the stage from the top of the workspace; one that leaves it matches nothing. */
    String inDirectory(String path) {
        return RepoPath.resolve(stage.stage().settings().directory(), path).orElse("../" + path);
    }

    /** A path of the stage from the top of the workspace, of a value that is known only now. */
    String checkedPath(String key, String path) {
        return RepoPath.resolve(stage.stage().settings().directory(), path)
                .orElseThrow(() -> new UnfitValueException(key + " '" + path + "' leaves the repository"));
    }
}
