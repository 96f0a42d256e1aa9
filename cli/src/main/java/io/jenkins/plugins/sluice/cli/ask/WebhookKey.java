package io.jenkins.plugins.sluice.cli.ask;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.sluice.run.Durations;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages and judges signatures by the rules of Standard Webhooks 1.0.0, with a secret that both sides share:
 * HMAC-SHA256 over id, time and body. Immutable and safe for threads; never shows the secret.
 */
public final class WebhookKey {

    /** How far the time of a signature may be from now, in both directions. */
    public static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** The name of the one scheme we know; the asymmetric one is {@code v1a}. */
    private static final String SCHEME = "v1,";

    private static final String ALGORITHM = "HmacSHA256";

    /** No dot: else a part of the id could pass for the time, or a part of the time for the body. */
    private static final Pattern ID = Pattern.compile("[!-~&&[^.]]{1,200}");

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private final SecretKey key;

    private WebhookKey(SecretKey key) {
        this.key = key;
    }

    /** Why a text cannot be a secret, for people and without the secret; empty if it can. */
    public static Optional<String> reasonAgainstSecret(String secret) {
        return WebhookSecret.reasonAgainst(secret);
    }

    /**
     * The key that a secret stands for: {@code whsec_} and base64, else the text itself in UTF-8. Line breaks at the end do
     * not count, as a secret may come from a file.
     *
     * @throws IllegalArgumentException if there is a {@linkplain #reasonAgainstSecret reason against} it
     */
    public static WebhookKey of(String secret) {
        reasonAgainstSecret(secret).ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        return new WebhookKey(new SecretKeySpec(WebhookSecret.bytes(secret), ALGORITHM));
    }

    /** Whether a text can be an id: up to 200 visible ASCII characters, but for dots. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * The headers for a message.
     *
     * @param now the time of this very attempt to send it
     * @throws IllegalArgumentException if the id {@linkplain #isId is none}
     */
    public WebhookHeaders sign(String id, Instant now, byte[] body) {
        if (!isId(id)) {
            throw new IllegalArgumentException("'" + id + "' is no id of a message");
        }
        String timestamp = Long.toString(now.getEpochSecond());
        return new WebhookHeaders(id, timestamp, signature(id, timestamp, body));
    }

    /**
     * Why a message is not to be believed, in words that go on after its name: {@code has no signature that matches}. Empty
     * if it was signed with this key within {@link #TOLERANCE}. Whether the id is the right one is left to the caller.
     *
     * @param body all bytes exactly as they came
     */
    public Optional<String> reasonAgainst(WebhookHeaders headers, byte[] body, Instant now) {
        if (!isId(headers.id())) {
            return Optional.of("has a webhook-id that is none");
        }
        if (!SECONDS.matcher(headers.timestamp()).matches()) {
            return Optional.of("has a webhook-timestamp that is no number of seconds");
        }
        // Over the time as it was written: to write it anew could change it.
        String right = signature(headers.id(), headers.timestamp(), body);
        if (!contains(headers.signature(), right)) {
            return Optional.of("has no signature that matches");
        }
        return tooFar(Instant.ofEpochSecond(Long.parseLong(headers.timestamp())), now);
    }

    /** Takes the same time whichever signature matches, and however much of one does. */
    private static boolean contains(String signatures, String right) {
        boolean found = false;
        for (String signature : signatures.split(" ", -1)) {
            found |= MessageDigest.isEqual(right.getBytes(UTF_8), signature.getBytes(UTF_8));
        }
        return found;
    }

    private static Optional<String> tooFar(Instant signed, Instant now) {
        Duration age = Duration.between(signed, now);
        if (age.abs().compareTo(TOLERANCE) <= 0) {
            return Optional.empty();
        }
        String words = Durations.words(age.abs());
        return Optional.of((age.isNegative() ? "was signed " + words + " ahead of" : "was signed " + words + " behind")
                + " the clock here; up to " + Durations.words(TOLERANCE) + " are accepted");
    }

    private String signature(String id, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + timestamp + ".").getBytes(UTF_8));
            return SCHEME + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
