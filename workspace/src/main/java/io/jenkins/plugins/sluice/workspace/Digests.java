package io.jenkins.plugins.sluice.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over files. */
public final class Digests {

    /** Small enough to stay in the processor's cache between reading and hashing, which counts more than fewer reads. */
    private static final int BUFFER = 128 * 1024;

    /** Direct, which is a third faster here than the heap; kept, as they are given back late. */
    private static final ThreadLocal<ByteBuffer> BUFFERS =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER));

    private Digests() {}

    /** The digest of a file and the number of bytes that went into it. */
    public static Digest of(Path file) throws IOException {
        try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
            return digest(source, buffer -> {});
        }
    }

    /** The digest of a text. */
    public static String of(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Copies while it hashes, so that a large file is read once. */
    public static Digest copy(Path from, Path to) throws IOException {
        try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel target = FileChannel.open(to, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            return digest(source, buffer -> {
                while (buffer.hasRemaining()) {
                    target.write(buffer);
                }
            });
        }
    }

    private static Digest digest(FileChannel source, Sink sink) throws IOException {
        MessageDigest sha256 = sha256();
        ByteBuffer buffer = BUFFERS.get();
        byte[] array = new byte[(int) Math.min(BUFFER, source.size() + 1)];
        long size = 0;
        while (source.read(buffer.clear().limit(array.length)) >= 0) {
            buffer.flip();
            int length = buffer.remaining();
            buffer.get(0, array, 0, length);
            sha256.update(array, 0, length);
            sink.write(buffer);
            size += length;
        }
        return new Digest(HexFormat.of().formatHex(sha256.digest()), size);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What hashing a file gives; {@code hex} is in lower case. */
    public record Digest(String hex, long size) {}

    @FunctionalInterface
    private interface Sink {
        void write(ByteBuffer bytes) throws IOException;
    }
}
