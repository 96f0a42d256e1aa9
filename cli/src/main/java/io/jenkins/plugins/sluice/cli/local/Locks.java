package io.jenkins.plugins.sluice.cli.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Named locks: between the stages of this run by a map, with other runs by locks on files. One thread owns it. */
final class Locks {

    private final Path directory;
    private final Map<String, FileChannel> held = new HashMap<>();

    Locks(Path directory) {
        this.directory = directory;
    }

    /** Takes a lock if it is free. The operating system frees it when this process dies. */
    boolean tryAcquire(String name) throws IOException {
        if (held.containsKey(name)) {
            return false;
        }
        Files.createDirectories(directory);
        // The name may hold a value that nobody should see; its digest is as good a name of a file.
        UUID digest = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        FileChannel channel = FileChannel.open(
                directory.resolve(digest + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        if (lock == null) {
            channel.close();
            return false;
        }
        held.put(name, channel);
        return true;
    }

    /** Frees a lock that this run holds. */
    void release(String name) throws IOException {
        FileChannel channel = held.remove(name);
        if (channel != null) {
            channel.close();
        }
    }
}
