package io.jenkins.plugins.sluice.plan;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The needs that are not implied by other needs, within a set of numbers. Graphs that people write need hardly any search,
 * because an implied need spans more than one level; where the search gets long after all, bit sets bound the work.
 */
final class Covers {
    /** Above this size bit sets would take too much memory; implied needs then stay, which is harmless. */
    private static final int MAX_FOR_BIT_SETS = 20_000;

    private static final int EFFORT_PER_MEMBER = 200;

    private final Order order;

    /** The position of a number among the members, or -1. */
    private final int[] position;

    private int[] level = {};
    private int[] seenBy = {};
    private long effort;

    Covers(Order order) {
        this.order = order;
        this.position = new int[order.size()];
        Arrays.fill(position, -1);
    }

    /** For each member, by position, the positions of the members that it needs and that no other need implies. */
    int[][] of(int[] members) {
        level = new int[members.length];
        seenBy = new int[members.length];
        effort = 0;
        int[][] needs = needs(members);
        return reduceBySearch(needs) || members.length > MAX_FOR_BIT_SETS ? needs : reduceByBitSets(needs);
    }

    private int[][] needs(int[] members) {
        for (int i = 0; i < members.length; i++) {
            position[members[i]] = i;
        }
        int[][] needs = new int[members.length][];
        for (int i = 0; i < members.length; i++) {
            needs[i] = Arrays.stream(order.before(members[i]))
                    .map(v -> position[v])
                    .filter(p -> p >= 0)
                    .toArray();
            for (int need : needs[i]) {
                level[i] = Math.max(level[i], level[need] + 1);
            }
        }
        for (int v : members) {
            position[v] = -1;
        }
        return needs;
    }

    /** Takes implied needs out, in place; false if that got too expensive and the needs are only partly reduced. */
    private boolean reduceBySearch(int[][] needs) {
        long limit = (long) EFFORT_PER_MEMBER * needs.length;
        for (int i = 0; i < needs.length && effort <= limit; i++) {
            if (needs[i].length > 1) {
                needs[i] = withoutImplied(i, needs);
            }
        }
        return effort <= limit;
    }

    private int[] withoutImplied(int i, int[][] needs) {
        int[] own = needs[i];
        int lowest = Arrays.stream(own).map(n -> level[n]).min().orElse(0);
        int mark = i + 1;
        int[] open = new int[16];
        int top = 0;
        for (int need : own) {
            if (level[need] > lowest) {
                open = pushed(open, top++, need);
            }
        }
        while (top > 0) {
            int v = open[--top];
            for (int w : needs[v]) {
                effort++;
                if (seenBy[w] != mark && level[w] >= lowest) {
                    seenBy[w] = mark;
                    open = pushed(open, top++, w);
                }
            }
        }
        return Arrays.stream(own).filter(n -> seenBy[n] != mark).toArray();
    }

    private static int[] pushed(int[] stack, int top, int value) {
        int[] roomy = top < stack.length ? stack : Arrays.copyOf(stack, stack.length * 2);
        roomy[top] = value;
        return roomy;
    }

    private int[][] reduceByBitSets(int[][] needs) {
        BitSet[] above = new BitSet[needs.length];
        for (int i = 0; i < needs.length; i++) {
            BitSet reached = new BitSet(i);
            int[] latestFirst = Arrays.stream(needs[i]).sorted().toArray();
            int[] kept = new int[latestFirst.length];
            int size = 0;
            for (int k = latestFirst.length - 1; k >= 0; k--) {
                int need = latestFirst[k];
                if (!reached.get(need)) {
                    kept[size++] = need;
                    reached.or(above[need]);
                    reached.set(need);
                }
            }
            above[i] = reached;
            needs[i] = Arrays.copyOf(kept, size);
        }
        return needs;
    }
}
