package io.jenkins.plugins.sluice.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice run}: runs the pipelines on this machine. */
final class RunCommand implements Command {

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String summary() {
        return "Run the pipelines on this machine";
    }

    @Override
    public void declare(CommandSpec spec) {
        PlanOptions.declare(spec);
        spec.addOption(Options.number(
                1, "How many agents may work at the same time. Default: one for each processor.", "-j", "--jobs"));
        spec.addOption(Options.flag("--in-place", "Work in the tree itself instead of in copies under .sluice/."));
        spec.addOption(Options.text("--secrets", "FILE", "Take secrets from this file (NAME=VALUE lines) as well."));
        spec.addOption(Options.text("--state", "DIR", "Where runs are kept. Default: .sluice in the repository."));
        spec.addOption(Options.flag("--keep-workspaces", "Keep the agents' directories when the run is over."));
        spec.addOption(Options.choice(
                "--progress", "Live display, plain lines, or whichever fits the output.", "auto", "live", "plain"));
        spec.addOption(Options.flag("--quiet", "Print no output of stages that succeed."));
    }

    @Override
    public int run(ParseResult arguments, Console console) {
        console.err().println("sluice run: running is not part of this build");
        return ExitCode.ERRORED;
    }
}
