package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.UnfitValueException;
import io.jenkins.plugins.sluice.model.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an action with every reference replaced. What does not fit is an {@link UnfitValueException} that names the
 * setting.
 */
record Resolved(Map<?, ?> map) {
    static Resolved of(@Nullable Object data) {
        if (data instanceof Map<?, ?> map) {
            return new Resolved(map);
        }
        throw new UnfitValueException("a map is expected, but this is '" + Value.text(data) + "'");
    }

    String text(String key) {
        Object data = map.get(key);
        if (data instanceof List || data instanceof Map) {
            throw new UnfitValueException(key + " is to be a text, but it is '" + Value.text(data) + "'");
        }
        return Value.text(data);
    }

    boolean flag(String key) {
        return !Value.isFalsy(map.get(key));
    }

    /** The items as texts; a text counts as one. */
    List<String> texts(String key) {
        Object data = map.get(key);
        if (data instanceof Map) {
            throw new UnfitValueException(key + " is to be a list, but it is '" + Value.text(data) + "'");
        }
        return data instanceof List<?> list
                ? list.stream().map(Value::text).toList()
                : Value.isFalsy(data) ? List.of() : List.of(Value.text(data));
    }

    Map<String, String> textMap(String key) {
        Object data = map.get(key);
        if (Value.isFalsy(data)) {
            return Map.of();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        if (!(data instanceof Map<?, ?> values)) {
            throw new UnfitValueException(key + " is to be a map, but it is '" + Value.text(data) + "'");
        }
        values.forEach((name, value) -> texts.put(String.valueOf(name), Value.text(value)));
        return texts;
    }

    Resolved map(String key) {
        return of(map.get(key));
    }
}
