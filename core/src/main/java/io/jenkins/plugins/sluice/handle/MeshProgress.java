package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.plan.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which parts of meshes have finished: the one that finishes the last need of another part is followed by it. */
final class MeshProgress {
    private final Map<Integer, Set<Integer>> finished = new TreeMap<>();

    /** The positions of the parts that need no other. */
    static List<Integer> roots(Block.Mesh mesh) {
        List<Integer> roots = new ArrayList<>();
        for (int part = 0; part < mesh.parts().size(); part++) {
            if (mesh.needs().get(part).isEmpty()) {
                roots.add(part);
            }
        }
        return roots;
    }

    /** Takes note that a part has finished, and gives the positions of those whose last need it was. */
    List<Integer> finish(int number, Block.Mesh mesh, int part) {
        Set<Integer> done = finished.computeIfAbsent(number, n -> new TreeSet<>());
        List<Integer> ready = new ArrayList<>();
        if (!done.add(part)) {
            return ready;
        }
        for (int other = 0; other < mesh.parts().size(); other++) {
            List<Integer> needs = mesh.needs().get(other);
            if (needs.contains(part) && done.containsAll(needs)) {
                ready.add(other);
            }
        }
        return ready;
    }

    /** By mesh, for the written form. */
    Map<Integer, Set<Integer>> finished() {
        return finished;
    }
}
