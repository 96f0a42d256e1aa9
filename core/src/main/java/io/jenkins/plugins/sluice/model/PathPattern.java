package io.jenkins.plugins.sluice.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A glob over paths with {@code /}: {@code *} and {@code ?} stay within a segment, {@code **} spans any number of segments
 * (none included), <code>{a,b}</code> are alternatives. A pattern that names a directory also matches all that is below it.
 * Matching takes time in proportion to pattern times path, whatever the pattern: there is no backtracking to provoke.
 */
public final class PathPattern {
    private static final int MAX_ALTERNATIVES = 64;

    private final String text;
    private final List<String[]> alternatives;

    private PathPattern(String text, List<String[]> alternatives) {
        this.text = text;
        this.alternatives = alternatives;
    }

    /** Parses a pattern. Any text is one; braces that do not pair, or have too many alternatives, stand for themselves. */
    public static PathPattern parse(String text) {
        List<String[]> split = new ArrayList<>();
        for (String alternative : expand(text)) {
            String trimmed = alternative.startsWith("./") ? alternative.substring(2) : alternative;
            split.add(trimmed.split("/+"));
        }
        return new PathPattern(text, split);
    }

    /** Whether a path, or a directory above it, matches. */
    public boolean matches(String path) {
        String[] segments = path.split("/");
        return alternatives.stream().anyMatch(pattern -> matches(pattern, segments, true));
    }

    /** Whether the whole text matches; for branches, tags and other words. */
    public boolean matchesWhole(String word) {
        String[] segments = word.split("/", -1);
        return alternatives.stream().anyMatch(pattern -> matches(pattern, segments, false));
    }

    private static boolean matches(String[] pattern, String[] path, boolean orBelow) {
        boolean[] reached = new boolean[path.length + 1];
        reached[0] = true;
        for (String segment : pattern) {
            boolean[] next = new boolean[path.length + 1];
            boolean any = segment.equals("**");
            boolean here = segment.equals(".");
            for (int i = 0; i <= path.length; i++) {
                next[i] = (any || here)
                        ? reached[i] || (any && i > 0 && next[i - 1])
                        : i > 0 && reached[i - 1] && segmentMatches(segment, path[i - 1]);
            }
            reached = next;
        }
        if (!orBelow) {
            return reached[path.length];
        }
        for (int i = 0; i <= path.length; i++) {
            if (reached[i]) {
                return true;
            }
        }
        return false;
    }

    /** The classic two-pointer match: on a mismatch only the last star is tried again, one character further on. */
    private static boolean segmentMatches(String pattern, String word) {
        int p = 0;
        int w = 0;
        int star = -1;
        int resume = 0;
        while (w < word.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                resume = w;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == word.charAt(w))) {
                p++;
                w++;
            } else if (star >= 0) {
                p = star + 1;
                w = ++resume;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private static List<String> expand(String text) {
        List<String> done = new ArrayList<>();
        List<String> open = new ArrayList<>(List.of(text));
        while (!open.isEmpty()) {
            String next = open.remove(0);
            int start = next.indexOf('{');
            int end = next.indexOf('}', start + 1);
            if (start < 0 || end < 0 || next.lastIndexOf('{', end) != start) {
                done.add(next);
            } else {
                for (String choice : next.substring(start + 1, end).split(",", -1)) {
                    open.add(next.substring(0, start) + choice + next.substring(end + 1));
                }
            }
            if (done.size() + open.size() > MAX_ALTERNATIVES) {
                return List.of(text);
            }
        }
        return done;
    }

    /** The pattern as written. */
    @Override
    public String toString() {
        return text;
    }
}
