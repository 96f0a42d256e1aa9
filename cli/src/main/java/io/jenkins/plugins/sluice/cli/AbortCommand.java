package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.local.StoredRun;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice abort}: ends a run, also one that waits at a gate. */
final class AbortCommand implements Command {

    @Override
    public String name() {
        return "abort";
    }

    @Override
    public String summary() {
        return "End a run; what always runs still does";
    }

    @Override
    public void declare(CommandSpec spec) {
        RunPlace.declareRun(spec, "1");
        spec.addOption(Voter.option());
        spec.addOption(Options.text("--comment", "TEXT", "Why."));
        RunPlace.declare(spec);
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        StoredRun run = RunPlace.run(arguments, console);
        if (run.state().outcome().isPresent()) {
            throw new UsageException("run " + run.id() + " is over");
        }
        Voter voter = Voter.of(arguments, console, run.stateDirectory().root());
        String comment = arguments.matchedOptionValue("--comment", "");
        run.abort("by " + voter.name() + (comment.isEmpty() ? "" : ": " + comment));
        console.out().println("abort of run " + run.id() + " requested");
        if (!run.isLive()) {
            console.out().println("nobody works at it; this ends it: " + Hints.command("resume", run, console));
        }
        return ExitCode.OK;
    }
}
