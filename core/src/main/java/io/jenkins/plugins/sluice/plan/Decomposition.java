package io.jenkins.plugins.sluice.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Turns an order into a tree of blocks. It splits into parallel parts where nothing connects them, into a sequence where
 * everything in one part comes before everything in the next, and leaves a mesh where neither is possible. No relation is
 * added or lost: two stages are ordered in the tree exactly if they are ordered in the input.
 */
final class Decomposition {
    /**
     * How deep the tree may get. Below, a mesh stands for what is left: it is exact for any order, nobody reads a tree that
     * deep, and the bound keeps adversarial inputs from costing quadratic time or the stack of whoever walks the tree.
     */
    static final int MAX_DEPTH = 100;

    private final Order order;

    /** The part that a number belongs to at the moment; edges to other parts do not count. */
    private final int[] part;

    private int parts;

    // Room to work in, made once: allocating it for every part would cost quadratic time in all.
    private final int[] component;
    private final Frontier frontier;
    private final Covers covers;

    private Decomposition(Order order) {
        this.order = order;
        this.part = new int[order.size()];
        this.component = new int[order.size()];
        this.frontier = new Frontier(order);
        this.covers = new Covers(order);
    }

    /** The tree of a whole order, which has at least one number. */
    static Block of(Order order) {
        return new Decomposition(order).block(order.sorted(), 0);
    }

    /** Decomposes some numbers, given with needs first. */
    private Block block(int[] members, int depth) {
        if (members.length == 1) {
            return new Block.Single(members[0]);
        }
        int own = ++parts;
        for (int v : members) {
            part[v] = own;
        }
        List<int[]> components = depth < MAX_DEPTH ? components(members, own) : List.of();
        if (components.size() > 1) {
            return new Block.Parallel(blocks(components, depth + 1));
        }
        List<int[]> segments = depth < MAX_DEPTH ? segments(members, own) : List.of();
        if (segments.size() > 1) {
            return new Block.Sequence(blocks(segments, depth + 1));
        }
        return new MeshBuilder(members, covers.of(members)).build();
    }

    private List<Block> blocks(List<int[]> memberLists, int depth) {
        List<Block> blocks = new ArrayList<>();
        memberLists.forEach(members -> blocks.add(block(members, depth)));
        return blocks;
    }

    /** What hangs together, in the order of the first member. */
    private List<int[]> components(int[] members, int own) {
        int[] sizes = new int[members.length];
        for (int v : members) {
            component[v] = -1;
        }
        int[] open = new int[members.length];
        int found = 0;
        for (int start : members) {
            if (component[start] >= 0) {
                continue;
            }
            int top = 0;
            open[top++] = start;
            component[start] = found;
            while (top > 0) {
                int v = open[--top];
                sizes[found]++;
                for (int[] neighbours : new int[][] {order.before(v), order.after(v)}) {
                    for (int w : neighbours) {
                        if (part[w] == own && component[w] < 0) {
                            component[w] = found;
                            open[top++] = w;
                        }
                    }
                }
            }
            found++;
        }
        return split(members, sizes, found);
    }

    private List<int[]> split(int[] members, int[] sizes, int count) {
        List<int[]> lists = new ArrayList<>();
        for (int c = 0; c < count; c++) {
            lists.add(new int[sizes[c]]);
        }
        int[] filled = new int[count];
        for (int v : members) {
            int c = component[v];
            lists.get(c)[filled[c]++] = v;
        }
        return lists;
    }

    /** The parts between the places where all that comes before is needed by all that comes after. */
    private List<int[]> segments(int[] members, int own) {
        List<int[]> segments = new ArrayList<>();
        frontier.begin(members, v -> part[v] == own);
        int from = 0;
        for (int i = 0; i < members.length; i++) {
            frontier.advance(members[i]);
            if (frontier.isCut() || i == members.length - 1) {
                segments.add(Arrays.copyOfRange(members, from, i + 1));
                from = i + 1;
            }
        }
        return segments;
    }
}
