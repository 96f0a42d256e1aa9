package io.jenkins.plugins.sluice.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a command has of the process around it; tests hand in their own.
 *
 * @param in what the user types
 * @param out where results go
 * @param err where messages about the work go
 * @param environment the environment variables
 * @param directory what relative paths start from
 */
record Console(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, Path directory) {

    /** The place that the user means by {@code path}. */
    Path resolve(String path) {
        return directory.resolve(path);
    }

    /** Whether the user asked for stack traces ({@code SLUICE_DEBUG=1}). */
    boolean debug() {
        String value = environment.getOrDefault("SLUICE_DEBUG", "");
        return !value.isEmpty() && !value.equals("0");
    }
}
