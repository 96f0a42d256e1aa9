package io.jenkins.plugins.sluice.cli.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells what a response means. An answer counts only if it is signed; that it came over our own connection proves nothing. */
final class ResponseReader {

    private static final int LONGEST_WAIT_SECONDS = 60;
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private final Question question;
    private final WebhookKey key;
    private final Clock clock;

    ResponseReader(Question question, WebhookKey key, Clock clock) {
        this.question = question;
        this.key = key;
        this.clock = clock;
    }

    Attempt read(HttpResponse<LimitedBody> response) {
        int status = response.statusCode();
        if (status == 200) {
            return new Attempt.Ended(answer(response));
        }
        if (status == 202 || status == 204) {
            return new Attempt.Ended(new Reply.Later());
        }
        if (status == 429 || status >= 500) {
            return new Attempt.Again("it says " + said(response), wait(response.headers()));
        }
        if (status >= 400) {
            return Attempt.Ended.failed(question.host() + " refuses the question: " + said(response));
        }
        return Attempt.Ended.failed(question.host()
                + (status >= 300
                        ? " redirects the question (" + status + "), which is not followed: ask at the final url"
                        : " responds with " + status + "; only 200, 202 and 204 mean something here"));
    }

    private Reply answer(HttpResponse<LimitedBody> response) {
        byte[] bytes = response.body().bytes();
        if (response.body().isTooLong()) {
            return failed("is longer than " + LimitedBody.MOST_BYTES / 1024 + " KiB");
        }
        String text = new String(bytes, UTF_8);
        if (text.isBlank()) {
            return new Reply.Later();
        }
        Optional<String> reason = question.reasonAgainst(response.headers().map(), bytes, key, clock.instant());
        if (reason.isPresent()) {
            return failed("is not signed with the secret: it " + reason.get());
        }
        return Arrays.equals(bytes, text.getBytes(UTF_8)) ? new Reply.Answered(text) : failed("is not in UTF-8");
    }

    private Reply failed(String what) {
        return new Reply.Failed("the answer " + what + " (from " + question.host() + ")");
    }

    private static String said(HttpResponse<LimitedBody> response) {
        String excerpt = Excerpt.of(new String(response.body().bytes(), UTF_8));
        return response.statusCode() + (excerpt.isEmpty() ? "" : ": " + excerpt);
    }

    /** What is asked for in seconds, but no more than a minute. A date would depend on the clock over there. */
    private static Optional<Duration> wait(HttpHeaders headers) {
        return headers.firstValue("retry-after")
                .filter(value -> SECONDS.matcher(value).matches())
                .map(value -> Duration.ofSeconds(Math.min(Integer.parseInt(value), LONGEST_WAIT_SECONDS)));
    }
}
