package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.cli.process.Invocation;
import io.jenkins.plugins.sluice.run.HandedVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A container to run. It stays when it has ended.
 *
 * @param options more of them, such as what is mounted
 * @param command arguments of the entry point
 * @param variables what it finds in its environment beyond what the image says
 * @param readable files and directories of this machine that it may read, at the same paths
 */
record ContainerOrder(
        String name,
        String image,
        List<String> options,
        List<String> command,
        Map<String, String> variables,
        List<Path> readable) {

    ContainerOrder {
        options = List.copyOf(options);
        command = List.copyOf(command);
        readable = List.copyOf(readable);
    }

    /**
     * The call that runs it.
     *
     * @param file where variables are written that the program must not see; made if it is needed
     */
    Invocation call(EngineProgram program, String token, Path file) throws IOException {
        HandedVariables handed = HandedVariables.of(variables);
        List<String> arguments = new ArrayList<>(List.of("run", "--name=" + name, Traces.label(token)));
        arguments.addAll(options);
        readable.forEach(path -> arguments.add("--volume=" + path + ":" + path + ":ro"));
        handed.environment().keySet().forEach(variable -> arguments.add("--env=" + variable));
        if (!handed.file().isEmpty()) {
            Files.write(file, handed.file());
            arguments.add("--env-file=" + file);
        }
        arguments.add(image);
        arguments.addAll(command);
        return program.with(handed.environment()).call(arguments);
    }
}
