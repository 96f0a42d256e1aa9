package io.jenkins.plugins.sluice.cli.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where runs, artifacts and locks are kept; usually {@code .sluice} in the repository. It tells Git to ignore it.
 *
 * @param root the directory itself
 */
public record StateDirectory(Path root) {

    /** The name of the directory in a repository. */
    public static final String NAME = ".sluice";

    /** The directory, made if it is not there. */
    public static StateDirectory open(Path root) throws IOException {
        Files.createDirectories(root.resolve("runs"));
        Path ignore = root.resolve(".gitignore");
        if (!Files.exists(ignore)) {
            Files.writeString(ignore, "*\n");
        }
        return new StateDirectory(root.toRealPath());
    }

    /** Begins a run: takes the next free number and makes its directory, also if other processes do so too. */
    RunDirectory newRun() throws IOException {
        int number = runs().stream().findFirst().map(StateDirectory::number).orElse(0) + 1;
        while (true) {
            Path directory = root.resolve("runs").resolve(String.valueOf(number));
            try {
                Files.createDirectory(directory);
                return RunDirectory.in(directory);
            } catch (FileAlreadyExistsException e) {
                number++;
            }
        }
    }

    /** The directories of all runs, the newest first. */
    public List<Path> runs() throws IOException {
        if (!Files.isDirectory(root.resolve("runs"))) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(root.resolve("runs"))) {
            return found.filter(path -> number(path) > 0)
                    .sorted(Comparator.comparingInt(StateDirectory::number).reversed())
                    .toList();
        }
    }

    private static int number(Path run) {
        String name = run.getFileName().toString();
        return name.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(name) : 0;
    }

    ArtifactStore store() {
        return new ArtifactStore(root.resolve("store"));
    }

    Path locks() throws IOException {
        return Files.createDirectories(root.resolve("locks"));
    }

    /**
     * Removes runs, all but some of the newest and those that go on, and when none is left the artifacts too.
     *
     * @return how many runs were removed
     */
    public int clean(int keep) throws IOException {
        int removed = 0;
        for (Path run : runs().stream().skip(keep).toList()) {
            if (!RunDirectory.isInUse(run)) {
                Workspaces.delete(run);
                removed++;
            }
        }
        if (runs().isEmpty()) {
            Workspaces.delete(root.resolve("store"));
        }
        return removed;
    }
}
