package io.jenkins.plugins.sluice.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice clean}: removes what old runs left behind. */
final class CleanCommand implements Command {

    @Override
    public String name() {
        return "clean";
    }

    @Override
    public String summary() {
        return "Remove old runs, their logs, artifacts and workspaces";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addPositional(Options.argument("PATH", "0..1", "The repository. Default: the current directory."));
        spec.addOption(Options.number(0, "Keep this many of the newest runs. Default: none.", "--keep"));
        spec.addOption(Options.text("--state", "DIR", "Where runs are kept. Default: .sluice in the repository."));
    }

    @Override
    public int run(ParseResult arguments, Console console) {
        console.err().println("sluice clean: there are no runs in this build");
        return ExitCode.ERRORED;
    }
}
