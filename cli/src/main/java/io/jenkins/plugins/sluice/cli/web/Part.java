package io.jenkins.plugins.sluice.cli.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A part of a page that the script puts in place of the old one when it has changed.
 *
 * @param id unique on the page
 * @param css its class
 * @param body what is in it
 */
record Part(String id, String css, Html body) {

    private static final int LENGTH = 16;

    /** The element itself. */
    void writeTo(Html out) {
        out.open("section", "id", id, "class", css, "data-version", version(body.toString()))
                .add(body)
                .close("section");
    }

    /** A short mark that another text does not have. */
    static String version(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
