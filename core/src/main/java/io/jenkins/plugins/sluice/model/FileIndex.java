package io.jenkins.plugins.sluice.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which stages do something with which paths; finds them without looking at each. */
final class FileIndex {
    private static final String TOP = ".";

    private final Map<String, List<Integer>> byPath = new HashMap<>();
    private final Map<String, List<Integer>> byAncestor = new HashMap<>();

    /** Notes a stage. Numbers come in rising order. */
    void add(String path, int stage) {
        put(byPath, path, stage);
        for (String above = parent(path); !above.isEmpty(); above = parent(above)) {
            put(byAncestor, above, stage);
        }
    }

    private static void put(Map<String, List<Integer>> map, String path, int stage) {
        List<Integer> stages = map.computeIfAbsent(path, p -> new ArrayList<>());
        if (stages.isEmpty() || stages.get(stages.size() - 1) != stage) {
            stages.add(stage);
        }
    }

    /** The stages with the path itself, one below it or one above it, each with the more precise of the two paths. */
    Map<Integer, String> touching(String path) {
        Map<Integer, String> found = new LinkedHashMap<>();
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            byPath.getOrDefault(at, List.of()).forEach(stage -> found.putIfAbsent(stage, path));
        }
        byAncestor.getOrDefault(path, List.of()).forEach(stage -> found.putIfAbsent(stage, path));
        return found;
    }

    /** The directory above; empty above the top. */
    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        if (slash > 0) {
            return path.substring(0, slash);
        }
        return path.equals(TOP) ? "" : TOP;
    }
}
