package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.Runs;
import io.jenkins.plugins.sluice.model.Stage;
import io.jenkins.plugins.sluice.model.Work;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.problem.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a picture says about a stage besides its name, what matters most first. */
final class Facts {
    private Facts() {}

    /**
     * Short facts for the second line; of a stage that is skipped only the reason.
     *
     * @param framed whether the agent is written at the frame around the stage and need not be said again
     */
    static List<String> shown(PlannedStage stage, boolean framed) {
        return stage.skip().map(reason -> List.of("skipped: " + reason)).orElseGet(() -> of(stage, framed));
    }

    private static List<String> of(PlannedStage stage, boolean framed) {
        List<String> facts = new ArrayList<>();
        Stage what = stage.stage();
        if (what.work() instanceof Work.Decision decision) {
            gate(decision.question(), facts);
            decision.rule().ifPresent(rule -> facts.add("by policy"));
        }
        String actions = what.work().actions().stream()
                .map(action -> action.kind().key())
                .collect(Collectors.joining(", "));
        if (!actions.isEmpty()) {
            facts.add(actions);
        }
        if (what.flow().runs() != Runs.ON_SUCCESS) {
            facts.add(what.flow().runs() == Runs.ALWAYS ? "always" : "on failure");
        }
        if (what.flow().allowFailure()) {
            facts.add("may fail");
        }
        if (!framed && !what.settings().agent().isEmpty() && what.work().holdsAgent()) {
            facts.add("agent " + what.settings().agent());
        }
        what.work().steps().flatMap(s -> s.image()).ifPresent(image -> facts.add(stage.shown(image)));
        what.settings().lock().ifPresent(lock -> facts.add("lock " + stage.shown(lock)));
        int kept = what.keeps().artifacts().size();
        if (kept > 0) {
            facts.add("keeps " + kept + (kept == 1 ? " artifact" : " artifacts"));
        }
        if (what.flow().retry().attempts() > 1) {
            facts.add("up to " + what.flow().retry().attempts() + " attempts");
        }
        return facts;
    }

    private static void gate(Gate gate, List<String> facts) {
        List<String> who = new ArrayList<>(gate.approvers().groups());
        who.addAll(gate.approvers().users());
        int count = gate.approvers().count();
        String by = who.isEmpty() ? "" : (count > 1 ? ": " + count + " of " : " by ") + String.join(", ", who);
        facts.add("approval" + by);
    }

    /** Everything a tooltip tells, one line each. */
    static String tooltip(PlannedStage stage, String state) {
        List<String> lines = new ArrayList<>();
        lines.add(stage.id() + (state.isEmpty() ? "" : ": " + state));
        stage.skip().ifPresent(reason -> lines.add("skipped: " + reason));
        lines.addAll(of(stage, false));
        if (stage.stage().work() instanceof Work.Decision decision) {
            String message = stage.shown(decision.question().message());
            lines.add(message.isEmpty() ? "no agent is held here" : message);
        }
        List<String> kept =
                stage.stage().keeps().artifacts().stream().map(stage::shown).toList();
        if (!kept.isEmpty()) {
            lines.add("artifacts: " + String.join(", ", kept));
        }
        return lines.stream().map(Printable::line).collect(Collectors.joining("\n"));
    }
}
