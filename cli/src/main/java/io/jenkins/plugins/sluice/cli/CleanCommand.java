package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.local.StateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        spec.addOption(Options.flag("--waiting", "Remove runs too that are not over, but wait or were cut off."));
        spec.addOption(Options.text("--state", "DIR", "Where runs are kept. Default: .sluice in the repository."));
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        Path repository = ConfigFile.repository(arguments.matchedPositionalValue(0, "."), console);
        Path state = arguments.hasMatchedOption("--state")
                ? console.resolve(arguments.matchedOptionValue("--state", ""))
                : repository.resolve(StateDirectory.NAME);
        StateDirectory.Cleaned cleaned = Files.isDirectory(state)
                ? new StateDirectory(state.toRealPath())
                        .clean(
                                arguments.matchedOptionValue("--keep", 0),
                                arguments.matchedOptionValue("--waiting", false),
                                console.environment(),
                                note -> console.err().println("warning: " + note))
                : new StateDirectory.Cleaned(0, 0);
        console.out().println("removed " + runs(cleaned.removed()));
        if (cleaned.notOver() > 0) {
            console.out()
                    .println(runs(cleaned.notOver()) + (cleaned.notOver() == 1 ? " is" : " are")
                            + " not over and stayed; --waiting removes them too");
        }
        return ExitCode.OK;
    }

    private static String runs(int number) {
        return number + (number == 1 ? " run" : " runs");
    }
}
