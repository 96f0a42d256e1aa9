package io.jenkins.plugins.sluice.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/** What PipelineLib's {@code $each} and {@code $merge} do with data. */
final class Comprehension {
    private Comprehension() {}

    /** The items of a list; those of a text are what stands between any of the characters of the delimiter. */
    static List<@Nullable Object> items(@Nullable Object in, String delimiters) {
        if (in instanceof List<?> list) {
            return new ArrayList<>(list);
        }
        return Collections.list(new StringTokenizer(Value.text(in), delimiters)).stream()
                .map(Object.class::cast)
                .toList();
    }

    /** The values of the variables for one item; with several variables the item is taken apart at blanks. */
    static Map<String, String> bind(List<String> variables, @Nullable Object item) {
        String text = Value.text(item);
        if (variables.size() == 1) {
            return Map.of(variables.get(0), text);
        }
        StringTokenizer parts = new StringTokenizer(text);
        if (parts.countTokens() < variables.size()) {
            throw new UnfitValueException("'" + text + "' has too few parts for the variables "
                    + String.join(", ", variables) + " of $each: " + parts.countTokens());
        }
        Map<String, String> bound = new LinkedHashMap<>();
        variables.forEach(variable -> bound.put(variable, parts.nextToken()));
        return bound;
    }

    /** Two lists one after the other, two maps of which the second wins, or two texts. */
    static Object merged(@Nullable Object one, @Nullable Object other) {
        if (one instanceof List<?> first && other instanceof List<?> second) {
            List<@Nullable Object> both = new ArrayList<>(first);
            both.addAll(second);
            return both;
        }
        if (one instanceof Map<?, ?> first && other instanceof Map<?, ?> second) {
            Map<Object, @Nullable Object> both = new LinkedHashMap<>(first);
            both.putAll(second);
            return both;
        }
        if (one instanceof List || one instanceof Map || other instanceof List || other instanceof Map) {
            throw new UnfitValueException(
                    "$merge and $with are of different kinds: " + kind(one) + " and " + kind(other));
        }
        return Value.text(one) + Value.text(other);
    }

    private static String kind(@Nullable Object data) {
        return data instanceof List ? "a list" : data instanceof Map ? "a map" : "a text";
    }
}
