package io.jenkins.plugins.sluice.cli.process;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Cuts a stream of bytes into lines of text: UTF-8, malformed input becomes U+FFFD.
 *
 * <p>A line ends with LF or CR LF. What a bare CR overwrites, as progress bars do, is left out except for one state a
 * second, so that a log shows how far a download got without a line for each percent; the last state always comes.
 */
final class LineDecoder {

    /** A longer line is delivered in pieces, so that a program without line ends cannot fill the memory. */
    static final int LONGEST = 64 * 1024;

    private static final long PROGRESS_INTERVAL = Duration.ofSeconds(1).toNanos();

    private final OutputSink sink;
    private final LongSupplier clock;
    private byte[] buffer = new byte[256];
    private int length;
    private boolean afterCarriageReturn;
    private long lastLine;

    /** Lines go to {@code sink}; {@code clock} counts nanoseconds. */
    LineDecoder(OutputSink sink, LongSupplier clock) {
        this.sink = sink;
        this.clock = clock;
        this.lastLine = clock.getAsLong();
    }

    void decode(byte[] bytes) {
        for (byte b : bytes) {
            decode(b);
        }
    }

    /** Delivers what came after the last line end. */
    void finish() {
        if (length > 0) {
            deliver();
        }
        afterCarriageReturn = false;
    }

    private void decode(byte b) {
        if (b == '\n') {
            deliver();
            afterCarriageReturn = false;
        } else if (b == '\r') {
            afterCarriageReturn = true;
        } else {
            if (afterCarriageReturn) {
                overwrite();
            }
            append(b);
        }
    }

    private void overwrite() {
        afterCarriageReturn = false;
        if (length > 0 && clock.getAsLong() - lastLine >= PROGRESS_INTERVAL) {
            deliver();
        }
        length = 0;
    }

    private void append(byte b) {
        if (length >= LONGEST) {
            deliverPiece();
        }
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(length + 1, Math.min(length * 2, LONGEST)));
        }
        buffer[length++] = b;
    }

    private void deliver() {
        sink.line(new String(buffer, 0, length, StandardCharsets.UTF_8));
        length = 0;
        lastLine = clock.getAsLong();
    }

    /** Delivers the full buffer, but keeps the first bytes of a character that is not complete yet. */
    private void deliverPiece() {
        int end = length;
        for (int back = 1; back <= 3; back++) {
            int b = buffer[length - back] & 0xFF;
            if (b >= 0xC0) {
                end = isComplete(b, back) ? length : length - back;
                break;
            }
            if (b < 0x80) {
                break;
            }
        }
        String text = new String(buffer, 0, end, StandardCharsets.UTF_8);
        int cut = Math.max(text.length() / 2, sink.cut(text));
        sink.line(text.substring(0, cut));
        byte[] held = text.substring(cut).getBytes(StandardCharsets.UTF_8);
        int incomplete = length - end;
        byte[] next = Arrays.copyOf(held, Math.max(LONGEST, held.length + incomplete));
        System.arraycopy(buffer, end, next, held.length, incomplete);
        buffer = next;
        length = held.length + incomplete;
        lastLine = clock.getAsLong();
    }

    private static boolean isComplete(int firstByte, int bytes) {
        int needed = firstByte >= 0xF0 ? 4 : firstByte >= 0xE0 ? 3 : 2;
        return bytes >= needed;
    }
}
