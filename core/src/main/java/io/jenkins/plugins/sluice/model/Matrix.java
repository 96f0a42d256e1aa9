package io.jenkins.plugins.sluice.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Axes of values; a copy of a pipeline or a stage is made for each combination.
 *
 * @param axes names with their values, in the order of the file
 * @param exclude combinations to leave out; one that names some axes leaves out all that agree with it
 * @param include combinations to add at the end
 */
public record Matrix(
        Map<String, List<String>> axes, List<Map<String, String>> exclude, List<Map<String, String>> include) {
    /** The most combinations that one matrix may have. */
    public static final int MAX_COMBINATIONS = 1_000;

    public Matrix {
        Map<String, List<String>> copy = new LinkedHashMap<>();
        axes.forEach((name, values) -> copy.put(name, List.copyOf(values)));
        axes = Collections.unmodifiableMap(copy);
        exclude = List.copyOf(exclude);
        include = List.copyOf(include);
    }

    /** How many combinations the axes have before exclusions, at most {@link Integer#MAX_VALUE}. */
    long size() {
        long product = axes.isEmpty() ? 0 : 1;
        for (List<String> values : axes.values()) {
            product = Math.min(product * values.size(), Integer.MAX_VALUE);
        }
        return product + include.size();
    }

    /** All names that {@code ${matrix.…}} can have. */
    public List<String> names() {
        List<String> names = new ArrayList<>(axes.keySet());
        include.forEach(
                row -> row.keySet().stream().filter(n -> !names.contains(n)).forEach(names::add));
        return names;
    }

    /** The combinations, the last axis changing fastest. Call only if {@link #size} is within the limit. */
    public List<Map<String, String>> combinations() {
        List<Map<String, String>> rows = new ArrayList<>();
        if (!axes.isEmpty()) {
            rows.add(Map.of());
        }
        for (Map.Entry<String, List<String>> axis : axes.entrySet()) {
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> row : rows) {
                for (String value : axis.getValue()) {
                    Map<String, String> extended = new LinkedHashMap<>(row);
                    extended.put(axis.getKey(), value);
                    longer.add(extended);
                }
            }
            rows = longer;
        }
        rows = new ArrayList<>(new LinkedHashSet<>(rows));
        rows.removeIf(row -> exclude.stream().anyMatch(e -> row.entrySet().containsAll(e.entrySet())));
        for (Map<String, String> row : include) {
            if (!rows.contains(row)) {
                rows.add(row);
            }
        }
        return List.copyOf(rows);
    }

    /** How a combination is shown in the name of a copy: {@code [node=18,os=linux]}. */
    public static String label(Map<String, String> combination) {
        StringBuilder label = new StringBuilder();
        combination.forEach((name, value) -> label.append(label.isEmpty() ? "[" : ",")
                .append(name)
                .append('=')
                .append(quoted(value)));
        return label.isEmpty() ? "" : label.append(']').toString();
    }

    /** In quotes if it could be mistaken for more than a value, so that different combinations never look alike. */
    private static String quoted(String value) {
        return value.chars().anyMatch(c -> ",=[]\"/".indexOf(c) >= 0) || value.isEmpty()
                ? '"' + value.replace("\"", "\\\"") + '"'
                : value;
    }
}
