package io.jenkins.plugins.sluice.cli.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Starts a process and reads its output, on a thread of its own.
 *
 * <p>A blocking read of a pipe cannot be given up, and a process that escaped from its group may hold the pipe open for
 * days; whoever waits for the output must therefore not be the one who reads.
 */
final class OutputPump {

    private static final int CHUNK = 32 * 1024;
    private static final int WAITING_CHUNKS = 16;
    private static final byte[] END = {};

    private static final ExecutorService READERS = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "sluice-output");
        thread.setDaemon(true);
        return thread;
    });

    private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(WAITING_CHUNKS);
    private final CompletableFuture<Process> process = new CompletableFuture<>();
    private volatile boolean abandoned;
    private boolean ended;

    private OutputPump() {}

    /** Starts a process and reads what it writes. */
    static OutputPump start(ProcessBuilder builder) throws IOException {
        OutputPump pump = new OutputPump();
        READERS.execute(() -> pump.run(builder));
        try {
            pump.process.join();
            return pump;
        } catch (CompletionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(cause.getMessage(), cause);
        }
    }

    Process process() {
        return process.join();
    }

    /** The next bytes, or nothing if none come in time or ever again. */
    Optional<byte[]> next(long nanos) throws InterruptedException {
        if (ended) {
            return Optional.empty();
        }
        byte[] chunk = chunks.poll(nanos, TimeUnit.NANOSECONDS);
        if (chunk == null) {
            return Optional.empty();
        }
        ended = chunk == END;
        return ended ? Optional.empty() : Optional.of(chunk);
    }

    /** Whether the last writer has closed the pipe and {@link #next} has handed out everything. */
    boolean isEnded() {
        return ended;
    }

    /** Stops reading as soon as the blocked read returns. */
    void abandon() {
        abandoned = true;
        chunks.clear();
    }

    private void run(ProcessBuilder builder) {
        try {
            Process starting = builder.start();
            InputStream bytes = starting.getInputStream();
            // When the main process exits, the JDK drains and closes the pipe in a method synchronized on this stream.
            // Whoever has its lock from the start keeps the pipe open for background processes that still write, e.g.
            // the tee of `> >(tee log)`; for the same reason no other thread starts the process.
            synchronized (bytes) {
                process.complete(starting);
                read(bytes);
            }
        } catch (Throwable e) { // whoever waits for the process must hear of it, whatever it is
            process.completeExceptionally(e);
        }
    }

    private void read(InputStream bytes) {
        try (bytes) {
            byte[] buffer = new byte[CHUNK];
            for (int n = bytes.read(buffer); n >= 0 && !abandoned; n = bytes.read(buffer)) {
                put(Arrays.copyOf(buffer, n));
            }
        } catch (IOException e) {
            put(("\n(the rest of the output is lost: " + e.getMessage() + ")\n").getBytes(StandardCharsets.UTF_8));
        }
        put(END);
    }

    private void put(byte[] chunk) {
        try {
            while (!abandoned && !chunks.offer(chunk, 100, TimeUnit.MILLISECONDS)) {
                // whoever takes the lines is slow: let the full pipe slow the process down as well
            }
        } catch (InterruptedException e) {
            abandoned = true; // nobody interrupts these threads but the end of the JVM
        }
    }
}
