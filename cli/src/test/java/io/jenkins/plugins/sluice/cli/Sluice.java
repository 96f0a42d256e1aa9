package io.jenkins.plugins.sluice.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The command line inside of a test: one call, its exit code and what it printed. */
final class Sluice {
    private final Path directory;
    private InputStream in = InputStream.nullInputStream();
    private final Map<String, String> environment = new HashMap<>(System.getenv());

    Sluice(Path directory) {
        this.directory = directory;
    }

    /** What the user types. */
    Sluice typing(String text) {
        in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** Somebody who may type at any time. */
    Sluice typing(InputStream keyboard) {
        in = keyboard;
        return this;
    }

    record Said(int exitCode, String out, String err) {}

    Sluice with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Writes a configuration, and the directories above it. */
    Sluice config(String text) {
        return file(".pipeline/config.yaml", text);
    }

    Sluice file(String path, String text) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Said call(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                in,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                directory);
        int code = new CommandTree(console).run(arguments);
        return new Said(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
