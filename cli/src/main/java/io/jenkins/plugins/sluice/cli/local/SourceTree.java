package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.workspace.Digests;
import io.jenkins.plugins.sluice.workspace.WorkspaceFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What belongs to a source tree: what Git tracks and what is new and not ignored, submodules included; without Git
 * everything. Never {@code .git} nor Sluice's own directory.
 *
 * @param root the tree
 * @param files files and symbolic links, relative to the root
 * @param directories those that may be empty, relative to the root
 * @param warning why everything was taken although the tree looks like one of Git's
 */
record SourceTree(Path root, List<Path> files, List<Path> directories, Optional<String> warning) {

    SourceTree {
        files = List.copyOf(files);
        directories = List.copyOf(directories);
    }

    /** Reads the tree as it is now. */
    static SourceTree read(Path root) throws IOException {
        return read(root, root.resolve(StateDirectory.NAME));
    }

    /** Reads the tree as it is now, without the directory in which runs are kept. */
    static SourceTree read(Path root, Path state) throws IOException {
        Reader reader = new Reader(root, state);
        Optional<String> warning = reader.read(root);
        return new SourceTree(root, List.copyOf(reader.files), List.copyOf(reader.directories), warning);
    }

    /** Everything below a directory, whatever Git thinks of it. */
    static SourceTree walked(Path root) throws IOException {
        Reader reader = new Reader(root, root.resolve(StateDirectory.NAME));
        reader.walk(root);
        return new SourceTree(root, List.copyOf(reader.files), List.copyOf(reader.directories), Optional.empty());
    }

    /** Changes when any of the files does, as far as its size and its time of change tell. */
    String fingerprint() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Path path : files) {
            Object attributes = Files.readAttributes(
                    root.resolve(path), "unix:size,lastModifiedTime,mode", LinkOption.NOFOLLOW_LINKS);
            lines.append(path).append('\0').append(attributes).append('\n');
        }
        return Digests.of(lines.toString());
    }

    private static final class Reader {

        private final Path root;
        private final Path state;
        private final Set<Path> files = new LinkedHashSet<>(); // an unmerged file is listed once for each side
        private final Set<Path> directories = new LinkedHashSet<>();

        Reader(Path root, Path state) {
            this.root = root;
            this.state = state;
        }

        Optional<String> read(Path repository) throws IOException {
            GitListing listing = GitListing.of(repository);
            if (listing.paths().isEmpty()) { // no repository, or a directory which the repository around it ignores
                walk(repository);
            }
            for (String path : listing.paths()) {
                add(repository.resolve(path));
            }
            return listing.warning();
        }

        private void add(Path path) throws IOException {
            if (isOfTools(root.relativize(path)) || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
                return; // the second: tracked, but deleted in this work tree
            }
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                files.add(root.relativize(path));
            } else if (Files.exists(path.resolve(".git"))) {
                directories.add(root.relativize(path));
                read(path); // a submodule, or a repository that nobody added yet
            } else {
                directories.add(root.relativize(path)); // a submodule that was not fetched
            }
        }

        private void walk(Path start) throws IOException {
            Files.walkFileTree(start, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    Path relative = root.relativize(directory);
                    if (isOfTools(relative)) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    directories.add(relative);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    Path relative = root.relativize(file);
                    if (!isOfTools(relative)
                            && !attributes.isOther()) { // other: a socket or pipe, which cannot be copied
                        files.add(relative);
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        }

        private boolean isOfTools(Path relative) {
            if (root.resolve(relative).startsWith(state)) {
                return true;
            }
            for (Path name : relative) {
                if (WorkspaceFiles.NOT_VISITED.contains(name.toString())) {
                    return true;
                }
            }
            return false;
        }
    }
}
