package io.jenkins.plugins.sluice.report;

import io.jenkins.plugins.sluice.model.Flow;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.Keeps;
import io.jenkins.plugins.sluice.model.Settings;
import io.jenkins.plugins.sluice.model.Shell;
import io.jenkins.plugins.sluice.model.Stage;
import io.jenkins.plugins.sluice.model.StageUses;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.problem.Printable;
import io.jenkins.plugins.sluice.run.Durations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Everything that a plan says, for someone who has to agree to it: first the stages with their order, then what each does. Each
 * line names its stage, so that it can be read without the others.
 */
final class PlanDetails {
    private final List<String> lines = new ArrayList<>();
    private final String id;

    private PlanDetails(String id) {
        this.id = id;
    }

    static List<String> of(ExecutionPlan plan) {
        List<String> lines = new ArrayList<>();
        Function<PlannedStage, String> notes = PlanText.notes(plan);
        int[][] needs = plan.shortestNeeds();
        for (PlannedStage stage : plan.stages()) {
            List<String> before = Arrays.stream(needs[stage.number()])
                    .mapToObj(need -> plan.stage(need).id())
                    .toList();
            PlanDetails details = new PlanDetails(stage.id());
            details.place(stage.stage(), before, notes.apply(stage));
            details.all(stage.stage());
            lines.addAll(details.lines);
        }
        return lines;
    }

    private void place(Stage stage, List<String> before, String notes) {
        String agent = stage.settings().agent();
        String where = stage.work().holdsAgent() ? "on agent " + (agent.isEmpty() ? "any" : agent) : "holds no agent";
        String when = before.isEmpty() ? "at the start" : "after " + String.join(", ", before);
        lines.add(Printable.of(id + " " + where + ", " + when + (notes.isEmpty() ? "" : "; " + notes)));
    }

    private void all(Stage stage) {
        work(stage);
        StageUses.of(stage)
                .credentials()
                .forEach(c -> say("credential", c.id() + " as " + c.variables().values()));
        settings(stage.settings());
        flow(stage.flow());
        keeps(stage.keeps());
    }

    private void work(Stage stage) {
        stage.work().steps().flatMap(steps -> steps.script()).ifPresent(script -> {
            if (script.shell() != Shell.BASH) {
                say("shell", script.shell().program());
            }
            script.commands().forEach(command -> command.toString().lines().forEach(line -> say("script", line)));
        });
        stage.work()
                .actions()
                .forEach(action ->
                        say(action.kind().key(), Json.tree(action.settings().written())));
        stage.work().laterWork().forEach(work -> say(work.key(), work.plugin()));
        stage.work().gate().ifPresent(this::gate);
    }

    private void gate(Gate gate) {
        say("message", gate.message());
        gate.show().forEach(pattern -> say("show", pattern));
        say("exclude", gate.approvers().exclude());
        gate.inputs().forEach(input -> say("input", input));
        say("comment", gate.comment());
        gate.timeout().ifPresent(time -> say("onTimeout", gate.approveOnTimeout() ? "approve" : "reject"));
        gate.ask().ifPresent(ask -> say("ask", ask.url()));
    }

    private void settings(Settings settings) {
        if (!settings.directory().equals(".")) {
            say("directory", settings.directory());
        }
        settings.env().forEach((name, value) -> say("env " + name, value));
        settings.timeout().ifPresent(timeout -> say("timeout", Durations.words(timeout)));
    }

    private void flow(Flow flow) {
        if (flow.retry().attempts() > 1) {
            say("retry", flow.retry());
        }
    }

    private void keeps(Keeps keeps) {
        keeps.outputs().forEach((name, value) -> say("output " + name, value));
        keeps.outputFile().ifPresent(file -> say("outputs", file));
        keeps.junit().forEach(pattern -> say("junit", pattern));
    }

    private void say(String what, Object text) {
        lines.add(Printable.of(id + " " + what + ": " + text));
    }
}
