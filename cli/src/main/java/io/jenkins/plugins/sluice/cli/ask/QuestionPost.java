package io.jenkins.plugins.sluice.cli.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.sluice.run.Durations;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * The way of one question to the program that decides. It is sent again, with the same id and a new time, if nobody can be
 * reached or the other side has trouble of its own (429 and 5xx); never if it says no. Redirects are not followed.
 *
 * <p>One thread sends; any thread may cancel.
 */
public final class QuestionPost {

    private final Question question;
    private final WebhookKey key;
    private final PostOffice office;
    private final ResponseReader reader;
    private final Cancellation cancellation = new Cancellation();

    QuestionPost(Question question, WebhookKey key, PostOffice office) {
        this.question = question;
        this.key = key;
        this.office = office;
        this.reader = new ResponseReader(question, key, office.surroundings().clock());
    }

    /** Makes {@link #send} return {@link Reply.Cancelled} at once, also if it is called only later. From any thread. */
    public void cancel() {
        cancellation.cancel();
    }

    /**
     * Posts the question and waits for the reply, which with the default limits may take some three minutes, or up to seven if
     * the other side asks to wait.
     *
     * @throws InterruptedException if the thread is interrupted; the connection is given up
     */
    public Reply send() throws InterruptedException {
        Optional<String> reason = question.reasonAgainstUrl();
        if (reason.isPresent()) {
            return new Reply.Failed(reason.get());
        }
        URI uri = question.uri().orElseThrow();
        String why = "";
        for (int number = 1; number <= office.limits().attempts() && !cancellation.isCancelled(); number++) {
            Attempt attempt = attempt(uri);
            if (attempt instanceof Attempt.Ended ended) {
                return ended.reply();
            }
            if (attempt instanceof Attempt.Again again) {
                why = again.why();
                pause(number, again.after());
            }
        }
        return cancellation.isCancelled() ? new Reply.Cancelled() : new Reply.Failed(unreachable(why));
    }

    private Attempt attempt(URI uri) throws InterruptedException {
        CompletableFuture<HttpResponse<LimitedBody>> response =
                office.client().sendAsync(request(uri), head -> new LimitedBody());
        try {
            // Not by HttpRequest.timeout: that ends with the headers, and a body could take forever.
            cancellation.await(response, office.limits().response());
            return cancellation.isCancelled() ? new Attempt.Ended(new Reply.Cancelled()) : reader.read(response.get());
        } catch (TimeoutException e) {
            String limit = Durations.words(office.limits().response());
            return new Attempt.Again("no complete response within " + limit, Optional.empty());
        } catch (ExecutionException e) {
            // Not only I/O errors: HttpClient also stumbles over nonsense in headers.
            return new Attempt.Again(ConnectionTrouble.words(e), Optional.empty());
        } finally {
            response.cancel(true);
        }
    }

    private HttpRequest request(URI uri) {
        byte[] body = question.body().getBytes(UTF_8);
        return HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .header("user-agent", PostOffice.userAgent())
                .headers(key.sign(question.id(), office.surroundings().clock().instant(), body)
                        .flat())
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private void pause(int number, Optional<Duration> asked) throws InterruptedException {
        if (number < office.limits().attempts()) {
            double random = office.surroundings().random().getAsDouble();
            Duration pause = asked.orElseGet(() -> office.limits().pauseAfter(number, random));
            office.surroundings().pause().pause(pause, cancellation);
        }
    }

    private String unreachable(String why) {
        int attempts = office.limits().attempts();
        return question.host() + " cannot be reached after " + attempts + (attempts == 1 ? " attempt: " : " attempts: ")
                + why;
    }
}
