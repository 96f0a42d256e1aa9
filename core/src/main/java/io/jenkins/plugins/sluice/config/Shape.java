package io.jenkins.plugins.sluice.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a value may look like. One declaration ({@link Format}) made of shapes is the single source of the checks with their
 * messages ({@link ShapeChecker}), of the JSON Schema ({@link JsonSchema}) and of the reference in {@code docs/config.md}.
 */
public sealed interface Shape {
    /** How the shape is named in a message: {@code a list}. */
    String described();

    /** Kinds of single values. */
    enum TextKind {
        TEXT("a text", "one line, or a block after '|'"),
        BOOLEAN("true or false", "true or false"),
        INTEGER("a whole number of 1 or more", "a number such as 3"),
        COUNT("a whole number of 0 or more", "a number such as 3"),
        DURATION("a duration", "a number and a unit: 90s, 30m, 2h or 2d"),
        PATH("a path below the top of the repository", "a path such as services/api"),
        GLOB("a path pattern below the top of the repository", "a pattern such as target/*.jar"),
        NAME("a name", "a name such as unit"),
        ENV_NAME("the name of an environment variable", "a name such as API_URL");

        private final String words;
        private final String example;

        TextKind(String words, String example) {
            this.words = words;
            this.example = example;
        }

        /** What one may write instead. */
        String example() {
            return example;
        }
    }

    /** A single value. */
    record Text(TextKind kind) implements Shape {
        @Override
        public String described() {
            return kind.words;
        }
    }

    /** One of some words. */
    record Choice(List<String> words) implements Shape {
        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public String described() {
            return "one of " + String.join(", ", words);
        }
    }

    /** A list of values of one shape. */
    record ListOf(Shape item, boolean mayBeEmpty) implements Shape {
        @Override
        public String described() {
            return "a list";
        }
    }

    /** A map with keys that the user chooses. */
    record MapOf(TextKind keys, Shape value) implements Shape {
        @Override
        public String described() {
            return "a map";
        }
    }

    /** A map with known keys. {@code others} is the shape of the values of further keys, if there may be any. */
    record Keyed(String name, Map<String, Key> keys, Optional<Shape> others, boolean mayBeEmpty) implements Shape {
        public Keyed {
            keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        }

        @Override
        public String described() {
            return "a map";
        }
    }

    /** A known key: its shape, whether it must be there, and one line about it for the docs and for editors. */
    record Key(Shape shape, boolean required, String about) {}

    /** One of several shapes; the first that fits the kind of the value (and its keys) is the one it is held against. */
    record Either(List<Shape> shapes) implements Shape {
        public Either {
            shapes = List.copyOf(shapes);
        }

        @Override
        public String described() {
            List<String> words =
                    shapes.stream().map(Shape::described).distinct().toList();
            return String.join(" or ", words);
        }
    }

    /** A shape that contains itself. */
    record Later(String name, Supplier<Shape> shape) implements Shape {
        @Override
        public String described() {
            return shape.get().described();
        }
    }

    /** Anything at all. */
    record Anything() implements Shape {
        @Override
        public String described() {
            return "a value";
        }
    }

    static Shape text(TextKind kind) {
        return new Text(kind);
    }

    static Shape choice(String... words) {
        return new Choice(List.of(words));
    }

    static Shape listOf(Shape item) {
        return new ListOf(item, false);
    }

    static Shape mapOf(TextKind keys, Shape value) {
        return new MapOf(keys, value);
    }

    static Shape either(Shape... shapes) {
        return new Either(List.of(shapes));
    }

    /** A single value, or a list of such. */
    static Shape oneOrMore(Shape item) {
        return either(item, listOf(item));
    }

    /** Begins a map with known keys; its name is that of its definition in the JSON Schema. */
    static KeyedBuilder keyed(String name) {
        return new KeyedBuilder(name);
    }

    /** Collects the keys of a {@link Keyed}. */
    final class KeyedBuilder {
        private final String name;
        private final Map<String, Key> keys = new LinkedHashMap<>();
        private final List<Shape> others = new ArrayList<>();
        private boolean mayBeEmpty;

        private KeyedBuilder(String name) {
            this.name = name;
        }

        KeyedBuilder key(String key, Shape shape, String about) {
            keys.put(key, new Key(shape, false, about));
            return this;
        }

        KeyedBuilder required(String key, Shape shape, String about) {
            keys.put(key, new Key(shape, true, about));
            return this;
        }

        KeyedBuilder others(Shape shape) {
            others.add(shape);
            return this;
        }

        KeyedBuilder mayBeEmpty() {
            mayBeEmpty = true;
            return this;
        }

        Shape done() {
            return new Keyed(name, keys, others.stream().findFirst(), mayBeEmpty);
        }
    }
}
