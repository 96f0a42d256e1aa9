package io.jenkins.plugins.sluice.workspace;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Finds files in a workspace and places for them, never outside of it. */
public final class WorkspaceFiles {

    /** Directories that belong to the tools and not to the work. */
    public static final Set<String> NOT_VISITED = Set.of(".git", ".sluice");

    private WorkspaceFiles() {}

    /** The regular files whose path matches, also where a link leads to one. */
    public static List<Found> find(Path workspace, Predicate<String> matches) throws IOException {
        Path root = workspace.toRealPath();
        List<Found> found = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean visit = directory.equals(root)
                        || !NOT_VISITED.contains(directory.getFileName().toString());
                return visit ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String path = relative(root, file);
                if (matches.test(path)) {
                    if (attributes.isSymbolicLink()) {
                        follow(root, file, path, found);
                    } else if (attributes.isRegularFile()) {
                        found.add(new Found(path, file, false));
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (matches.test(relative(root, file))) {
                    throw failure;
                }
                return FileVisitResult.CONTINUE; // a service may have left a directory that nobody else may read
            }
        });
        return found;
    }

    /**
     * Where the file of that path belongs. Its parents exist then; none of them is a link, through which it would be
     * written somewhere else.
     */
    public static Path place(Path workspace, String path) throws IOException {
        Path relative = inside(path);
        Path parent = relative.getParent();
        Path place = (parent == null ? workspace.toRealPath() : directory(workspace, parent.toString()))
                .resolve(relative.getFileName());
        if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(path, null, "there is a directory in place of the file");
        }
        return place;
    }

    /** The directory of that path, made if it is not there, likewise with its parents and without following links. */
    public static Path directory(Path workspace, String path) throws IOException {
        Path place = workspace.toRealPath();
        for (Path name : inside(path)) {
            place = place.resolve(name);
            if (!name.toString().isEmpty()) {
                makeDirectory(place, path);
            }
        }
        return place;
    }

    /** The path without detours; the top of the workspace is empty. */
    private static Path inside(String path) throws IOException {
        Path relative = Path.of(path).normalize();
        if (relative.isAbsolute() || relative.startsWith("..")) {
            throw new FileSystemException(path, null, "the path leaves the workspace");
        }
        return relative;
    }

    private static void makeDirectory(Path directory, String path) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException e) {
            if (Files.isSymbolicLink(directory)) {
                throw new FileSystemException(path, null, directory + " is a symbolic link, which is not followed");
            }
            if (!Files.isDirectory(directory)) {
                throw new FileSystemException(path, null, directory + " is a file");
            }
        }
    }

    private static void follow(Path root, Path link, String path, List<Found> found) throws IOException {
        Path target;
        try {
            target = link.toRealPath();
        } catch (NoSuchFileException e) {
            throw new FileSystemException(path, null, "the symbolic link leads to nothing: " + text(link));
        }
        if (!target.startsWith(root)) {
            throw new FileSystemException(path, null, "the symbolic link leads out of the workspace: " + text(link));
        }
        if (Files.isRegularFile(target)) {
            found.add(new Found(path, target, true));
        }
    }

    private static String text(Path link) throws IOException {
        return link.getFileName() + " -> " + Files.readSymbolicLink(link);
    }

    private static String relative(Path root, Path file) {
        return root.relativize(file).toString().replace(root.getFileSystem().getSeparator(), "/");
    }

    /**
     * A file that was looked for.
     *
     * @param path below the workspace, with {@code /}
     * @param file where its bytes are
     * @param throughLink whether the path is that of a link
     */
    public record Found(String path, Path file, boolean throughLink) {}
}
