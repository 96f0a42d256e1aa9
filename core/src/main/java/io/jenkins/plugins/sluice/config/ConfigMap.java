package io.jenkins.plugins.sluice.config;

import io.jenkins.plugins.sluice.problem.Location;
import io.jenkins.plugins.sluice.problem.Place;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Keys and values in the order in which they stand in the file. The getters are lenient: a value of the wrong kind counts
 * as absent, because {@link ShapeChecker} has reported it already.
 */
public final class ConfigMap extends ConfigNode {
    /** A key with its own location, and its value. */
    public record Entry(String key, Location keyLocation, ConfigNode value) {
        /** Where the key itself stands. */
        public Place keyPlace() {
            return new Place(keyLocation, value.path().toString());
        }
    }

    private final Map<String, Entry> entries;

    ConfigMap(Location location, ConfigPath path, Map<String, Entry> entries) {
        super(location, path);
        this.entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** A map without keys, at the place of another value. */
    public static ConfigMap empty(ConfigNode where) {
        return new ConfigMap(where.location(), where.path(), Map.of());
    }

    public Set<String> keys() {
        return entries.keySet();
    }

    /** Keys with their values, in file order. */
    public Iterable<Entry> entries() {
        return entries.values();
    }

    public int size() {
        return entries.size();
    }

    public Optional<Entry> entry(String key) {
        return Optional.ofNullable(entries.get(key));
    }

    public Optional<ConfigNode> get(String key) {
        return entry(key).map(Entry::value);
    }

    public Optional<ConfigMap> map(String key) {
        return get(key).flatMap(ConfigNode::asMap);
    }

    public Optional<ConfigScalar> scalar(String key) {
        return get(key).flatMap(ConfigNode::asScalar).filter(s -> s.kind() != ConfigScalar.Kind.NOTHING);
    }

    public Optional<String> text(String key) {
        return scalar(key).map(ConfigScalar::text);
    }

    /** A text, or empty text if the key is absent. */
    public String textOr(String key, String otherwise) {
        return text(key).orElse(otherwise);
    }

    public boolean flag(String key) {
        return text(key).map("true"::equalsIgnoreCase).orElse(false);
    }

    /** A whole number, if the key is there and holds one that fits. */
    public Optional<Integer> number(String key) {
        return scalar(key)
                .filter(s -> s.kind() == ConfigScalar.Kind.INTEGER && s.text().length() < 10)
                .map(s -> Integer.valueOf(s.text()));
    }

    /** The items of a list; a single value counts as a list of one. */
    public List<ConfigNode> items(String key) {
        return get(key).map(node -> node.asList().map(ConfigList::items).orElseGet(() -> List.of(node)))
                .orElse(List.of());
    }

    /** The scalar items of a list; a single value counts as a list of one. */
    public List<ConfigScalar> scalars(String key) {
        return items(key).stream()
                .flatMap(node -> node.asScalar().stream())
                .filter(s -> s.kind() != ConfigScalar.Kind.NOTHING)
                .toList();
    }

    /** The texts of a list; a single value counts as a list of one. */
    public List<String> texts(String key) {
        return scalars(key).stream().map(ConfigScalar::text).toList();
    }

    /** The entries of the map below a key, each value read by a function; a value that is no scalar is left out. */
    public <T> Map<String, T> scalarMap(String key, Function<ConfigScalar, T> read) {
        Map<String, T> result = new LinkedHashMap<>();
        map(key).ifPresent(map -> map.entries()
                .forEach(e -> e.value().asScalar().ifPresent(scalar -> result.put(e.key(), read.apply(scalar)))));
        return result;
    }

    @Override
    public String described() {
        return entries.isEmpty() ? "an empty map" : "a map";
    }

    @Override
    public boolean isBlank() {
        return entries.isEmpty();
    }
}
