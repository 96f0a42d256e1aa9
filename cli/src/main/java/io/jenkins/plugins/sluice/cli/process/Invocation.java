package io.jenkins.plugins.sluice.cli.process;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program to start.
 *
 * @param argv the program and its arguments, handed over one by one and never through a shell
 * @param directory where it runs
 * @param environment all of its environment; nothing is inherited
 * @param input what it reads from its standard input; empty for nothing
 * @param errors whether what it writes to its standard error is wanted
 */
public record Invocation(
        List<String> argv, Path directory, Map<String, String> environment, Optional<Path> input, boolean errors) {

    /** A program that reads nothing, and all that it writes is wanted. */
    public Invocation(List<String> argv, Path directory, Map<String, String> environment) {
        this(argv, directory, environment, Optional.empty(), true);
    }

    public Invocation {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs at least the name of a program");
        }
        argv = List.copyOf(argv);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** The same with a file as its standard input. */
    public Invocation reading(Path file) {
        return new Invocation(argv, directory, environment, Optional.of(file), errors);
    }

    /** The same without what it writes to its standard error. */
    public Invocation withoutErrors() {
        return new Invocation(argv, directory, environment, input, false);
    }

    /** What is started: a name on the {@code PATH}, or a path. */
    public String program() {
        return argv.get(0);
    }
}
