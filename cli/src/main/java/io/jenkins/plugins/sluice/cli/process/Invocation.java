package io.jenkins.plugins.sluice.cli.process;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A program to start.
 *
 * @param argv the program and its arguments, handed over one by one and never through a shell
 * @param directory where it runs
 * @param environment all of its environment; nothing is inherited
 */
public record Invocation(List<String> argv, Path directory, Map<String, String> environment) {

    public Invocation {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs at least the name of a program");
        }
        argv = List.copyOf(argv);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** What is started: a name on the {@code PATH}, or a path. */
    public String program() {
        return argv.get(0);
    }
}
