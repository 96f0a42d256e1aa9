package io.jenkins.plugins.sluice.model;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Which stages do something with which paths; finds them without looking at each. */
final class FileIndex {
    private static final String TOP = ".";
    private static final BitSet NONE = new BitSet();

    private final Map<String, BitSet> byPath = new HashMap<>();
    private final Map<String, BitSet> byAncestor = new HashMap<>();

    /** Notes a stage. */
    void add(String path, int stage) {
        byPath.computeIfAbsent(path, p -> new BitSet()).set(stage);
        for (String above = parent(path); !above.isEmpty(); above = parent(above)) {
            byAncestor.computeIfAbsent(above, p -> new BitSet()).set(stage);
        }
    }

    /** The stages with the path itself, one below it or one above it. */
    BitSet touching(String path) {
        BitSet found = new BitSet();
        for (String at = path; !at.isEmpty(); at = parent(at)) {
            found.or(byPath.getOrDefault(at, NONE));
        }
        found.or(byAncestor.getOrDefault(path, NONE));
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
