package io.jenkins.plugins.sluice.cli.ask;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Says once and for all that something shall stop, and wakes whoever waits meanwhile. Safe for threads. */
final class Cancellation {

    private final CompletableFuture<Object> signal = new CompletableFuture<>();

    /** From any thread; more than once does no harm. */
    void cancel() {
        signal.complete(this);
    }

    boolean isCancelled() {
        return signal.isDone();
    }

    /** Waits for that long, or until it is cancelled. */
    void pause(Duration duration) throws InterruptedException {
        try {
            await(new CompletableFuture<>(), duration);
        } catch (TimeoutException e) {
            return;
        } catch (ExecutionException e) {
            throw new IllegalStateException("nothing here can fail", e);
        }
    }

    /**
     * Waits until something is there, or until it is cancelled.
     *
     * @throws TimeoutException if it takes longer than the limit
     * @throws ExecutionException if what is waited for failed
     */
    void await(CompletableFuture<?> other, Duration limit)
            throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture.anyOf(signal, other).get(limit.toNanos(), TimeUnit.NANOSECONDS);
    }
}
