package io.jenkins.plugins.sluice.report;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A secret in base64, alone or amidst other bytes as in {@code user:secret}.
 *
 * <p>Base64 writes three bytes as four characters. What a secret looks like thus depends on where it begins, modulo
 * three; and the characters at its two ends mix its bits with those of its neighbours. The forms hold only what is sure
 * to be there, so that at most four bits remain to be seen at each end.
 */
final class Base64Forms {

    /** Where {@code base64} and MIME break their lines, and where PEM does. */
    private static final int[] LINE_LENGTHS = {76, 64};

    private final byte[] secret;
    private final Set<String> forms = new LinkedHashSet<>();

    private Base64Forms(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    static Set<String> of(String secret) {
        Base64Forms forms = new Base64Forms(secret);
        for (int before = 0; before < 3; before++) {
            forms.add(before);
        }
        return forms.forms;
    }

    private void add(int bytesBefore) {
        byte[] bytes = new byte[bytesBefore + secret.length];
        System.arraycopy(secret, 0, bytes, bytesBefore, secret.length);
        String encoded = Base64.getEncoder().encodeToString(bytes);
        int first = (bytesBefore * 8 + 5) / 6; // rounded up: a character that is half a neighbour's does not count
        int last = bytes.length * 8 / 6; // rounded down, for the same reason
        String sure = encoded.substring(first, last);
        addBoth(sure);
        addBoth(encoded.substring(first)); // nothing follows, so that the end is sure too
        addBoth(encoded.substring(first).replace("=", ""));
        if (bytesBefore == 0) {
            Arrays.stream(LINE_LENGTHS).forEach(length -> addLines(sure, length));
        }
    }

    private void addLines(String encoded, int length) {
        if (encoded.length() <= length) {
            return; // one line
        }
        for (int i = 0; i < encoded.length(); i += length) {
            addBoth(encoded.substring(i, Math.min(i + length, encoded.length())));
        }
    }

    private void addBoth(String standard) {
        forms.add(standard);
        forms.add(standard.replace('+', '-').replace('/', '_'));
    }
}
