package io.jenkins.plugins.sluice.plan;

import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;

/** A partial order of numbers, given by edges without a cycle. Immutable. */
final class Order {
    private final int[][] before;
    private final int[][] after;
    private final int[] sorted;

    private Order(int[][] before, int[][] after, int[] sorted) {
        this.before = before;
        this.after = after;
        this.sorted = sorted;
    }

    /** The order in which each number comes after its needs. */
    static Order of(List<int[]> needs) {
        int n = needs.size();
        int[][] before = new int[n][];
        int[] outgoing = new int[n];
        for (int v = 0; v < n; v++) {
            before[v] = Arrays.stream(needs.get(v)).distinct().toArray();
            for (int need : before[v]) {
                outgoing[need]++;
            }
        }
        int[][] after = new int[n][];
        Arrays.setAll(after, v -> new int[outgoing[v]]);
        for (int v = n - 1; v >= 0; v--) {
            for (int need : before[v]) {
                after[need][--outgoing[need]] = v;
            }
        }
        return new Order(before, after, sort(before, after));
    }

    /** Needs first; among those that could come next, the smallest number: so the result is the same everywhere. */
    private static int[] sort(int[][] before, int[][] after) {
        int[] open = new int[before.length];
        PriorityQueue<Integer> ready = new PriorityQueue<>();
        for (int v = 0; v < before.length; v++) {
            open[v] = before[v].length;
            if (open[v] == 0) {
                ready.add(v);
            }
        }
        int[] sorted = new int[before.length];
        int size = 0;
        while (!ready.isEmpty()) {
            int v = ready.remove();
            sorted[size++] = v;
            for (int next : after[v]) {
                if (--open[next] == 0) {
                    ready.add(next);
                }
            }
        }
        if (size < sorted.length) {
            throw new IllegalArgumentException("the needs have a cycle");
        }
        return sorted;
    }

    int size() {
        return sorted.length;
    }

    /** All numbers, each after its needs. */
    int[] sorted() {
        return sorted.clone();
    }

    /** The direct needs of a number; not a copy. */
    int[] before(int v) {
        return before[v];
    }

    /** The numbers that directly need this one, ascending; not a copy. */
    int[] after(int v) {
        return after[v];
    }
}
