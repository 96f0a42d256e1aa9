package io.jenkins.plugins.sluice.cli.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What is in a workspace, by inode numbers and times of change, to find out later whether anything in it was touched. Nobody
 * can set a time of change by hand; but two changes within one tick of the kernel's clock may have the same, so contents
 * that had changed just before the snapshot are compared byte by byte with the source.
 */
final class Snapshot {

    private static final Duration TICK = Duration.ofMillis(20);

    private static final String CHANGED = "ctime";
    private static final String ATTRIBUTES = "unix:ino,size,mode," + CHANGED;

    private final Path source;
    private final Map<Path, Map<String, Object>> entries;
    private final Instant taken;

    private Snapshot(Path source, Map<Path, Map<String, Object>> entries, Instant taken) {
        this.source = source;
        this.entries = entries;
        this.taken = taken;
    }

    /** Takes note of what is there now, which is a copy of the source. */
    static Snapshot of(Path workspace, Path source) throws IOException {
        Map<Path, Map<String, Object>> entries = entries(workspace);
        return new Snapshot(source, entries, Instant.now());
    }

    /** Whether all of it is still there, as it was, and nothing else. */
    boolean isUntouched(Path workspace) throws IOException {
        Map<Path, Map<String, Object>> now = entries(workspace);
        return now.equals(entries) && recentFilesAreTheSource(workspace);
    }

    private boolean recentFilesAreTheSource(Path workspace) throws IOException {
        for (Map.Entry<Path, Map<String, Object>> entry : entries.entrySet()) {
            boolean recent = changedAfter(taken.minus(TICK), entry.getValue());
            Path file = workspace.resolve(entry.getKey());
            if (recent && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                Path original = source.resolve(entry.getKey());
                if (!Files.isRegularFile(original, LinkOption.NOFOLLOW_LINKS) || Files.mismatch(original, file) >= 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean changedAfter(Instant time, Map<String, Object> attributes) {
        return !(attributes.get(CHANGED) instanceof FileTime at)
                || at.toInstant().isAfter(time);
    }

    private static Map<Path, Map<String, Object>> entries(Path root) throws IOException {
        Map<Path, Map<String, Object>> entries = new HashMap<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (!directory.equals(root)) {
                    add(directory);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                add(file);
                return FileVisitResult.CONTINUE;
            }

            private void add(Path path) throws IOException {
                entries.put(root.relativize(path), Files.readAttributes(path, ATTRIBUTES, LinkOption.NOFOLLOW_LINKS));
            }
        });
        return entries;
    }
}
