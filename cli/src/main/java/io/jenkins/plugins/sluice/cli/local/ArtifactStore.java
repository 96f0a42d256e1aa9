package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.workspace.Digests;
import io.jenkins.plugins.sluice.workspace.Digests.Digest;
import io.jenkins.plugins.sluice.workspace.WorkspaceFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Files by the SHA-256 of their bytes, below one directory: {@code sha256/ab/cdef…}, and {@code sha256/ab/cdef…-x} if
 * executable, since hard links to one file cannot differ in their permissions.
 *
 * <p>Any number of threads and processes may use one directory: a file appears there whole or not at all.
 */
final class ArtifactStore {

    private static final String READ = "r--r--r--";
    private static final String READ_AND_EXECUTE = "r-xr-xr-x";

    private static final Set<PosixFilePermission> EXECUTE = Set.of(
            PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

    private final Path root;
    private final boolean linksOut;

    ArtifactStore(Path root) {
        this(root, true);
    }

    /**
     * A store in a directory.
     *
     * @param linksOut whether restored files are hard links where that is possible; else they are copies
     */
    ArtifactStore(Path root, boolean linksOut) {
        this.root = root;
        this.linksOut = linksOut;
    }

    /**
     * Keeps the files of a workspace whose path (with {@code /}) matches, and returns them by path.
     *
     * <p>A symbolic link to a file of the workspace is kept as that file's bytes; one that leads outside is an error.
     * Directories behind links are not visited, nor are {@code .git} and Sluice's own directory.
     *
     * @param mayLink whether the workspace is not used any more, so that its files may become part of the store (and
     *     read-only) without a copy
     */
    List<KeptFile> keep(Path workspace, Predicate<String> matches, boolean mayLink) throws IOException {
        List<KeptFile> kept = new ArrayList<>();
        for (WorkspaceFiles.Found found : WorkspaceFiles.find(workspace, matches)) {
            boolean executable = isExecutable(found.file());
            Digest digest = add(found.file(), executable, mayLink && !found.throughLink());
            force(blob(digest.hex(), executable));
            kept.add(new KeptFile(found.path(), digest.hex(), digest.size(), executable));
        }
        kept.sort(Comparator.comparing(KeptFile::path));
        return List.copyOf(kept);
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Keeps one file, which stays as it is, under a path of the caller's choice. */
    KeptFile keepFile(Path file, String path) throws IOException {
        boolean executable = isExecutable(file);
        Digest digest = add(file, executable, false);
        return new KeptFile(path, digest.hex(), digest.size(), executable);
    }

    /** Keeps a text, and gives its digest. */
    String keepText(String text) throws IOException {
        Path file = temporary();
        try {
            Files.writeString(file, text);
            return add(file, false, true).hex();
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** A text by its digest. */
    String text(String digest) throws IOException {
        Path blob = blob(digest, false);
        if (!Files.exists(blob)) {
            throw new NoSuchFileException(
                    blob.toString(), null, "the bytes of a kept list of files are not in the store");
        }
        Digest found = Digests.of(blob);
        if (!found.hex().equals(digest)) {
            throw new DamagedBlobException("a kept list of files", blob, digest, found.hex());
        }
        return Files.readString(blob);
    }

    /**
     * Brings everything that was kept to the disk: before people are asked about it. Artifacts are there by then; the many
     * small files of a tree would take too long one by one.
     */
    void flush() throws IOException {
        try {
            Process sync = new ProcessBuilder(
                            "sync", "-f", Files.createDirectories(root).toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            sync.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while files were brought to the disk", e);
        }
    }

    /** The text of a kept list of files, if that digest is one of such a list. */
    Optional<String> listOfFiles(String digest) throws IOException {
        Path blob = blob(digest, false);
        if (!Files.exists(blob)) {
            return Optional.empty();
        }
        byte[] start = KeptTree.START.getBytes(StandardCharsets.UTF_8);
        try (InputStream in = Files.newInputStream(blob)) {
            return Arrays.equals(in.readNBytes(start.length), start)
                    ? Optional.of(Files.readString(blob))
                    : Optional.empty();
        }
    }

    /** Puts a copy of a file into a workspace, in place of what is there; who works there may change it. */
    void copyOut(KeptFile kept, Path workspace) throws IOException {
        new ArtifactStore(root, false).restore(kept, workspace);
    }

    /** Where the bytes of a file are, if they are there; nobody has verified them. */
    Optional<Path> find(KeptFile kept) {
        return Optional.of(blob(kept.digest(), kept.executable())).filter(Files::exists);
    }

    /**
     * Puts a file back into a workspace, in place of what is there, and verifies its bytes.
     *
     * <p>Where hard links are possible the file is one, and read-only, so that no stage changes the store by accident.
     *
     * @throws DamagedBlobException if the bytes are not those that were kept; there is no file then
     */
    void restore(KeptFile kept, Path workspace) throws IOException {
        Path blob = blob(kept.digest(), kept.executable());
        if (!Files.exists(blob)) {
            throw new NoSuchFileException(kept.path(), null, "its bytes are not in the store (" + blob + ")");
        }
        Path target = WorkspaceFiles.place(workspace, kept.path());
        Digest found = linksOut && linkTo(target, blob) ? Digests.of(target) : copyTo(target, blob);
        if (!found.hex().equals(kept.digest())) {
            Files.delete(target);
            throw new DamagedBlobException(kept.path(), blob, kept.digest(), found.hex());
        }
        if (kept.executable() && !isExecutable(target)) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Removes all files but those with these digests. */
    void retain(Set<String> digests) throws IOException {
        Path all = root.resolve("sha256");
        if (!Files.isDirectory(all)) {
            return;
        }
        try (Stream<Path> blobs = Files.walk(all).filter(Files::isRegularFile)) {
            for (Path blob : blobs.toList()) {
                String name = all.relativize(blob).toString().replace("/", "");
                if (!digests.contains(name.replaceFirst("-x$", ""))) {
                    Files.delete(blob);
                }
            }
        }
    }

    private static Digest copyTo(Path target, Path blob) throws IOException {
        Files.deleteIfExists(target);
        return Digests.copy(blob, target);
    }

    private Digest add(Path file, boolean executable, boolean mayLink) throws IOException {
        Path temporary = temporary();
        try {
            if (mayLink) {
                Digest digest = Digests.of(file);
                Path blob = blob(digest.hex(), executable);
                if (isSame(file, blob) || moveIn(file, temporary, blob, executable)) {
                    return digest;
                }
            }
            Digest digest = Digests.copy(file, temporary);
            protect(temporary, executable);
            install(temporary, blob(digest.hex(), executable));
            return digest;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Makes the file itself part of the store; false if it has to be copied. */
    private static boolean moveIn(Path file, Path temporary, Path blob, boolean executable) throws IOException {
        if ((Integer) Files.getAttribute(file, "unix:nlink") > 1) {
            return false; // it is someone else's file too, e.g. of a package manager's cache
        }
        try {
            protect(file, executable);
            Files.createLink(temporary, file);
        } catch (IOException | UnsupportedOperationException e) {
            return false; // another file system, or the file of another user
        }
        install(temporary, blob);
        return true;
    }

    /** Takes the place of what is there, which heals a damaged file. */
    private static void install(Path temporary, Path blob) throws IOException {
        Files.createDirectories(blob.getParent());
        Files.move(temporary, blob, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes {@code target} a hard link in place of what is there; false if the file system cannot do that. */
    private static boolean linkTo(Path target, Path blob) throws IOException {
        if (isSame(target, blob)) {
            return true; // stages side by side in one workspace may be owed the same file
        }
        Files.deleteIfExists(target);
        try {
            Files.createLink(target, blob);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return isSame(target, blob);
        }
    }

    private static boolean isSame(Path file, Path blob) throws IOException {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                && !Files.isSymbolicLink(file)
                && Files.exists(blob)
                && Files.isSameFile(file, blob);
    }

    /** By the permissions themselves: what the present user may do with the file says little about it. */
    private static boolean isExecutable(Path file) throws IOException {
        return !Collections.disjoint(Files.getPosixFilePermissions(file), EXECUTE);
    }

    private static void protect(Path file, boolean executable) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(executable ? READ_AND_EXECUTE : READ));
    }

    private Path blob(String digest, boolean executable) {
        String name = digest.substring(2) + (executable ? "-x" : "");
        return root.resolve("sha256").resolve(digest.substring(0, 2)).resolve(name);
    }

    private Path temporary() throws IOException {
        Path directory = root.resolve("tmp");
        Files.createDirectories(directory);
        return directory.resolve(UUID.randomUUID().toString());
    }
}
