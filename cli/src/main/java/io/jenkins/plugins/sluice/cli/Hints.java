package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.GateInput;
import io.jenkins.plugins.sluice.report.GateView;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Commands that a person can type next. */
final class Hints {

    /** The variable in which the launcher says how it was called. */
    static final String NAME = "SLUICE_NAME";

    private Hints() {}

    /** The command for a run, with what it takes to find the run from here. */
    static String command(String command, StoredRun run, Console console) {
        return program(console) + " " + command + " " + run.id() + place(run, console);
    }

    /** The commands to vote at a gate, one line each; none if only a program decides. */
    static List<String> votes(StoredRun run, GateView gate, Console console) {
        if (gate.gate().ask().isPresent() && gate.gate().approvers().isAnyone()) {
            return List.of();
        }
        String where = " " + run.id() + " " + gate.id() + place(run, console);
        boolean why = gate.gate().comment() == Gate.CommentRule.REQUIRED;
        String comment = why ? " --comment TEXT" : "";
        String inputs = gate.toEnter().stream()
                .filter(GateInput::mustBeEntered)
                .map(input -> " --input " + input.name() + "=…")
                .collect(Collectors.joining());
        return List.of(
                program(console) + " approve" + where + comment + inputs,
                program(console) + " reject" + where + comment);
    }

    /** How the user has called Sluice, which the launcher knows. */
    private static String program(Console console) {
        return console.environment().getOrDefault(NAME, "sluice");
    }

    private static String place(StoredRun run, Console console) {
        Path here = console.directory().toAbsolutePath().normalize();
        Path repository = run.repository();
        boolean inside = here.startsWith(repository);
        String place = inside ? "" : " -C " + (repository.startsWith(here) ? here.relativize(repository) : repository);
        boolean usual = run.stateDirectory().isOf(repository);
        return usual ? place : " --state " + run.stateDirectory().root();
    }
}
