package io.jenkins.plugins.sluice.cli.picture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Lines that may be drawn as one: all {@code after} wait for all {@code before}, and for nothing else. So whoever follows a
 * bundle from any of its beginnings to any of its ends sees a need that is there. Every line of a picture is in one bundle,
 * and lines of two bundles never lie upon each other.
 */
record Bundle(List<Integer> before, List<Integer> after) {
    Bundle {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** The bundles of a plan, in its order. The one of the stages that wait for nothing has no lines. */
    static List<Bundle> of(int[][] needs) {
        Map<List<Integer>, List<Integer>> byNeeds = new LinkedHashMap<>();
        for (int stage = 0; stage < needs.length; stage++) {
            List<Integer> before = Arrays.stream(needs[stage]).boxed().toList();
            byNeeds.computeIfAbsent(before, b -> new ArrayList<>()).add(stage);
        }
        List<Bundle> bundles = new ArrayList<>();
        byNeeds.forEach((before, after) -> bundles.add(new Bundle(before, after)));
        return bundles;
    }

    /** Whether the lines meet in a point, as those between two stages of a matrix do: else there would be a line for each pair. */
    boolean meets() {
        return before.size() > 1 && after.size() > 1;
    }

    /** How many lines there are to draw. */
    int lines() {
        return meets() ? before.size() + after.size() : before.size() * after.size();
    }

    /** The stages at both ends. */
    List<Integer> stages() {
        return Stream.concat(before.stream(), after.stream()).toList();
    }
}
