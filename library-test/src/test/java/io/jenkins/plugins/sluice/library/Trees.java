package io.jenkins.plugins.sluice.library;

import io.jenkins.plugins.sluice.workspace.Deletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/** Directories with all that is in them. */
final class Trees {
    private Trees() {}

    /** Copies what is in a directory; files that are there already are replaced. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            copy(files, from, to);
        }
    }

    /** Copies the files of a repository, without what Git and Sluice keep beside them. */
    static void copySources(Path repository, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(repository)) {
            copy(files.filter(file -> isSource(repository.relativize(file))), repository, to);
        }
    }

    private static boolean isSource(Path file) {
        return !file.startsWith(".git") && !file.startsWith(".sluice");
    }

    private static void copy(Stream<Path> files, Path from, Path to) throws IOException {
        for (Path file : files.toList()) {
            Path target = to.resolve(from.relativize(file).toString());
            if (Files.isDirectory(file)) {
                Files.createDirectories(target);
            } else {
                Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }

    /** Deletes what is in a directory. */
    static void empty(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                Deletion.of(entry);
            }
        }
    }
}
