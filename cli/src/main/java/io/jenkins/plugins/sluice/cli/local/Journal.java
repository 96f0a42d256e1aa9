package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.run.EventJson;
import io.jenkins.plugins.sluice.run.RunEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The events of a run on disk, one line for each: a checksum, a blank, and the event as JSON. A checksum covers the one
 * before it too, so that no line can be taken out or changed unnoticed by accident. Lines are only ever appended.
 *
 * <p>Any number of processes may read and append. Whoever appends does so {@linkplain #exclusively alone}, after
 * {@link #catchUp} has told what others have appended meanwhile.
 */
final class Journal implements AutoCloseable {

    /** File locks are between processes only; this one is between the threads of this one. */
    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Path file;
    private final Path lock;
    private final FileChannel channel;
    private final EventJson json;
    private final Failpoint failpoint = Failpoint.ofThisProcess();
    private long position;
    private String checksum = JournalLine.START;
    private int lines;
    private boolean dirty;

    private Journal(Path file, Path lock, FileChannel channel, EventJson json) {
        this.file = file;
        this.lock = lock;
        this.channel = channel;
        this.json = json;
    }

    /** Something to do while nobody else appends. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    /** Opens the journal of a run, which is made if it is not there. */
    static Journal open(RunDirectory directory, EventJson json) throws IOException {
        FileChannel channel = FileChannel.open(
                directory.journal(), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        return new Journal(directory.journal(), directory.journalLock(), channel, json);
    }

    /** Does something while nobody else appends; may be nested. What was appended is on the disk when this returns. */
    <T> T exclusively(Work<T> work) throws IOException, InterruptedException {
        if (IN_THIS_PROCESS.isHeldByCurrentThread()) {
            return work.run();
        }
        IN_THIS_PROCESS.lock();
        // A file of its own, since Unix frees a lock when the process closes the file anywhere, be it only a reader.
        try (FileChannel guard = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            guard.lock();
            T result = work.run();
            sync();
            return result;
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    /**
     * The events that others have appended since the last call; at first all. Half a line at the end, written by a process
     * that was killed meanwhile, is cut off, so call this only {@linkplain #exclusively alone}.
     *
     * @throws DamagedJournalException if a line in the middle is not as it was written
     */
    List<RunEvent> catchUp() throws IOException {
        if (channel.size() == position) {
            return List.of();
        }
        JournalReader reader = new JournalReader(file, json, position, checksum, lines);
        JournalReader.Found found = reader.read(channel);
        if (found.end() < channel.size()) {
            channel.truncate(found.end());
            channel.force(true);
        }
        position = found.end();
        checksum = found.checksum();
        lines = found.lines();
        return found.events();
    }

    /** Appends an event; only {@linkplain #exclusively alone}, and caught up. */
    void append(RunEvent event) throws IOException {
        JournalLine line = JournalLine.of(checksum, json.write(event));
        byte[] bytes = line.text().getBytes(StandardCharsets.UTF_8);
        failpoint.before(channel, position, bytes, this::sync);
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
        checksum = line.checksum();
        lines++;
        dirty = true;
    }

    private void sync() throws IOException {
        if (dirty) {
            channel.force(false);
            dirty = false;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
