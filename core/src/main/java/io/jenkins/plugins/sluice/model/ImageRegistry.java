package io.jenkins.plugins.sluice.model;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Tells by its name where an image comes from. */
final class ImageRegistry {
    private static final String DEFAULT = "docker.io";

    /** The id of an image that is there already: engines take no name for it. */
    private static final Pattern ID = Pattern.compile("(sha256:)?[0-9a-f]{64}");

    private ImageRegistry() {}

    /**
     * The host, with its port if the name has one; empty for an id, which comes from nowhere. The first part of a name is a
     * host if it has a dot, a colon or a capital letter or is {@code localhost}, as engines have it.
     */
    static Optional<String> of(String image) {
        if (ID.matcher(image).matches()) {
            return Optional.empty();
        }
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        boolean host = first.contains(".")
                || first.contains(":")
                || first.equals("localhost")
                || !first.equals(first.toLowerCase(Locale.ROOT));
        String name = host ? first : DEFAULT;
        return Optional.of(name.equals("index.docker.io") ? DEFAULT : name);
    }
}
