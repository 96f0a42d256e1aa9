package io.jenkins.plugins.sluice.cli.local;

import java.io.PrintStream;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Writes lines on a thread of its own: the first at once, and those that come meanwhile together, so that thousands of
 * lines a second cost a few writes, and nobody waits for a terminal.
 */
final class OutputWriter implements AutoCloseable {

    /** Twenty writes a second look like all of them. */
    private static final Duration PAUSE = Duration.ofMillis(50);

    /** So much may wait; beyond that, stages are as slow as the output. */
    private static final int FULL = 1 << 20;

    private final PrintStream out;
    private final Footer footer;
    private final Thread thread = new Thread(this::run, "sluice-console");
    private StringBuilder pending = new StringBuilder();
    private boolean closed;

    OutputWriter(PrintStream out, Footer footer) {
        this.out = out;
        this.footer = footer;
        thread.setDaemon(true);
        thread.start();
    }

    /** Writes a line soon, without waiting for anything. */
    synchronized void add(String line) {
        if (closed) {
            out.print(line + "\n");
            out.flush();
            return;
        }
        pending.append(line).append('\n');
        notifyAll();
    }

    /** Writes a line soon, but waits if too many are waiting already. */
    synchronized void addPatiently(String line) {
        try {
            while (pending.length() > FULL && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread()
                    .interrupt(); // whoever is being stopped has no time to wait, but its line still counts
        }
        add(line);
    }

    /** Writes all and ends the footer. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = Thread.interrupted();
        try {
            thread.join();
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        boolean last = false;
        while (!last) {
            String lines;
            synchronized (this) {
                waitWhile(() -> pending.length() == 0 && !closed, footer.interval());
                last = closed;
                lines = pending.toString();
                pending = new StringBuilder();
                notifyAll();
            }
            write(last ? footer.end(lines) : footer.frame(lines));
            waitWhile(() -> pending.length() <= FULL && !closed, PAUSE);
        }
    }

    private void write(String text) {
        if (!text.isEmpty()) {
            out.print(text);
            out.flush();
        }
    }

    private synchronized void waitWhile(BooleanSupplier condition, Duration atMost) {
        Deadline end = Deadline.in(atMost);
        try {
            while (condition.getAsBoolean() && !end.isOver()) {
                wait(end.left(atMost) / 1_000_000 + 1);
            }
        } catch (InterruptedException e) {
            closed = true;
        }
    }
}
