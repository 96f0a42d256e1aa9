package io.jenkins.plugins.sluice.cli.ask;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The body of a response, of which no more than 64 KiB are read. Its bytes may be asked for once it is complete. */
final class LimitedBody implements BodySubscriber<LimitedBody> {

    static final int MOST_BYTES = 64 * 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<LimitedBody> complete = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;
    private boolean tooLong;

    @Override
    public CompletionStage<LimitedBody> getBody() {
        return complete;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        if (complete.isDone()) {
            return;
        }
        buffers.forEach(this::take);
        if (tooLong) {
            complete.complete(this);
        }
        if (subscription != null && tooLong) {
            subscription.cancel();
        } else if (subscription != null) {
            subscription.request(1);
        }
    }

    private void take(ByteBuffer buffer) {
        int room = MOST_BYTES - bytes.size();
        tooLong |= buffer.remaining() > room;
        byte[] part = new byte[Math.min(room, buffer.remaining())];
        buffer.get(part);
        bytes.writeBytes(part);
    }

    @Override
    public void onError(Throwable trouble) {
        complete.completeExceptionally(trouble);
    }

    @Override
    public void onComplete() {
        complete.complete(this);
    }

    /** Whether there was more than is kept. */
    boolean isTooLong() {
        return tooLong;
    }

    /** The bytes, or the first of them. */
    byte[] bytes() {
        return bytes.toByteArray();
    }
}
