package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.cli.process.Invocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command-line program of a container engine.
 *
 * @param name as it is found on the {@code PATH}, or a path
 * @param environment what it finds in its environment, such as where the engine is
 */
record EngineProgram(String name, Map<String, String> environment) {

    EngineProgram {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }

    /** The same with more in its environment. */
    EngineProgram with(Map<String, String> variables) {
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(variables);
        return new EngineProgram(name, all);
    }

    /** A call of it. Paths among the arguments must be absolute. */
    Invocation call(List<String> arguments) {
        List<String> argv = new ArrayList<>(List.of(name));
        argv.addAll(arguments);
        return new Invocation(argv, Path.of("/"), environment);
    }

    Invocation call(String... arguments) {
        return call(List.of(arguments));
    }
}
