package io.jenkins.plugins.sluice.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The stages of a file as numbers in file order, and for each the stages it directly needs. A pipeline's {@code needs} are
 * edges from the last ordinary stages of one pipeline to the first ones of the other. Needs that name nothing are left out.
 */
public final class StageGraph {
    private final List<StageRef> stages = new ArrayList<>();
    private final Map<StageRef, Integer> numbers = new HashMap<>();
    private final List<int[]> needs = new ArrayList<>();

    private StageGraph() {}

    /** The graph of a file, pipelines' needs included. */
    public static StageGraph of(PipelineFile file) {
        StageGraph graph = new StageGraph();
        file.pipelines().forEach(p -> p.stages().forEach(s -> graph.number(new StageRef(p.name(), s.name()))));
        for (Pipeline pipeline : file.pipelines()) {
            Set<Integer> before = graph.lastOf(pipeline, file);
            for (Stage stage : pipeline.stages()) {
                Set<Integer> all = new LinkedHashSet<>();
                boolean first = true;
                for (Need need : stage.flow().needs()) {
                    first &= !need.stage().pipeline().equals(pipeline.name());
                    Optional.ofNullable(graph.numbers.get(need.stage())).ifPresent(all::add);
                }
                if (first) {
                    all.addAll(before);
                }
                graph.needs.add(all.stream().mapToInt(Integer::intValue).toArray());
            }
        }
        return graph;
    }

    private void number(StageRef ref) {
        if (numbers.putIfAbsent(ref, stages.size()) == null) {
            stages.add(ref);
        }
    }

    private Set<Integer> lastOf(Pipeline pipeline, PipelineFile file) {
        Set<Integer> last = new LinkedHashSet<>();
        for (Need need : pipeline.needs()) {
            file.pipeline(need.stage().pipeline())
                    .filter(other -> !other.name().equals(pipeline.name()))
                    .ifPresent(other -> lastStages(other.name(), other.stages())
                            .forEach(s -> last.add(numbers.get(new StageRef(other.name(), s.name())))));
        }
        return last;
    }

    /** The ordinary stages that no other ordinary stage of the same pipeline needs. */
    static List<Stage> lastStages(String pipeline, Collection<Stage> stages) {
        Set<String> needed = new LinkedHashSet<>();
        List<Stage> ordinary =
                stages.stream().filter(s -> s.flow().runs() == Runs.ON_SUCCESS).toList();
        ordinary.forEach(s -> s.flow().needs().stream()
                .filter(n -> n.stage().pipeline().equals(pipeline))
                .forEach(n -> needed.add(n.stage().stage())));
        return ordinary.stream().filter(s -> !needed.contains(s.name())).toList();
    }

    public int size() {
        return stages.size();
    }

    public StageRef stage(int number) {
        return stages.get(number);
    }

    public int[] needs(int number) {
        return needs.get(number).clone();
    }

    /** Whether one stage comes before another, directly or not. */
    boolean comesBefore(StageRef earlier, StageRef later) {
        Integer wanted = numbers.get(earlier);
        Integer start = numbers.get(later);
        if (wanted == null || start == null) {
            return false;
        }
        BitSet seen = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            for (int need : needs.get(open.removeFirst())) {
                if (need == wanted) {
                    return true;
                }
                if (!seen.get(need)) {
                    seen.set(need);
                    open.addLast(need);
                }
            }
        }
        return false;
    }

    /** A cycle, the first stage repeated at the end; empty if there is none. */
    Optional<List<StageRef>> cycle() {
        return Cycle.in(needs).map(numbers -> numbers.stream().map(stages::get).toList());
    }

    /** Finds a cycle without recursion, for graphs of any depth. */
    static final class Cycle {
        private Cycle() {}

        static Optional<List<Integer>> in(List<int[]> needs) {
            int[] next = new int[needs.size()];
            int[] state = new int[needs.size()];
            for (int root = 0; root < needs.size(); root++) {
                List<Integer> way = new ArrayList<>(state[root] == 0 ? List.of(root) : List.of());
                while (!way.isEmpty()) {
                    int top = way.get(way.size() - 1);
                    state[top] = 1;
                    if (next[top] == needs.get(top).length) {
                        state[top] = 2;
                        way.remove(way.size() - 1);
                        continue;
                    }
                    int need = needs.get(top)[next[top]++];
                    if (state[need] == 1) {
                        return Optional.of(closed(way.subList(way.indexOf(need), way.size())));
                    }
                    if (state[need] == 0) {
                        way.add(need);
                    }
                }
            }
            return Optional.empty();
        }

        /** In the order in which the stages would run, beginning with the first one of the file. */
        private static List<Integer> closed(List<Integer> way) {
            Integer[] turned = new Integer[way.size()];
            int start = way.indexOf(Collections.min(way));
            for (int i = 0; i < turned.length; i++) {
                turned[i] = way.get(Math.floorMod(start - i, turned.length));
            }
            List<Integer> cycle = new ArrayList<>(Arrays.asList(turned));
            cycle.add(turned[0]);
            return cycle;
        }
    }
}
