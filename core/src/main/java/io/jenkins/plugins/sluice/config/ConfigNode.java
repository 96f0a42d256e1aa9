package io.jenkins.plugins.sluice.config;

import io.jenkins.plugins.sluice.problem.Location;
import io.jenkins.plugins.sluice.problem.Place;
import java.util.Optional;

/** A value as the user wrote it, with its place. Immutable. An aliased value has the location of its definition. */
public abstract sealed class ConfigNode permits ConfigScalar, ConfigList, ConfigMap {
    private final Location location;
    private final ConfigPath path;

    ConfigNode(Location location, ConfigPath path) {
        this.location = location;
        this.path = path;
    }

    /** Line, column and path of the value. */
    public Place place() {
        return new Place(location, path.toString());
    }

    Location location() {
        return location;
    }

    ConfigPath path() {
        return path;
    }

    /** The kind of value in words, such as {@code a list} or {@code the text 'x'}. */
    public abstract String described();

    /** Whether there is nothing in it: a list, map or text without content, or no value at all. */
    public abstract boolean isBlank();

    public Optional<ConfigScalar> asScalar() {
        return this instanceof ConfigScalar scalar ? Optional.of(scalar) : Optional.empty();
    }

    public Optional<ConfigList> asList() {
        return this instanceof ConfigList list ? Optional.of(list) : Optional.empty();
    }

    public Optional<ConfigMap> asMap() {
        return this instanceof ConfigMap map ? Optional.of(map) : Optional.empty();
    }
}
