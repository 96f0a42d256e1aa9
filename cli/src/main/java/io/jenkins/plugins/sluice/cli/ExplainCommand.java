package io.jenkins.plugins.sluice.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice explain}: says more about one kind of problem. */
final class ExplainCommand implements Command {

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String summary() {
        return "Say more about a problem code that lint or plan printed";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addPositional(Options.argument("CODE", "1", "The word in brackets, such as unknown-stage."));
    }

    @Override
    public int run(ParseResult arguments, Console console) {
        String code = arguments.matchedPositionalValue(0, "");
        console.err().println("sluice explain: there is no problem code '" + code + "'");
        return ExitCode.BAD_INPUT;
    }
}
