package io.jenkins.plugins.sluice.cli.files;

import io.jenkins.plugins.sluice.workspace.WorkspaceFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files that came from elsewhere into a private directory, and go on into a workspace once they are known to be harmless:
 * regular files, directories, and symbolic links that lead to nothing outside of what was copied.
 */
public final class CopiedTree {

    private static final int MOST_LINKS = 40;

    private final Path top;
    private final List<Path> entries;

    private CopiedTree(Path top, List<Path> entries) {
        this.top = top;
        this.entries = List.copyOf(entries);
    }

    /**
     * Looks at all of it.
     *
     * @param top a file, or a directory with what was copied
     * @throws FileSystemException for the first thing that is not harmless
     */
    public static CopiedTree of(Path top) throws IOException {
        List<Path> entries = new ArrayList<>();
        collect(top, entries);
        CopiedTree tree = new CopiedTree(top, entries);
        for (Path entry : entries) {
            if (Files.isSymbolicLink(entry) && !tree.leadsInside(entry)) {
                throw new FileSystemException(
                        tree.shown(entry),
                        null,
                        "the symbolic link leads out of what is copied: " + Files.readSymbolicLink(entry));
            }
        }
        return tree;
    }

    /** Directories come before what is in them. They are opened first: whoever packed them may have closed them. */
    private static void collect(Path entry, List<Path> entries) throws IOException {
        entries.add(entry);
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("rwx------"));
            List<Path> children;
            try (Stream<Path> listed = Files.list(entry)) {
                children = listed.sorted().toList();
            }
            for (Path child : children) {
                collect(child, entries);
            }
        } else if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(entry)) {
            throw new FileSystemException(
                    String.valueOf(entry.getFileName()), null, "this is no file, directory or symbolic link");
        }
    }

    private String shown(Path entry) {
        return entry.equals(top)
                ? String.valueOf(entry.getFileName())
                : top.relativize(entry).toString();
    }

    /** Follows a link step by step, with all links on the way, as a file system would. */
    private boolean leadsInside(Path link) throws IOException {
        @Nullable Path at = link.getParent();
        Deque<String> steps = new ArrayDeque<>(List.of(String.valueOf(link.getFileName())));
        if (link.equals(top)) {
            return false; // a link alone, without what it leads to
        }
        int links = 0;
        while (at != null && !steps.isEmpty()) {
            String step = steps.removeFirst();
            if (step.equals("..")) {
                if (at.equals(top)) {
                    return false;
                }
                at = at.getParent();
                continue;
            }
            Path next = at.resolve(step);
            if (!Files.isSymbolicLink(next)) {
                at = step.equals(".") || step.isEmpty() ? at : next;
                continue;
            }
            Path target = Files.readSymbolicLink(next);
            links++;
            if (target.isAbsolute() || links > MOST_LINKS) {
                return false;
            }
            List<String> names = new ArrayList<>();
            target.forEach(name -> names.add(name.toString()));
            Collections.reverse(names);
            names.forEach(steps::addFirst);
        }
        return true;
    }

    /**
     * Moves it, over files that are there and beside others. No link of the workspace is followed.
     *
     * @param path where the top goes, below the workspace; its parents are made
     * @throws FileSystemException if something is in the way, or the path leaves the workspace
     */
    public void moveTo(Path workspace, String path) throws IOException {
        for (Path entry : entries) {
            String place = entry.equals(top) ? path : path + "/" + top.relativize(entry);
            if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                WorkspaceFiles.directory(workspace, place);
            } else if (Files.isSymbolicLink(entry)) {
                Path link = WorkspaceFiles.place(workspace, place);
                Files.deleteIfExists(link);
                Files.createSymbolicLink(link, Files.readSymbolicLink(entry));
            } else {
                moveFile(entry, WorkspaceFiles.place(workspace, place));
            }
        }
    }

    /** A file belongs to the user of Sluice; of its permissions only that to execute it is kept. */
    private static void moveFile(Path file, Path place) throws IOException {
        Set<PosixFilePermission> given = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        boolean executable = given.contains(PosixFilePermission.OWNER_EXECUTE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
        boolean ours =
                Files.getOwner(file).equals(Files.getOwner(file.toAbsolutePath().getParent()));
        if (ours) {
            Files.move(file, place, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.copy(file, place, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
