package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.run.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An image to build, and the private directory of what belongs to the build and not to the workspace.
 *
 * @param token of the run
 * @param context an absolute path or an address
 */
record BuildOrder(Instruction.BuildImage image, String token, String context, Path directory) {

    Path dockerfile() {
        return directory.resolve("Dockerfile");
    }

    /** Its name is what BuildKit looks for beside the Dockerfile. */
    Path ignoreFile() {
        return directory.resolve("Dockerfile.dockerignore");
    }

    /** Where the engine writes the id of the image. */
    Path idFile() {
        return directory.resolve("id");
    }

    boolean hasExcludes() {
        return !image.excludes().isEmpty();
    }

    boolean isElsewhere() {
        return !context.startsWith("/");
    }

    /** Writes the Dockerfile and the excludes. */
    void write() throws IOException {
        Files.writeString(dockerfile(), image.dockerfile());
        if (hasExcludes()) {
            Files.write(ignoreFile(), image.excludes());
        }
    }

    /** The arguments that every engine takes, to the last one. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("--iidfile=" + idFile(), "--tag=" + image.localName()));
        image.labels().forEach((name, value) -> arguments.add("--label=" + name + "=" + value));
        arguments.add(Traces.label(token));
        image.arguments().forEach((name, value) -> arguments.add("--build-arg=" + name + "=" + value));
        if (!image.target().isEmpty()) {
            arguments.add("--target=" + image.target());
        }
        arguments.add(context);
        return arguments;
    }
}
