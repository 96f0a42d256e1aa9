package io.jenkins.plugins.sluice.cli.local;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What other threads want the thread that owns a run to do. All but {@link #next} and {@link #drain} from any thread. */
final class Inbox {

    private final BlockingQueue<Runnable> messages = new LinkedBlockingQueue<>();
    private volatile boolean toLeave;

    void add(Runnable message) {
        messages.add(message);
    }

    /** Asks the owner to leave the run as it is, if nothing but gates is left. */
    void leave() {
        toLeave = true;
        messages.add(() -> {}); // which wakes it up
    }

    boolean isToLeave() {
        return toLeave;
    }

    /** The next message; empty if none has come in time. */
    Optional<Runnable> next(Duration patience) throws InterruptedException {
        return Optional.ofNullable(messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Does everything that is asked for now. */
    void drain() {
        for (Runnable message = messages.poll(); message != null; message = messages.poll()) {
            message.run();
        }
    }
}
