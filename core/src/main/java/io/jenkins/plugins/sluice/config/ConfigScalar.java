package io.jenkins.plugins.sluice.config;

import io.jenkins.plugins.sluice.problem.Location;

/** A single value. Its text is kept as written: {@code 1.10} stays {@code 1.10} where a text is wanted. */
public final class ConfigScalar extends ConfigNode {
    /** What YAML's core schema makes of the way a value is written. */
    public enum Kind {
        TEXT("a text"),
        BOOLEAN("a boolean"),
        INTEGER("a whole number"),
        DECIMAL("a number"),
        /** No value at all: {@code key:} or {@code null}. */
        NOTHING("no value");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private final String text;
    private final Kind kind;

    ConfigScalar(Location location, ConfigPath path, String text, Kind kind) {
        super(location, path);
        this.text = text;
        this.kind = kind;
    }

    /** The value as written, without quotes. */
    public String text() {
        return text;
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String described() {
        return kind == Kind.NOTHING ? kind.words : kind.words.replaceFirst("^a ", "the ") + " '" + text + "'";
    }

    @Override
    public boolean isBlank() {
        return kind == Kind.NOTHING || text.isBlank();
    }
}
