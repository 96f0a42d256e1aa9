package io.jenkins.plugins.sluice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What holds for the decomposition of any order. */
class PlanProperties {
    /** A random graph of one of several characters: sparse, dense, layered, series-parallel, or a caterpillar. */
    static List<int[]> graph(long seed, int size) {
        Random random = new Random(seed);
        int kind = random.nextInt(5);
        double density = kind == 0 ? 1.5 / size : random.nextDouble() * random.nextDouble();
        int width = 1 + random.nextInt(8);
        List<int[]> needs = new ArrayList<>();
        for (int v = 0; v < size; v++) {
            List<Integer> own = new ArrayList<>();
            for (int u = 0; u < v; u++) {
                boolean edge =
                        switch (kind) {
                            case 2 -> u / width == v / width - 1 && random.nextInt(3) > 0;
                            case 3 -> u / width == v / width - 1;
                            case 4 -> u == v - 2 || (v % 2 == 0 && u == v - 1);
                            default -> random.nextDouble() < density;
                        };
                if (edge) {
                    own.add(u);
                }
            }
            needs.add(own.stream().mapToInt(Integer::intValue).toArray());
        }
        return shuffled(needs, random);
    }

    /** The same graph with the numbers mixed up, so that needs do not always have the smaller number. */
    private static List<int[]> shuffled(List<int[]> needs, Random random) {
        List<Integer> names = new ArrayList<>();
        for (int v = 0; v < needs.size(); v++) {
            names.add(v);
        }
        Collections.shuffle(names, random);
        int[][] renamed = new int[needs.size()][];
        for (int v = 0; v < needs.size(); v++) {
            renamed[names.get(v)] = Arrays.stream(needs.get(v)).map(names::get).toArray();
        }
        return List.of(renamed);
    }

    @Property(tries = 400)
    void everyNumberIsThereExactlyOnce(@ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int size) {
        List<Integer> seen = new ArrayList<>();
        Decomposition.of(Order.of(graph(seed, size))).forEachStage(seen::add);
        assertThat(seen).doesNotHaveDuplicates().hasSize(size);
    }

    @Property(tries = 400)
    void walkingTheTreeTakesTheCriticalPathAndNoLonger(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 200) int size) {
        List<int[]> needs = graph(seed, size);
        Random random = new Random(seed);
        long[] durations = random.longs(size, 1, 1_000).toArray();
        Order order = Order.of(needs);
        TreeClock clock = new TreeClock(durations);
        long makespan = Decomposition.of(order).accept(clock).applyAsLong(0);
        long[] criticalEnds = new long[size];
        for (int v : order.sorted()) {
            long start = Arrays.stream(needs.get(v))
                    .mapToLong(u -> criticalEnds[u])
                    .max()
                    .orElse(0);
            criticalEnds[v] = start + durations[v];
            assertThat(clock.starts()[v]).as("start of %d", v).isEqualTo(start);
        }
        assertThat(makespan).isEqualTo(Arrays.stream(criticalEnds).max().orElse(0));
    }

    @Property(tries = 200)
    void shortestNeedsGiveTheSameOrder(@ForAll long seed, @ForAll @IntRange(min = 1, max = 120) int size) {
        List<int[]> needs = graph(seed, size);
        Order order = Order.of(needs);
        int[] sorted = order.sorted();
        int[][] covers = new Covers(order).of(sorted);
        BitSet[] wanted = closure(order, needs);
        List<int[]> reduced = new ArrayList<>(Collections.nCopies(size, new int[0]));
        for (int i = 0; i < size; i++) {
            reduced.set(sorted[i], Arrays.stream(covers[i]).map(p -> sorted[p]).toArray());
        }
        assertThat(closure(order, reduced)).isEqualTo(wanted);
        for (int v = 0; v < size; v++) {
            for (int need : reduced.get(v)) {
                int own = v;
                assertThat(Arrays.stream(reduced.get(own)).filter(other -> wanted[other].get(need)))
                        .as("%d is implied", need)
                        .isEmpty();
            }
        }
    }

    private static BitSet[] closure(Order order, List<int[]> needs) {
        BitSet[] above = new BitSet[needs.size()];
        for (int v : order.sorted()) {
            above[v] = new BitSet();
            for (int need : needs.get(v)) {
                above[v].or(above[need]);
                above[v].set(need);
            }
        }
        return above;
    }

    @Property(tries = 100)
    void aMeshHoldsNothingThatCouldBeSplit(@ForAll long seed, @ForAll @IntRange(min = 1, max = 40) int size) {
        List<int[]> needs = graph(seed, size);
        Order order = Order.of(needs);
        BitSet[] above = closure(order, needs);
        check(Decomposition.of(order), above);
    }

    /** A mesh is connected both by what is ordered and by what is not. */
    private static void check(Block block, BitSet[] above) {
        for (Block part : Blocks.parts(block)) {
            check(part, above);
        }
        if (block instanceof Block.Mesh) {
            List<Integer> members = new ArrayList<>();
            block.forEachStage(members::add);
            assertThat(reached(members, above, true))
                    .as("parts that have nothing to do with each other")
                    .isEqualTo(members.size());
            assertThat(reached(members, above, false))
                    .as("parts that follow each other")
                    .isEqualTo(members.size());
        }
    }

    private static int reached(List<Integer> members, BitSet[] above, boolean ordered) {
        BitSet seen = new BitSet();
        List<Integer> open = new ArrayList<>(List.of(members.get(0)));
        seen.set(members.get(0));
        while (!open.isEmpty()) {
            int v = open.remove(open.size() - 1);
            for (int w : members) {
                boolean comparable = above[v].get(w) || above[w].get(v);
                if (!seen.get(w) && comparable == ordered) {
                    seen.set(w);
                    open.add(w);
                }
            }
        }
        return seen.cardinality();
    }
}
