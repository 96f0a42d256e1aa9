package io.jenkins.plugins.sluice.cli.ask;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a secret is written down. No text from here contains it. */
final class WebhookSecret {

    private static final String PREFIX = "whsec_";

    /** Keys of the asymmetric scheme. The public one is no secret: who knew it could sign if it were taken for one. */
    private static final Pattern ASYMMETRIC = Pattern.compile("(?s)(whsk|whpk)_.*");

    private WebhookSecret() {}

    /** Why a text cannot be a secret; empty if it can. */
    static Optional<String> reasonAgainst(String secret) {
        if (secret.isBlank()) {
            return Optional.of("the secret is empty");
        }
        if (ASYMMETRIC.matcher(secret).matches()) {
            return Optional.of(
                    "the secret is a key of an asymmetric scheme; only shared secrets (whsec_…) are known here");
        }
        try {
            return bytes(secret).length == 0 ? Optional.of("the secret is empty behind " + PREFIX) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of("the secret begins with " + PREFIX + ", but what follows is no base64");
        }
    }

    /**
     * The bytes of a secret.
     *
     * @throws IllegalArgumentException if it begins with {@code whsec_} and goes on with anything but base64
     */
    static byte[] bytes(String secret) {
        String line = withoutLineEnd(secret);
        return line.startsWith(PREFIX)
                ? Base64.getDecoder().decode(line.substring(PREFIX.length()))
                : line.getBytes(StandardCharsets.UTF_8);
    }

    private static String withoutLineEnd(String secret) {
        int end = secret.length();
        while (end > 0 && (secret.charAt(end - 1) == '\n' || secret.charAt(end - 1) == '\r')) {
            end--;
        }
        return secret.substring(0, end);
    }
}
