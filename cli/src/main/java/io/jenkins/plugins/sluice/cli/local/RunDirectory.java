package io.jenkins.plugins.sluice.cli.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The files of one run. Nobody but the user may look at them: logs and scripts can tell more than they should. */
record RunDirectory(Path root) {

    static RunDirectory in(Path root) throws IOException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
        Files.createDirectory(root.resolve("logs"));
        Files.createDirectory(root.resolve("scripts"));
        return new RunDirectory(root);
    }

    /** Says until the channel is closed, or this process dies, that the run goes on. */
    FileChannel markInUse() throws IOException {
        FileChannel channel = FileChannel.open(inUse(root), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        return channel;
    }

    /** Whether a run goes on that works in a directory. */
    static boolean isInUse(Path root) throws IOException {
        if (!Files.exists(inUse(root))) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(inUse(root), StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException e) {
            return true; // by this very process
        }
    }

    private static Path inUse(Path root) {
        return root.resolve("in-use");
    }

    String id() {
        return root.getFileName().toString();
    }

    Path log(String stage) {
        return root.resolve("logs").resolve(SafeName.of(stage.replace('/', '.')) + ".log");
    }

    Path script(String stage, int attempt) {
        return root.resolve("scripts").resolve(SafeName.of(stage.replace('/', '.')) + "." + attempt + ".sh");
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
