package io.jenkins.plugins.sluice.cli.local;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Kills this process at a chosen line of a journal, as a power cut would: for the tests that prove that no moment is a bad
 * one. The system property {@code sluice.failpoint} chooses: {@code before:N} or {@code torn:N}, N counting what this
 * process appends, from 1. Without it, nothing happens.
 */
final class Failpoint {

    private static final Failpoint INSTANCE = new Failpoint(System.getProperty("sluice.failpoint", ""));

    private final boolean torn;
    private int left;

    private Failpoint(String text) {
        int colon = text.indexOf(':');
        torn = text.startsWith("torn:");
        left = colon < 0 ? 0 : Integer.parseInt(text.substring(colon + 1));
    }

    static Failpoint ofThisProcess() {
        return INSTANCE;
    }

    /** To be called with each line before it is written; {@code sync} brings those before it to the disk. */
    synchronized void before(FileChannel channel, long position, byte[] line, Sync sync) throws IOException {
        if (left > 0 && --left == 0) {
            if (torn) {
                channel.write(ByteBuffer.wrap(line, 0, line.length / 2), position);
            }
            sync.run();
            Runtime.getRuntime().halt(137);
        }
    }

    @FunctionalInterface
    interface Sync {
        void run() throws IOException;
    }
}
