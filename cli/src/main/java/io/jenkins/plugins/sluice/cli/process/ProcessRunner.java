package io.jenkins.plugins.sluice.cli.process;

import org.jspecify.annotations.Nullable;

/**
 * Runs one program after another on the thread that calls, until another thread stops it: then the program that runs is
 * ended, and none begins any more.
 */
public final class ProcessRunner {

    private @Nullable ProcessGroup running;
    private boolean stopped;
    private String reason = "";

    /** Runs a program to its end; {@link Ending.Aborted} if it was stopped, or never began for that reason. */
    public Ending run(Invocation invocation, Patience patience, OutputSink sink) throws CannotStartException {
        if (isStopped()) {
            return new Ending.Aborted();
        }
        ProcessGroup group = ProcessGroup.start(invocation);
        synchronized (this) {
            running = group;
            if (stopped) {
                group.abort();
            }
        }
        try {
            return group.await(patience, sink);
        } finally {
            synchronized (this) {
                running = null;
            }
        }
    }

    /** Ends what runs; from any thread. The first reason counts. */
    public synchronized void stop(String why) {
        if (!stopped) {
            stopped = true;
            reason = why;
            if (running != null) {
                running.abort();
            }
        }
    }

    public synchronized boolean isStopped() {
        return stopped;
    }

    /** Why it was stopped; empty as long as it was not. */
    public synchronized String reason() {
        return reason;
    }
}
