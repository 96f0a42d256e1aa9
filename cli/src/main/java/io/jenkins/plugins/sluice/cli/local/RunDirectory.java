package io.jenkins.plugins.sluice.cli.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The files of one run. Nobody but the user may look at them: logs and scripts can tell more than they should. */
record RunDirectory(Path root) {

    private static final Set<Path> IN_USE_HERE = ConcurrentHashMap.newKeySet();

    static RunDirectory in(Path root) throws IOException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectory(root.resolve("logs"));
        Files.createDirectory(root.resolve("scripts"));
        Files.createDirectory(root.resolve("secrets"));
        return new RunDirectory(root);
    }

    /**
     * Says until it is closed, or this process dies, that the run goes on here.
     *
     * @return empty if someone else has said so
     */
    Optional<InUse> markInUse() throws IOException, InterruptedException {
        Optional<InUse> mark = tryToMark();
        for (int i = 0; i < 5 && mark.isEmpty(); i++) {
            Thread.sleep(20); // someone may just be looking
            mark = tryToMark();
        }
        return mark;
    }

    /** The same without waiting for someone who only looks. */
    Optional<InUse> tryToMark() throws IOException {
        // Only one thread may look at the file: Unix frees a lock when the process closes the file anywhere.
        synchronized (IN_USE_HERE) {
            if (IN_USE_HERE.contains(root)) {
                return Optional.empty();
            }
            FileChannel channel = FileChannel.open(inUse(root), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!isLocked(channel)) {
                channel.close();
                return Optional.empty();
            }
            IN_USE_HERE.add(root);
            return Optional.of(() -> {
                channel.close();
                IN_USE_HERE.remove(root);
            });
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** The mark of whoever works at a run. */
    interface InUse extends AutoCloseable {
        @Override
        void close() throws IOException;
    }

    /** Whether a run goes on that works in a directory. */
    static boolean isInUse(Path root) throws IOException {
        synchronized (IN_USE_HERE) {
            if (IN_USE_HERE.contains(root)) {
                return true;
            }
            if (!Files.exists(inUse(root))) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(inUse(root), StandardOpenOption.WRITE)) {
                return !isLocked(channel);
            }
        }
    }

    private static Path inUse(Path root) {
        return root.resolve("in-use");
    }

    String id() {
        return root.getFileName().toString();
    }

    /** Runs are counted from 1. */
    int number() {
        return StateDirectory.number(root);
    }

    Path log(String stage) {
        return root.resolve("logs").resolve(SafeName.ofStage(stage) + ".log");
    }

    Path script(String stage, int attempt) {
        return root.resolve("scripts").resolve(SafeName.ofStage(stage) + "." + attempt + ".sh");
    }

    /** What the run was started with. */
    Path inputs() {
        return root.resolve("run.json");
    }

    /** What has happened in the run. */
    Path journal() {
        return root.resolve("journal");
    }

    /** What the sources looked like at the start, if they are taken from the tree. */
    Path fingerprint() {
        return root.resolve("fingerprint");
    }

    /** Held by whoever appends to the journal. */
    Path journalLock() {
        return root.resolve("journal.lock");
    }

    /** Where the files of secrets are while a script needs them. */
    Path secrets() {
        return root.resolve("secrets");
    }

    /** Says that an engine may have containers and images of the run. */
    Path engineMark() {
        return root.resolve("engine");
    }

    /** For what is needed for a moment, outside of the workspaces. */
    Path scratch() {
        return root.resolve("scratch");
    }

    /** The sources as they were at the start, while somebody needs them. */
    Path source() {
        return root.resolve("source");
    }

    /** Whether the run has begun: its inputs are complete. */
    boolean hasBegun() {
        return Files.exists(inputs());
    }

    Path workspaces() {
        return root.resolve("workspaces");
    }

    Path report() {
        return reportIn(root);
    }

    static Path reportIn(Path root) {
        return root.resolve("report.json");
    }
}
