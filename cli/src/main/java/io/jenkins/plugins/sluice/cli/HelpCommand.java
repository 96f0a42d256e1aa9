package io.jenkins.plugins.sluice.cli;

import java.io.PrintStream;
import java.util.Objects;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice help}: shows all commands, or one. */
final class HelpCommand implements Command {

    @Override
    public String name() {
        return "help";
    }

    @Override
    public String summary() {
        return "Show this text, or what one command takes";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addPositional(Options.argument("COMMAND", "0..1", "The command to explain."));
    }

    @Override
    public int run(ParseResult arguments, Console console) {
        if (!arguments.hasMatchedPositional(0)) {
            overview(console.out());
            return ExitCode.OK;
        }
        String name = arguments.matchedPositionalValue(0, "");
        Command command = CommandTree.command(name);
        if (command == null) {
            throw new UsageException("there is no command '" + name + "'");
        }
        CommandTree.parser(command).usage(console.out(), Ansi.AUTO);
        return ExitCode.OK;
    }

    private static void overview(PrintStream out) {
        out.println("Sluice turns .pipeline/config.yaml into running delivery pipelines.");
        out.println();
        out.println("Usage: sluice COMMAND [OPTION...] [ARGUMENT...]");
        out.println();
        for (String name : CommandTree.names()) {
            out.printf(
                    "  %-9s %s.%n",
                    name, Objects.requireNonNull(CommandTree.command(name)).summary());
        }
        out.println();
        out.println("Run 'sluice COMMAND --help' for what a command takes. Start with: sluice plan");
        out.println(
                "Exit codes: 0 ok, 1 the run failed, 2 bad input or usage, 3 errored, 4 waits for a decision, 130 aborted.");
    }
}
