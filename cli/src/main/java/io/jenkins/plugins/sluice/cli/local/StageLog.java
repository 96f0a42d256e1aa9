package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.cli.process.OutputSink;
import io.jenkins.plugins.sluice.report.Masker;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** What a stage says: to the person who watches and to a file, with secrets masked. The file is made with the first line. */
final class StageLog implements OutputSink, AutoCloseable {

    private final String stage;
    private final Path file;
    private final Masker masker;
    private final RunConsole console;
    private @Nullable BufferedWriter writer;
    private boolean closed;

    StageLog(String stage, Path file, Masker masker, RunConsole console) {
        this.stage = stage;
        this.file = file;
        this.masker = masker;
        this.console = console;
    }

    @Override
    public void line(String text) {
        String masked = masker.mask(text);
        write(masked);
        console.line(stage, masked);
    }

    @Override
    public int cut(String text) {
        return masker.cut(text);
    }

    @Override
    public void note(String text) {
        String masked = masker.mask(text);
        write("sluice: " + masked);
        console.note(stage, masked);
    }

    private synchronized void write(String text) {
        try {
            if (writer == null) {
                writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            writer.write(text);
            writer.newLine();
        } catch (IOException e) {
            throw new UncheckedIOException("the log " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Brings to the disk what was said so far, for whoever looks on; from any thread. */
    synchronized void flush() {
        try {
            if (writer != null && !closed) {
                writer.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the log " + file + " cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (writer != null) {
            try {
                writer.close();
            } catch (IOException e) {
                throw new IOException("the log " + file + " cannot be written: " + e.getMessage(), e);
            }
        }
    }
}
