package io.jenkins.plugins.sluice.cli;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice version}: says which Sluice and which Java this is. */
final class VersionCommand implements Command {

    @Override
    public String name() {
        return "version";
    }

    @Override
    public String summary() {
        return "Print the version of Sluice and of Java";
    }

    @Override
    public void declare(CommandSpec spec) {}

    @Override
    public int run(ParseResult arguments, Console console) {
        String version = Optional.ofNullable(VersionCommand.class.getPackage().getImplementationVersion())
                .orElse("development");
        console.out().println("sluice " + version + " (Java " + Runtime.version() + ")");
        return ExitCode.OK;
    }
}
