package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.config.JsonSchema;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice schema}: prints the JSON Schema of the configuration. */
final class SchemaCommand implements Command {

    @Override
    public String name() {
        return "schema";
    }

    @Override
    public String summary() {
        return "Print the JSON Schema of the configuration, for editors";
    }

    @Override
    public void declare(CommandSpec spec) {}

    @Override
    public int run(ParseResult arguments, Console console) {
        console.out().print(JsonSchema.ofFile());
        return ExitCode.OK;
    }
}
