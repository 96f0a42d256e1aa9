package io.jenkins.plugins.sluice.plan;

import io.jenkins.plugins.sluice.model.Pipeline;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.WorkspaceUse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What will run, in which order and where: plain data, the same on every host and every JVM.
 *
 * @param file the file it was made from
 * @param stages all stages, copies made by matrices included, in the order of the file
 * @param root the tree of blocks; empty if there is no stage
 */
public record ExecutionPlan(PipelineFile file, List<PlannedStage> stages, Optional<Block> root) {
    public ExecutionPlan {
        stages = List.copyOf(stages);
    }

    public PlannedStage stage(int number) {
        return stages.get(number);
    }

    /**
     * The stages that people may mean by a name: the one that has it as its id; else all that are called so within their
     * pipelines. Empty if there is none.
     */
    public List<PlannedStage> named(String name) {
        List<PlannedStage> exact =
                stages.stream().filter(s -> s.id().equals(name)).toList();
        return exact.isEmpty()
                ? stages.stream().filter(s -> s.shortName().equals(name)).toList()
                : exact;
    }

    /** The pipeline of the file that a stage belongs to; the copies of a matrix have the same one. */
    public Pipeline pipelineOf(PlannedStage stage) {
        return file.pipeline(stage.ref().pipeline()).orElseThrow();
    }

    /** Whether a stage works in the one workspace that all stages of its pipeline share. */
    public boolean sharesWorkspace(PlannedStage stage) {
        return pipelineOf(stage).workspace() == WorkspaceUse.SHARED;
    }

    /**
     * The same plan with other skips: those of a run that began earlier, when conditions may have held that hold no more.
     *
     * @param reasons why a stage is skipped, by its id; stages that are missing here are not skipped
     */
    public ExecutionPlan withSkips(Map<String, String> reasons) {
        List<PlannedStage> changed =
                stages.stream().map(s -> s.skipped(reasons.get(s.id()))).toList();
        return new ExecutionPlan(file, changed, root);
    }

    /** Why stages are skipped, by their ids. */
    public Map<String, String> skips() {
        Map<String, String> reasons = new LinkedHashMap<>();
        stages.forEach(s -> s.skip().ifPresent(reason -> reasons.put(s.id(), reason)));
        return reasons;
    }

    /** All stages that come before a stage, in the order of the plan. */
    public List<PlannedStage> before(PlannedStage stage) {
        BitSet before = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(stage.needs());
        while (!open.isEmpty()) {
            int next = open.removeFirst();
            if (!before.get(next)) {
                before.set(next);
                open.addAll(stages.get(next).needs());
            }
        }
        return before.stream().mapToObj(stages::get).toList();
    }

    /** For each stage the numbers of the stages that it directly waits for and that no other of its needs implies. */
    public int[][] shortestNeeds() {
        List<int[]> needs = new ArrayList<>();
        stages.forEach(
                s -> needs.add(s.needs().stream().mapToInt(Integer::intValue).toArray()));
        Order order = Order.of(needs);
        int[] sorted = order.sorted();
        int[][] covers = new Covers(order).of(sorted);
        int[][] byNumber = new int[sorted.length][];
        for (int i = 0; i < sorted.length; i++) {
            byNumber[sorted[i]] =
                    Arrays.stream(covers[i]).map(p -> sorted[p]).sorted().toArray();
        }
        return byNumber;
    }

    /** The agent group of each stage, by number; -1 for a stage that holds no agent. */
    public int[] groups() {
        int[] groups = new int[stages.size()];
        Arrays.fill(groups, -1);
        forEachGroup(group -> group.forEachStage(stage -> groups[stage] = group.number()));
        return groups;
    }

    /** Calls back for each agent group, in the order of the plan. */
    public void forEachGroup(Consumer<Block.Group> action) {
        Deque<Block> open = new ArrayDeque<>();
        root.ifPresent(open::addFirst);
        while (!open.isEmpty()) {
            Block block = open.removeFirst();
            if (block instanceof Block.Group group) {
                action.accept(group);
            } else {
                List<Block> parts = new ArrayList<>(Blocks.parts(block));
                for (int i = parts.size() - 1; i >= 0; i--) {
                    open.addFirst(parts.get(i));
                }
            }
        }
    }

    /**
     * The stages whose artifacts a stage is owed, in the order of the plan: those of its pipeline that come before it, and
     * those of other pipelines that it, or one of these, names in its {@code needs}.
     */
    public List<PlannedStage> carriesInto(PlannedStage stage) {
        BitSet seen = new BitSet();
        BitSet owed = new BitSet();
        Deque<Integer> open = new ArrayDeque<>(List.of(stage.number()));
        while (!open.isEmpty()) {
            PlannedStage next = stages.get(open.removeFirst());
            for (int need : next.needs()) {
                boolean home = stages.get(need).pipeline().equals(stage.pipeline());
                if (home && !seen.get(need)) {
                    seen.set(need);
                    open.addLast(need);
                }
                boolean keeps = !stages.get(need).stage().keeps().artifacts().isEmpty();
                if (keeps && (home || asksFor(next, stages.get(need)))) {
                    owed.set(need);
                }
            }
        }
        return owed.stream().mapToObj(stages::get).toList();
    }

    private static boolean asksFor(PlannedStage stage, PlannedStage other) {
        return stage.stage().flow().needs().stream().anyMatch(n -> n.stage().equals(other.ref()));
    }
}
