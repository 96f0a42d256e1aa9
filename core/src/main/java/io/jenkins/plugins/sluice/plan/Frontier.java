package io.jenkins.plugins.sluice.plan;

import java.util.function.IntPredicate;

/**
 * Moves numbers one by one from "after" to "before" and knows at each point whether everything before is needed by everything
 * after. It counts the edges between the last ones before (needed by none of those before) and the first ones after (needing
 * none of those after): such an edge is never implied by others, so the order is complete across the point exactly if
 * every such pair has its edge. Each edge is looked at a constant number of times in all.
 */
final class Frontier {
    private final Order order;
    private final int[] openNeeds;
    private final boolean[] last;
    private final boolean[] first;
    private IntPredicate member = v -> false;
    private long lasts;
    private long firsts;
    private long edges;

    Frontier(Order order) {
        this.order = order;
        this.openNeeds = new int[order.size()];
        this.last = new boolean[order.size()];
        this.first = new boolean[order.size()];
    }

    /** Puts some numbers after, and nothing before. */
    void begin(int[] members, IntPredicate isMember) {
        member = isMember;
        lasts = 0;
        firsts = 0;
        edges = 0;
        for (int v : members) {
            openNeeds[v] = count(order.before(v), p -> true);
            last[v] = false;
            first[v] = openNeeds[v] == 0;
            firsts += first[v] ? 1 : 0;
        }
    }

    /** Moves a number whose needs have all been moved. */
    void advance(int v) {
        first[v] = false;
        firsts--;
        edges -= count(order.before(v), p -> last[p]);
        for (int need : order.before(v)) {
            if (member.test(need) && last[need]) {
                last[need] = false;
                lasts--;
                edges -= count(order.after(need), s -> first[s]);
            }
        }
        last[v] = true;
        lasts++;
        for (int next : order.after(v)) {
            if (member.test(next) && --openNeeds[next] == 0) {
                first[next] = true;
                firsts++;
                edges += count(order.before(next), p -> last[p]);
            }
        }
    }

    /** Whether everything moved so far comes before everything else, and there is something else. */
    boolean isCut() {
        return firsts > 0 && edges == lasts * firsts;
    }

    private int count(int[] numbers, IntPredicate counts) {
        int n = 0;
        for (int v : numbers) {
            if (member.test(v) && counts.test(v)) {
                n++;
            }
        }
        return n;
    }
}
