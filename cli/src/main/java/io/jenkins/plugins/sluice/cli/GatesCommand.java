package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.local.StateDirectory;
import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.report.GateView;
import io.jenkins.plugins.sluice.workspace.FileErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice gates}: the questions that wait for an answer. */
final class GatesCommand implements Command {

    @Override
    public String name() {
        return "gates";
    }

    @Override
    public String summary() {
        return "List the gates that wait for a decision";
    }

    @Override
    public void declare(CommandSpec spec) {
        RunPlace.declareRun(spec, "0..1");
        RunPlace.declare(spec);
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        StateDirectory state = RunPlace.state(arguments, console);
        int waiting = 0;
        if (arguments.hasMatchedPositional(0)) {
            waiting = show(RunPlace.run(arguments, console), console);
        } else {
            List<Path> runs = state.runs();
            for (int i = runs.size() - 1; i >= 0; i--) {
                waiting += show(state, runs.get(i), console);
            }
        }
        if (waiting == 0) {
            console.out().println("no gate waits");
        }
        return ExitCode.OK;
    }

    /** One run that cannot be read must not hide the others. */
    private static int show(StateDirectory state, Path directory, Console console) {
        if (!StoredRun.isReadable(directory)) {
            return 0;
        }
        try {
            return show(StoredRun.read(state, directory), console);
        } catch (IOException e) {
            console.err().println("warning: run " + directory.getFileName() + ": " + FileErrors.words(e));
            return 0;
        } catch (RuntimeException e) {
            console.err().println("warning: run " + directory.getFileName() + ": " + e.getMessage());
            return 0;
        }
    }

    private static int show(StoredRun run, Console console) throws IOException {
        if (run.state().outcome().isPresent() || run.state().asking().isEmpty()) {
            return 0;
        }
        run.settle();
        List<Integer> gates = run.state().asking();
        for (int number : gates) {
            GateView gate = GateView.of(run.state(), run.keeper(), number);
            console.out().print("run " + run.id() + "  " + GateText.of(gate, Instant.now()));
            Hints.votes(run, gate, console).forEach(command -> console.out().println("  " + command));
        }
        return gates.size();
    }
}
