package io.jenkins.plugins.sluice.model;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value that an action is given: a text with references, a list, a map, or one of PipelineLib's expressions that make a list
 * or join two values. Resolved, it is plain data: {@link String}, {@link Boolean}, {@link BigDecimal}, {@code null},
 * {@link List} and {@link Map} with texts as keys.
 */
public sealed interface Value {
    /** Where values of references come from. */
    @FunctionalInterface
    interface Scope {
        /** The text that a reference stands for. */
        String of(Reference reference);
    }

    /** A text. */
    record Text(Template template) implements Value {
        @Override
        public @Nullable Object resolve(Scope scope) {
            return template.resolve(scope::of);
        }

        @Override
        public void visit(Visitor visitor) {
            visitor.template(template);
        }

        @Override
        public @Nullable Object written() {
            return template.toString();
        }
    }

    /** A number, a boolean or nothing. */
    record Plain(@Nullable Object data) implements Value {
        @Override
        public @Nullable Object resolve(Scope scope) {
            return data;
        }

        @Override
        public void visit(Visitor visitor) {
            // holds no reference
        }

        @Override
        public @Nullable Object written() {
            return data;
        }
    }

    /** A list. */
    record Items(List<Value> values) implements Value {
        public Items {
            values = List.copyOf(values);
        }

        @Override
        public @Nullable Object resolve(Scope scope) {
            return list(value -> value.resolve(scope));
        }

        private List<@Nullable Object> list(Function<Value, @Nullable Object> function) {
            List<@Nullable Object> list = new ArrayList<>();
            values.forEach(value -> list.add(function.apply(value)));
            return list;
        }

        @Override
        public void visit(Visitor visitor) {
            values.forEach(value -> value.visit(visitor));
        }

        @Override
        public @Nullable Object written() {
            return list(Value::written);
        }
    }

    /** A map; keys are texts with references, too. */
    record Entries(Map<Template, Value> values) implements Value {
        public Entries {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public @Nullable Object resolve(Scope scope) {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            values.forEach((key, value) -> map.put(key.resolve(scope::of), value.resolve(scope)));
            return map;
        }

        @Override
        public void visit(Visitor visitor) {
            values.forEach((key, value) -> {
                visitor.template(key);
                value.visit(visitor);
            });
        }

        @Override
        public @Nullable Object written() {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            values.forEach((key, value) -> map.put(key.toString(), value.written()));
            return map;
        }
    }

    /**
     * {@code $each}: one value for each item of a list, or of a text cut into pieces.
     *
     * @param variables what an item is called in {@code yield}; several take the item apart at blanks
     * @param each what is made of an item
     */
    record Each(List<String> variables, Value in, Template delimiter, Value each) implements Value {
        public Each {
            variables = List.copyOf(variables);
        }

        @Override
        public @Nullable Object resolve(Scope scope) {
            List<@Nullable Object> all = new ArrayList<>();
            for (@Nullable Object item : Comprehension.items(in.resolve(scope), delimiter.resolve(scope::of))) {
                Map<String, String> bound = Comprehension.bind(variables, item);
                all.add(each.resolve(reference -> {
                    @Nullable String value = bound.get(reference.ownName().orElse(""));
                    return value == null ? scope.of(reference) : reference.orFallback(value);
                }));
            }
            return all;
        }

        @Override
        public void visit(Visitor visitor) {
            in.visit(visitor);
            visitor.template(delimiter);
            each.visit(visitor.inside(Set.copyOf(variables)));
        }

        @Override
        public @Nullable Object written() {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("$each", variables.size() == 1 ? variables.get(0) : variables);
            map.put("$in", in.written());
            map.put("$delimiter", delimiter.toString());
            map.put("$yield", each.written());
            return map;
        }
    }

    /** {@code $merge} … {@code $with}: two lists one after the other, two maps of which the second wins, or two texts. */
    record Merge(Value one, Value other) implements Value {
        @Override
        public @Nullable Object resolve(Scope scope) {
            return Comprehension.merged(one.resolve(scope), other.resolve(scope));
        }

        @Override
        public void visit(Visitor visitor) {
            one.visit(visitor);
            other.visit(visitor);
        }

        @Override
        public @Nullable Object written() {
            Map<String, @Nullable Object> map = new LinkedHashMap<>();
            map.put("$merge", one.written());
            map.put("$with", other.written());
            return map;
        }
    }

    /** The data that it stands for. */
    @Nullable
    Object resolve(Scope scope);

    /** Shows every text in it to a visitor. */
    void visit(Visitor visitor);

    /** The data as the author sees it, references included. */
    @Nullable
    Object written();

    /** Is shown the texts of a value. */
    interface Visitor {
        void template(Template template);

        /** The visitor for what is repeated with some loop variables, which the author of the file has named. */
        Visitor inside(Set<String> variables);
    }

    /** Collects every text. */
    record Collector(List<Template> found) implements Visitor {
        @Override
        public void template(Template template) {
            found.add(template);
        }

        @Override
        public Visitor inside(Set<String> variables) {
            return this;
        }
    }

    /** A text as PipelineLib writes any data into one: lists as {@code [a, b]}, maps as {@code [a:b]}. */
    static String text(@Nullable Object data) {
        if (data instanceof List<?> list) {
            return list.stream().map(Value::shown).collect(Collectors.joining(", ", "[", "]"));
        }
        if (data instanceof Map<?, ?> map) {
            return map.isEmpty()
                    ? "[:]"
                    : map.entrySet().stream()
                            .map(e -> e.getKey() + ":" + shown(e.getValue()))
                            .collect(Collectors.joining(", ", "[", "]"));
        }
        return data == null ? "" : data instanceof BigDecimal number ? number.toPlainString() : data.toString();
    }

    private static String shown(@Nullable Object data) {
        return data == null ? "null" : text(data);
    }

    /** Whether PipelineLib takes data for absent: nothing, {@code false}, zero, and what is empty. */
    static boolean isFalsy(@Nullable Object data) {
        if (data instanceof BigDecimal number) {
            return number.signum() == 0;
        }
        return data == null
                || data.equals(false)
                || (data instanceof String text && text.isEmpty())
                || (data instanceof List<?> list && list.isEmpty())
                || (data instanceof Map<?, ?> map && map.isEmpty());
    }
}
