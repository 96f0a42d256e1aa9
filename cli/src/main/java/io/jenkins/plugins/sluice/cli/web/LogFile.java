package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.report.Masker;
import io.jenkins.plugins.sluice.report.Sizes;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The log of a stage, which may be large and may grow while it is read. Its secrets were masked when it was written; those that
 * this process knows are masked again.
 */
record LogFile(Path file, Masker masker) {

    /** The most that a page shows. */
    static final int TAIL = 256 * 1024;

    private static final int CHUNK = 64 * 1024;

    /**
     * The end of the log.
     *
     * @param text whole lines, masked
     * @param before how much is not shown, in words; empty if all is
     */
    record Tail(String text, String before) {}

    Tail tail() throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            long start = Math.max(0, size - TAIL);
            ByteBuffer bytes = ByteBuffer.allocate((int) (size - start));
            while (bytes.hasRemaining() && channel.read(bytes, start + bytes.position()) >= 0) {
                // until all of it is there
            }
            String text = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
            return start == 0 ? new Tail(masker.mask(text), "") : cut(text, start);
        }
    }

    /** What is before the first line end could be the half of a character or of a secret. */
    private Tail cut(String text, long start) {
        String whole = text.substring(text.indexOf('\n') + 1);
        return new Tail(masker.mask(whole), "the first " + Sizes.words(start) + " are not shown here");
    }

    /** All of it, to be saved. */
    Reply download(String stage) {
        String name = stage.replace('/', '.') + ".log";
        return Reply.download(name, "text/plain; charset=utf-8", -1, this::copy);
    }

    private void copy(OutputStream out) throws IOException {
        StringBuilder held = new StringBuilder();
        char[] chunk = new char[CHUNK];
        try (Reader in = new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8)) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                held.append(chunk, 0, n);
                int cut = masker.cut(held.toString());
                out.write(masker.mask(held.substring(0, cut)).getBytes(StandardCharsets.UTF_8));
                held.delete(0, cut);
            }
        }
        out.write(masker.mask(held.toString()).getBytes(StandardCharsets.UTF_8));
    }
}
