package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.problem.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A secret that a stage asks for.
 *
 * @param id what the host knows it by
 * @param type its kind
 * @param variables which part of it goes into which environment variable
 * @param place where the file asks for it
 */
public record Credential(String id, Type type, Map<Part, String> variables, Place place) {
    public Credential {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /** Kinds of secrets. */
    public enum Type {
        SECRET_TEXT("secretText"),
        USERNAME_PASSWORD("usernamePassword"),
        SSH_KEY("sshKey"),
        FILE("file");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        static Type of(String word) {
            for (Type type : values()) {
                if (type.word.equals(word)) {
                    return type;
                }
            }
            return SECRET_TEXT;
        }
    }

    /** Parts of a secret. */
    public enum Part {
        TEXT,
        USERNAME,
        PASSWORD,
        /** A file whose path goes into the variable. */
        FILE
    }

    /**
     * The name by which a part is looked up in a secrets file; with the prefix {@code SLUICE_SECRET_} also in the
     * environment: the id in capitals, with {@code _} for everything that is no letter or digit, and the part if there is
     * more than one.
     */
    public String lookupName(Part part) {
        String name = id.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
        return switch (part) {
            case TEXT, FILE -> name;
            case USERNAME -> name + "_USERNAME";
            case PASSWORD -> name + "_PASSWORD";
        };
    }
}
