package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.local.LocalRun;
import io.jenkins.plugins.sluice.cli.local.RunOptions;
import io.jenkins.plugins.sluice.cli.local.StateDirectory;
import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.report.ProblemReport;
import io.jenkins.plugins.sluice.workspace.FileErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice resume}: goes on with a run that was left at a gate, or whose process is gone. */
final class ResumeCommand implements Command {

    @Override
    public String name() {
        return "resume";
    }

    @Override
    public String summary() {
        return "Go on with a run that waited at a gate, or was cut off";
    }

    @Override
    public void declare(CommandSpec spec) {
        RunPlace.declareRun(spec, "0..1");
        HostOptions.declare(spec);
        RunPlace.declare(spec);
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        StoredRun run = run(RunPlace.state(arguments, console), arguments, console);
        if (run.state().outcome().isPresent()) {
            LocalRun.completeReport(run, new HostOptions(arguments, console).secrets());
            throw new UsageException("run " + run.id() + " is over; 'sluice rerun' runs a part of it again");
        }
        if (run.isTorn()) {
            console.err()
                    .println(
                            "warning: the journal of run " + run.id()
                                    + " ends in the middle of a line, which is dropped: it was being written when Sluice was stopped");
        }
        Problems problems = new Problems();
        HostOptions host = new HostOptions(arguments, console);
        Optional<RunOptions> options = host.read(
                run.plan(), host.current(run, problems), run.stateDirectory().root(), problems);
        console.err().print(ProblemReport.text(problems.list()));
        if (options.isEmpty()) {
            return ExitCode.BAD_INPUT;
        }
        return RunCommand.ended(
                LocalRun.resume(run, options.get(), console.out()),
                options.get().secrets().masker(),
                console);
    }

    /** Named, or the newest one that can go on; if there is none, the newest that waits. */
    private static StoredRun run(StateDirectory state, ParseResult arguments, Console console) throws IOException {
        if (arguments.hasMatchedPositional(0)) {
            return RunPlace.run(state, arguments.matchedPositionalValue(0, ""));
        }
        Optional<StoredRun> waiting = Optional.empty();
        for (Path directory : state.runs()) {
            Optional<StoredRun> run = left(state, directory, console);
            if (run.isPresent() && run.get().canGoOn()) {
                return run.get();
            }
            waiting = waiting.or(() -> run);
        }
        if (waiting.isPresent()) {
            return waiting.get();
        }
        throw new UsageException("there is no run in " + state.root() + " to go on with");
    }

    private static Optional<StoredRun> left(StateDirectory state, Path directory, Console console) {
        if (!StoredRun.isReadable(directory)) {
            return Optional.empty();
        }
        try {
            StoredRun run = StoredRun.read(state, directory);
            return run.state().outcome().isEmpty() && !run.isLive() ? Optional.of(run) : Optional.empty();
        } catch (IOException e) {
            console.err().println("warning: run " + directory.getFileName() + ": " + FileErrors.words(e));
            return Optional.empty();
        } catch (RuntimeException e) {
            console.err().println("warning: run " + directory.getFileName() + ": " + e.getMessage());
            return Optional.empty();
        }
    }
}
