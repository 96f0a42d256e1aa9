package io.jenkins.plugins.sluice.cli.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * What one start of the server knows its user by; 256 random bits each.
 *
 * @param token of the address that is printed
 * @param session of the cookie that the token is exchanged for
 * @param form of every form
 */
record Keys(String token, String session, String form) {

    private static final int BYTES = 32;

    static Keys random() {
        SecureRandom random = new SecureRandom();
        return new Keys(key(random), key(random), key(random));
    }

    private static String key(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Whether two keys are the same; the time tells nothing about them. */
    static boolean same(String key, String given) {
        return MessageDigest.isEqual(key.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
