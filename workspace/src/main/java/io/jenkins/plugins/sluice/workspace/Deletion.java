package io.jenkins.plugins.sluice.workspace;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/** Deletes a directory with all that is in it, also what is read-only; what links lead to stays. */
public final class Deletion extends SimpleFileVisitor<Path> {

    private final Path start;

    private Deletion(Path start) {
        this.start = start;
    }

    /** Deletes it, if it is there. */
    public static void of(Path directory) throws IOException {
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.walkFileTree(
                    directory, new Deletion(directory)); // does not follow links, so that it deletes only those
        }
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        delete(file);
        return FileVisitResult.CONTINUE;
    }

    /** A directory that could not be opened: Go's module cache and others make theirs read-only, or close them. */
    @Override
    public FileVisitResult visitFileFailed(Path path, IOException failure) throws IOException {
        if (failure instanceof AccessDeniedException && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            open(path);
            Files.walkFileTree(path, this);
            return FileVisitResult.CONTINUE;
        }
        throw failure;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
        if (failure != null) {
            throw failure;
        }
        delete(directory);
        return FileVisitResult.CONTINUE;
    }

    private void delete(Path entry) throws IOException {
        try {
            Files.deleteIfExists(entry);
        } catch (AccessDeniedException e) {
            Path directory = entry.getParent();
            if (directory == null || entry.equals(start)) {
                throw e; // the directory around all this is not ours to open
            }
            open(directory);
            Files.deleteIfExists(entry);
        }
    }

    private static void open(Path directory) throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    }
}
