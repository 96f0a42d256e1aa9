package io.jenkins.plugins.sluice.cli.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Watches over one process group from its start until nothing of it is left, all on the thread that waits for it.
 *
 * <p>The end of the main process and the end of the output are two things that come in any order: a program may close
 * its output and work on, and a background process may hold the output open long after the main process is gone.
 */
final class Vigil {

    /** How often the things that send no signal are looked at: an abort, and an end whose pipe is still held. */
    private static final Duration GLANCE = Duration.ofMillis(50);

    /** After KILL; only a process in an uninterruptible system call takes longer, and waiting would not help. */
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    /** More than a pipe and the queue behind it can hold; what comes after that was written later. */
    private static final int LAST_BYTES = 4 * 1024 * 1024;

    private final Process main;
    private final OutputPump output;
    private final Patience patience;
    private final OutputSink sink;
    private final LineDecoder decoder;
    private final Relatives relatives;
    private long heard;
    private boolean interrupted;

    Vigil(Process main, OutputPump output, Patience patience, OutputSink sink) {
        this.main = main;
        this.output = output;
        this.patience = patience;
        this.sink = sink;
        this.decoder = new LineDecoder(sink, System::nanoTime);
        this.relatives = new Relatives(main.toHandle());
    }

    Ending keep(BooleanSupplier aborted) {
        boolean orderly = false;
        try {
            Ending ending = untilMainEnds(aborted);
            if (ending instanceof Ending.Exited) {
                endLeftovers();
            } else {
                endAll();
            }
            hearOut();
            orderly = true;
            return ending;
        } finally {
            if (!orderly) { // the sink threw: do not leave the processes to themselves
                output.abandon();
                kill(new LinkedHashMap<>());
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Ending untilMainEnds(BooleanSupplier aborted) {
        Deadline timeout = Deadline.in(patience.timeout());
        while (true) {
            if (interrupted || aborted.getAsBoolean()) {
                return new Ending.Aborted();
            }
            if (timeout.isOver()) {
                return new Ending.TimedOut(patience.timeout());
            }
            if (!main.isAlive()) {
                return new Ending.Exited(main.exitValue());
            }
            listen(timeout);
        }
    }

    /** Waits a moment for output or, when there can be none, for the end. */
    private void listen(Deadline limit) {
        try {
            if (output.isEnded()) {
                boolean unused = main.waitFor(limit.left(GLANCE), TimeUnit.NANOSECONDS);
            } else {
                output.next(limit.left(GLANCE)).ifPresent(this::hear);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
    }

    private void hear(byte[] bytes) {
        heard += bytes.length;
        decoder.decode(bytes);
    }

    /** The main process has ended on its own; what it left in the background gets a little time, then is ended too. */
    private void endLeftovers() {
        Deadline limit = Deadline.in(patience.leftovers());
        while (!output.isEnded() && !limit.isOver()) {
            listen(limit);
        }
        List<ProcessHandle> left = relatives.leftBehind();
        while (!left.isEmpty() && !limit.isOver()) {
            rest(limit);
            left = relatives.leftBehind();
        }
        if (!left.isEmpty()) {
            sink.note("ends what still runs in the background: " + NamedProcess.list(left));
            endAll();
        }
    }

    /** TERM to all, time to clean up, then KILL to the rest. */
    private void endAll() {
        Map<Long, ProcessHandle> known = new LinkedHashMap<>();
        meet(known);
        List<ProcessHandle> outside = relatives.outsideGroup();
        Signals.TERM.toGroup(main.pid()); // only once to each: some programs take a second TERM as an order to hurry
        Signals.TERM.to(outside);
        Deadline grace = Deadline.in(patience.grace());
        while (!meet(known).isEmpty()) {
            if (grace.isOver()) {
                sink.note("killed after %d ms, as TERM was not heeded: %s"
                        .formatted(patience.grace().toMillis(), NamedProcess.list(known.values())));
                kill(known);
                return;
            }
            listenOrRest(grace);
        }
    }

    private void kill(Map<Long, ProcessHandle> known) {
        Deadline limit = Deadline.in(AFTER_KILL);
        Collection<ProcessHandle> living = meet(known);
        if (!living.isEmpty()) {
            Signals.KILL.toGroup(main.pid());
        }
        while (!living.isEmpty() && !limit.isOver()) {
            Signals.KILL.to(living);
            rest(limit);
            living = meet(known);
        }
    }

    /** Adds who is there now to those known already, as an orphan that left the session cannot be found again. */
    private Collection<ProcessHandle> meet(Map<Long, ProcessHandle> known) {
        relatives.living().forEach(process -> known.put(process.pid(), process));
        known.values().removeIf(process -> !LinuxProcess.isRunning(process));
        return new ArrayList<>(known.values());
    }

    /** All is over: takes what is still in the pipe, unless a process that escaped keeps it open. */
    private void hearOut() {
        long enough = heard + LAST_BYTES;
        long before = -1;
        while (!output.isEnded() && heard != before && heard < enough) {
            before = heard;
            listen(Deadline.in(GLANCE));
        }
        decoder.finish();
        if (!output.isEnded()) {
            output.abandon();
            sink.note("no longer listens: a process that left the group still holds the output open");
        }
    }

    private void listenOrRest(Deadline limit) {
        if (output.isEnded()) {
            rest(limit);
        } else {
            listen(limit);
        }
    }

    private void rest(Deadline limit) {
        try {
            TimeUnit.NANOSECONDS.sleep(limit.left(Duration.ofMillis(20)));
        } catch (InterruptedException e) {
            interrupted = true;
        }
    }
}
