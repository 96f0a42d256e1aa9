package io.jenkins.plugins.sluice.report;

import io.jenkins.plugins.sluice.model.Flow;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.Keeps;
import io.jenkins.plugins.sluice.model.Settings;
import io.jenkins.plugins.sluice.model.Stage;
import io.jenkins.plugins.sluice.model.StageUses;
import io.jenkins.plugins.sluice.run.Durations;
import java.util.ArrayList;
import java.util.List;

/** Everything that a stage says, a line each, for someone who has to agree to it. */
final class PlanDetails {
    private final List<String> lines = new ArrayList<>();

    private PlanDetails() {}

    static List<String> of(Stage stage) {
        PlanDetails details = new PlanDetails();
        details.work(stage);
        StageUses.of(stage)
                .credentials()
                .forEach(c -> details.say(
                        "credential", c.id() + " as " + c.variables().values()));
        details.settings(stage.settings());
        details.flow(stage.flow());
        details.keeps(stage.keeps());
        return details.lines;
    }

    private void work(Stage stage) {
        stage.work().steps().flatMap(steps -> steps.script()).ifPresent(script -> {
            say("shell", script.shell());
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
        say("directory", settings.directory());
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
        lines.add(what + ": " + text);
    }
}
