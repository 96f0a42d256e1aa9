package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.workspace.Deletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A private directory for the time of one order. */
record Scratch(Path directory) implements AutoCloseable {

    static Scratch below(Path parent) throws IOException {
        Files.createDirectories(parent);
        return new Scratch(Files.createTempDirectory(parent, "order-"));
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    @Override
    public void close() throws IOException {
        Deletion.of(directory);
    }
}
