package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.cli.process.Deadline;
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
    private final PromptFooter footer;
    private final Thread thread = new Thread(this::run, "sluice-console");
    private StringBuilder pending = new StringBuilder();
    private long footerAsked;
    private long footerWritten;
    private boolean closed;

    OutputWriter(PrintStream out, Footer footer) {
        this.out = out;
        this.footer = new PromptFooter(footer);
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

    /** Asks something below all lines, in place of the footer; waits until that and all that was said before is written. */
    synchronized void prompt(String question) {
        footer.ask(question);
        long mine = ++footerAsked;
        notifyAll();
        try {
            while (footerWritten < mine && !closed) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it will be written all the same
        }
    }

    /** The question is answered, or needs no answer any more; see {@link PromptFooter#asked}. */
    void prompted(boolean newLine) {
        footer.asked(newLine);
    }

    /** Nothing more is asked: the footer comes back. */
    synchronized void endPrompt() {
        footer.giveBack();
        footerAsked++;
        notifyAll();
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
            long asked;
            synchronized (this) {
                waitWhile(() -> pending.length() == 0 && !isStale() && !closed, footer.interval());
                asked = footerAsked;
                last = closed;
                lines = pending.toString();
                pending = new StringBuilder();
                notifyAll();
            }
            write(last ? footer.end(lines) : footer.frame(lines));
            written(asked);
            waitWhile(() -> pending.length() <= FULL && !isStale() && !closed, PAUSE);
        }
    }

    private boolean isStale() {
        return footerWritten < footerAsked;
    }

    private synchronized void written(long asked) {
        if (footerWritten < asked) {
            footerWritten = asked;
            notifyAll();
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
