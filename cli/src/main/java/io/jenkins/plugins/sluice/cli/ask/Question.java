package io.jenkins.plugins.sluice.cli.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.sluice.problem.Printable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a program is asked.
 *
 * @param id tells it from all other questions; the answer must carry it too
 * @param url where to ask; may contain secrets, so only its {@link #host} is ever shown
 * @param body the question as JSON
 */
public record Question(String id, String url, String body) {

    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if the id {@linkplain WebhookKey#isId is none}
     */
    public Question {
        if (!WebhookKey.isId(id)) {
            throw new IllegalArgumentException("'" + id + "' is no id of a question");
        }
    }

    /** Why nobody can be asked at this URL, in words for people; empty if somebody can. */
    public Optional<String> reasonAgainstUrl() {
        Optional<URI> uri = uri();
        if (uri.isEmpty()) {
            return Optional.of("the url to ask is no http or https address with a host");
        }
        return uri.get().getRawUserInfo() == null
                ? Optional.empty()
                : Optional.of("the url to ask has a user or a password in it, which would not be sent");
    }

    /** Where to ask, without what may be secret: {@code https://decide.example.org}. */
    public String host() {
        return uri().map(
                        uri -> uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort()))
                .orElse("an invalid url");
    }

    /** The URL, unless {@code HttpClient} would not take it. */
    Optional<URI> uri() {
        try {
            URI uri = new URI(url);
            boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return http && uri.getHost() != null && uri.getPort() <= 0xFFFF ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /**
     * Why a message is no answer to this question, in words that go on after its name: {@code has no signature that
     * matches}. Empty if it was signed with the key, just now, and for this question. What it says is not looked at.
     *
     * @param headers all headers of the message
     * @param answer all bytes exactly as they came
     */
    public Optional<String> reasonAgainst(
            Map<String, List<String>> headers, byte[] answer, WebhookKey key, Instant now) {
        Optional<WebhookHeaders> signed = WebhookHeaders.from(headers);
        if (signed.isEmpty()) {
            return Optional.of("has not each of the headers webhook-id, webhook-timestamp and webhook-signature once");
        }
        return key.reasonAgainst(signed.get(), answer, now).or(() -> reasonAgainst(signed.get(), answer));
    }

    private Optional<String> reasonAgainst(WebhookHeaders genuine, byte[] answer) {
        if (!genuine.id().equals(id)) {
            return Optional.of("is for the question '" + Printable.of(genuine.id()) + "' and not for '" + id + "'");
        }
        // The question is signed with the same key and id: whoever sees it could send it back without knowing the key.
        return Arrays.equals(answer, body.getBytes(UTF_8)) ? Optional.of("is the question itself") : Optional.empty();
    }

    /** Without the secrets that may be in the URL. */
    @Override
    public String toString() {
        return "question " + id + " to " + host();
    }
}
