package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.run.EventJson;
import io.jenkins.plugins.sluice.run.HiddenValueException;
import io.jenkins.plugins.sluice.run.RunEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a journal from some line on, and tells a torn end from damage in the middle. */
final class JournalReader {

    /**
     * What was found.
     *
     * @param events in order
     * @param end where the last whole line ends, in bytes
     * @param checksum of the last whole line
     * @param lines how many whole lines there are from the start of the file
     * @param torn whether half a line follows
     */
    record Found(List<RunEvent> events, long end, String checksum, int lines, boolean torn) {}

    private final Path file;
    private final EventJson json;
    private final List<RunEvent> events = new ArrayList<>();
    private long position;
    private String checksum;
    private int lines;

    JournalReader(Path file, EventJson json, long position, String checksum, int lines) {
        this.file = file;
        this.json = json;
        this.position = position;
        this.checksum = checksum;
        this.lines = lines;
    }

    /** Reads a journal that others may be appending to, without changing it. No file counts as an empty one. */
    static Found all(Path file, EventJson json) throws IOException {
        if (!Files.exists(file)) {
            return new Found(List.of(), 0, JournalLine.START, 0, false);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return new JournalReader(file, json, 0, JournalLine.START, 0).read(channel);
        }
    }

    Found read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(channel.size() - position));
        while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
            // until all of it is there
        }
        byte[] bytes = buffer.array();
        int length = buffer.position();
        int start = 0;
        while (start < length) {
            int end = endOfLine(bytes, start, length);
            Optional<JournalLine> line = end < 0
                    ? Optional.empty()
                    : JournalLine.parse(checksum, new String(bytes, start, end - start, StandardCharsets.UTF_8));
            if (line.isEmpty()) {
                checkThatItIsTorn(bytes, start, end, length);
                return new Found(events, position, checksum, lines, true);
            }
            take(line.get());
            position += end + 1 - start;
            start = end + 1;
        }
        return new Found(events, position, checksum, lines, false);
    }

    private static int endOfLine(byte[] bytes, int start, int length) {
        for (int i = start; i < length; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /**
     * One write can be torn, and only the last one: what follows a bad line was written after it, so that one was whole. So was
     * a last line that has its end, and no zeros, which a crash of the machine leaves in place of what it had not written.
     */
    private void checkThatItIsTorn(byte[] bytes, int start, int end, int length) throws DamagedJournalException {
        boolean zeros = false;
        for (int i = start; i < end; i++) {
            zeros |= bytes[i] == 0;
        }
        boolean follows = false;
        for (int i = end + 1; end >= 0 && i < length; i++) {
            follows |= bytes[i] != 0;
        }
        if (follows || (end >= 0 && !zeros)) {
            throw new DamagedJournalException(file, lines + 1, position, "its checksum does not fit");
        }
    }

    private void take(JournalLine line) throws IOException {
        try {
            events.add(json.read(line.content()));
        } catch (HiddenValueException e) {
            throw new IOException(e.getMessage(), e); // nothing is wrong with the journal
        } catch (IllegalArgumentException e) {
            throw new DamagedJournalException(file, lines + 1, position, String.valueOf(e.getMessage()));
        }
        checksum = line.checksum();
        lines++;
    }
}
