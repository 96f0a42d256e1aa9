package io.jenkins.plugins.sluice.cli.local;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jline.nativ.CLibrary;
import org.jline.nativ.JLineNativeLoader;

/**
 * The lines that somebody types. They are read on a thread of its own from the first question on, since reading cannot be
 * given up, but waiting for a line can. One thread takes them.
 */
final class TypedLines {

    private static final Duration PATIENCE = Duration.ofMillis(50);
    private static final Optional<String> END = Optional.empty();

    private final BufferedReader in;
    private final boolean terminal;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private boolean started;

    TypedLines(InputStream in) {
        this.in = new BufferedReader(new InputStreamReader(in, Charset.defaultCharset()));
        this.terminal = Ansi.isTerminal(in);
    }

    /** Whether a person types here, which the terminal shows, and not a program. */
    boolean isTerminal() {
        return terminal;
    }

    /**
     * Waits for the next line.
     *
     * @return empty as soon as the line is not wanted any more
     * @throws EOFException if there will be none
     */
    Optional<String> next(BooleanSupplier wanted) throws IOException, InterruptedException {
        start();
        while (wanted.getAsBoolean()) {
            Optional<String> line = lines.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (line != null && line.isEmpty()) {
                lines.add(END);
                throw new EOFException("nobody types any more");
            } else if (line != null && wanted.getAsBoolean()) {
                return line;
            }
        }
        return Optional.empty();
    }

    /** Drops what was typed up to now, at a terminal also the beginning of a line. */
    void forget() {
        lines.removeIf(Optional::isPresent);
        if (terminal) {
            forgetBeginning();
        }
    }

    /** The terminal keeps a line to itself until its end; setting it to what it is, in this way, makes it forget. */
    private static void forgetBeginning() {
        try {
            JLineNativeLoader.initialize();
            CLibrary.Termios settings = new CLibrary.Termios();
            if (CLibrary.tcgetattr(0, settings) == 0) {
                CLibrary.tcsetattr(0, CLibrary.TCSAFLUSH, settings);
            }
        } catch (RuntimeException | LinkageError e) {
            // e.g. where no native library can be unpacked; what was begun is then a part of the next answer
        }
    }

    private void start() {
        if (!started) {
            started = true;
            Thread thread = new Thread(this::read, "typed-lines");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private void read() {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(Optional.of(line.strip()));
            }
        } catch (IOException e) {
            // nobody sits there any more
        } finally {
            lines.add(END);
        }
    }
}
