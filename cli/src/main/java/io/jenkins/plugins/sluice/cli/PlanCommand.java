package io.jenkins.plugins.sluice.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice plan}: shows what a run would do, without doing it. */
final class PlanCommand implements Command {

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String summary() {
        return "Show what a run would do: stages, order, agents, and what is skipped and why";
    }

    @Override
    public void declare(CommandSpec spec) {
        PlanOptions.declare(spec);
        spec.addOption(Options.choice(
                "--format", "Print it as a tree, as data, or as a picture.", "tree", "json", "mermaid", "svg"));
        spec.addOption(Options.text("--output", "FILE", "Write to this file instead of standard output."));
    }

    @Override
    public int run(ParseResult arguments, Console console) {
        console.err().println("sluice plan: planning is not part of this build");
        return ExitCode.ERRORED;
    }
}
