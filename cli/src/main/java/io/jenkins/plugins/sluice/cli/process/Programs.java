package io.jenkins.plugins.sluice.cli.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds programs on a search path. */
public final class Programs {

    /** Where {@code execvp} looks when there is no {@code PATH}. */
    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

    private Programs() {}

    /** The program of {@code command} as its own directory and {@code PATH} resolve it. */
    static Path find(Invocation invocation) throws CannotStartException {
        if (!Files.isDirectory(invocation.directory())) {
            throw new CannotStartException("the directory " + invocation.directory() + " does not exist");
        }
        String name = invocation.program();
        if (name.indexOf('/') >= 0) {
            Path file = invocation.directory().resolve(name);
            if (!Files.exists(file)) {
                throw new CannotStartException("the program " + name + " does not exist in " + invocation.directory());
            }
            if (!isProgram(file)) {
                throw new CannotStartException("the file " + file + " is not executable (chmod +x?)");
            }
            return file;
        }
        String path = invocation.environment().getOrDefault("PATH", DEFAULT_PATH);
        return find(name, path)
                .orElseThrow(() -> new CannotStartException("the program " + name + " is not on the PATH " + path));
    }

    /** The first program of that name in the directories of {@code path}. */
    static Optional<Path> find(String name, String path) {
        return on(path, name).findFirst();
    }

    /** All programs of that name on the {@code PATH} of an environment, in its order. */
    public static List<Path> all(String name, Map<String, String> environment) {
        return on(environment.getOrDefault("PATH", DEFAULT_PATH), name).toList();
    }

    private static Stream<Path> on(String path, String name) {
        return Stream.of(path.split(File.pathSeparator, -1))
                .flatMap(Programs::directory)
                .map(directory -> directory.resolve(name))
                .filter(Programs::isProgram);
    }

    private static boolean isProgram(Path file) {
        return Files.isRegularFile(file) && Files.isExecutable(file);
    }

    private static Stream<Path> directory(String entry) {
        try {
            return Stream.of(Path.of(entry));
        } catch (InvalidPathException e) {
            return Stream.empty(); // an entry that names no path of this system cannot hold a program
        }
    }
}
