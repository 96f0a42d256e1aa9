package io.jenkins.plugins.sluice.plan;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Builds a mesh, with whatever in it is plainly sequential or parallel folded into one part. Two parts are folded into a
 * sequence if each is the other's only neighbour on that side, and into a parallel if they have the same needs and the
 * same dependents: to everyone else both look like one, so no relation changes.
 */
final class MeshBuilder {
    /** Folding looks at everything again each time; deeper nesting than this stays unfolded, which is still exact. */
    private static final int MAX_ROUNDS = 50;

    private static final class Part {
        private Block block;
        private final SortedSet<Integer> needs = new TreeSet<>();
        private final SortedSet<Integer> dependents = new TreeSet<>();

        Part(Block block) {
            this.block = block;
        }
    }

    private final TreeMap<Integer, Part> parts = new TreeMap<>();

    /**
     * Begins with one part for each member.
     *
     * @param covers for each member the positions of those that it directly needs
     */
    MeshBuilder(int[] members, int[][] covers) {
        for (int i = 0; i < members.length; i++) {
            Part part = new Part(new Block.Single(members[i]));
            parts.put(i, part);
            for (int need : covers[i]) {
                part.needs.add(need);
                part(need).dependents.add(i);
            }
        }
    }

    private Part part(int key) {
        return Objects.requireNonNull(parts.get(key));
    }

    Block build() {
        boolean folded = true;
        for (int round = 0; folded && round < MAX_ROUNDS; round++) {
            boolean chains = foldChains();
            folded = foldTwins() || chains;
        }
        if (parts.size() == 1) {
            return part(parts.firstKey()).block;
        }
        List<Integer> keys = List.copyOf(parts.keySet());
        Map<Integer, Integer> positions = new HashMap<>();
        keys.forEach(key -> positions.put(key, positions.size()));
        List<Block> blocks = new ArrayList<>();
        List<List<Integer>> needs = new ArrayList<>();
        for (Part part : parts.values()) {
            blocks.add(part.block);
            needs.add(part.needs.stream()
                    .map(n -> Objects.requireNonNull(positions.get(n)))
                    .toList());
        }
        return new Block.Mesh(blocks, needs);
    }

    private boolean foldChains() {
        boolean folded = false;
        for (int key : List.copyOf(parts.keySet())) {
            Part first = parts.get(key);
            while (first != null && first.dependents.size() == 1) {
                int nextKey = first.dependents.first();
                Part next = part(nextKey);
                if (next.needs.size() != 1) {
                    break;
                }
                first.block = new Block.Sequence(joined(first.block, next.block, true));
                first.dependents.clear();
                first.dependents.addAll(next.dependents);
                replace(next, nextKey, key);
                folded = true;
            }
        }
        return folded;
    }

    private void replace(Part gone, int goneKey, int key) {
        for (int dependent : gone.dependents) {
            part(dependent).needs.remove(goneKey);
            part(dependent).needs.add(key);
        }
        parts.remove(goneKey);
    }

    private boolean foldTwins() {
        Map<List<SortedSet<Integer>>, List<Integer>> alike = new HashMap<>();
        parts.forEach((key, part) -> alike.computeIfAbsent(
                        List.of(new TreeSet<>(part.needs), new TreeSet<>(part.dependents)), k -> new ArrayList<>())
                .add(key));
        List<List<Integer>> twins = alike.values().stream()
                .filter(keys -> keys.size() > 1)
                .sorted(Comparator.comparing(keys -> keys.get(0)))
                .toList();
        twins.forEach(this::foldIntoFirst);
        return !twins.isEmpty();
    }

    private void foldIntoFirst(List<Integer> keys) {
        Part first = part(keys.get(0));
        List<Block> blocks = new ArrayList<>();
        for (int key : keys) {
            blocks.addAll(flattened(part(key).block, false));
        }
        first.block = new Block.Parallel(blocks);
        for (int key : keys.subList(1, keys.size())) {
            first.needs.forEach(need -> part(need).dependents.remove(key));
            first.dependents.forEach(dependent -> part(dependent).needs.remove(key));
            parts.remove(key);
        }
    }

    private static List<Block> joined(Block one, Block other, boolean sequence) {
        List<Block> blocks = new ArrayList<>(flattened(one, sequence));
        blocks.addAll(flattened(other, sequence));
        return blocks;
    }

    private static List<Block> flattened(Block block, boolean sequence) {
        if (sequence && block instanceof Block.Sequence s) {
            return s.parts();
        }
        return !sequence && block instanceof Block.Parallel p ? p.parts() : List.of(block);
    }
}
