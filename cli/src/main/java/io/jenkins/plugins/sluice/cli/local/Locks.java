package io.jenkins.plugins.sluice.cli.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Named locks: between the runs of this process by a map, with other processes by locks on files. One thread owns it. */
final class Locks {

    /** What this process holds: Unix would free such a lock if the process opened and closed the file once more. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final Map<String, Held> held = new HashMap<>();

    private record Held(Path file, FileChannel channel) {}

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
        Path file = directory.resolve(digest + ".lock");
        if (!HELD_HERE.add(file)) {
            return false;
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            HELD_HERE.remove(file);
            return false;
        }
        held.put(name, new Held(file, channel));
        return true;
    }

    /** Frees a lock that this run holds. */
    void release(String name) throws IOException {
        Held lock = held.remove(name);
        if (lock != null) {
            lock.channel().close();
            HELD_HERE.remove(lock.file());
        }
    }
}
