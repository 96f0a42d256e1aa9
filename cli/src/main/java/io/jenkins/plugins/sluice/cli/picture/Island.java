package io.jenkins.plugins.sluice.cli.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pipelines that lines connect, directly or not. Each is laid out by itself: it is quicker, and what has nothing to do with
 * each other does not push each other around.
 */
record Island(List<Integer> stages, List<Bundle> bundles) {
    private Island() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    /** Every stage is in one of them, and so is its pipeline; in the order of the plan. */
    static List<Island> of(Diagram diagram) {
        List<String> homes =
                diagram.frames().stream().map(Diagram.Frame::pipeline).toList();
        List<Bundle> bundles =
                diagram.bundles().stream().filter(b -> b.lines() > 0).toList();
        Map<String, String> parent = new HashMap<>();
        for (Bundle bundle : bundles) {
            String first = homes.get(bundle.before().get(0));
            bundle.stages().forEach(stage -> union(parent, first, homes.get(stage)));
        }
        Map<String, Island> islands = new LinkedHashMap<>();
        List<Island> byStage = new ArrayList<>();
        for (String home : homes) {
            Island island = islands.computeIfAbsent(top(parent, home), top -> new Island());
            island.stages.add(byStage.size());
            byStage.add(island);
        }
        bundles.forEach(bundle -> byStage.get(bundle.before().get(0)).bundles.add(bundle));
        return List.copyOf(islands.values());
    }

    private static void union(Map<String, String> parent, String one, String other) {
        String top = top(parent, one);
        String otherTop = top(parent, other);
        if (!top.equals(otherTop)) {
            parent.put(top, otherTop);
        }
    }

    private static String top(Map<String, String> parent, String pipeline) {
        String at = pipeline;
        for (String up = parent.get(at); up != null; up = parent.get(at)) {
            at = up;
        }
        return at;
    }
}
