package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.local.StateDirectory;
import io.jenkins.plugins.sluice.cli.local.StoredRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Where the runs are that a command is about. */
final class RunPlace {

    private static final String NEWEST = "last";

    private RunPlace() {}

    /** The argument that names a run. */
    static void declareRun(CommandSpec spec, String arity) {
        spec.addPositional(Options.argument("RUN", arity, "The number of the run, or '" + NEWEST + "'.", 0));
    }

    /** The options that say where to look. */
    static void declare(CommandSpec spec) {
        spec.addOption(Options.text("-C", "PATH", "The repository. Default: the current directory."));
        spec.addOption(Options.text("--state", "DIR", "Where runs are kept. Default: .sluice in the repository."));
    }

    /** The directory with the runs, which may not be there. */
    static StateDirectory state(ParseResult arguments, Console console) throws IOException {
        if (arguments.hasMatchedOption("--state")) {
            return existing(console.resolve(arguments.matchedOptionValue("--state", "")));
        }
        String path = arguments.matchedOptionValue("-C", ".");
        Path repository = ConfigFile.repository(path, console);
        return existing(repository.resolve(StateDirectory.NAME));
    }

    private static StateDirectory existing(Path root) throws IOException {
        return new StateDirectory(Files.isDirectory(root) ? root.toRealPath() : root);
    }

    /** The run that the user names. */
    static StoredRun run(ParseResult arguments, Console console) throws IOException {
        return run(state(arguments, console), arguments.matchedPositionalValue(0, NEWEST));
    }

    static StoredRun run(StateDirectory state, String name) throws IOException {
        List<Path> runs = state.runs();
        if (runs.isEmpty()) {
            throw new UsageException("there are no runs in " + state.root());
        }
        Path directory = name.equals(NEWEST) ? runs.get(0) : state.run(name);
        if (!runs.contains(directory)) {
            String newest = runs.get(0).getFileName().toString();
            throw new UsageException("there is no run '" + name + "' in " + state.root() + "; the newest is " + newest);
        }
        if (StoredRun.isBeingSetUp(directory)) {
            throw new UsageException(
                    "run " + directory.getFileName() + " is still being set up: try again in a moment");
        }
        return StoredRun.read(state, directory);
    }
}
