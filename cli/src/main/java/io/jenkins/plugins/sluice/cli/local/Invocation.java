package io.jenkins.plugins.sluice.cli.local;

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
record Invocation(List<String> argv, Path directory, Map<String, String> environment) {

    Invocation {
        if (argv.isEmpty()) {
            throw new IllegalArgumentException("a command needs at least the name of a program");
        }
        argv = List.copyOf(argv);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    String program() {
        return argv.get(0);
    }
}
