package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.plan.Block;
import io.jenkins.plugins.sluice.plan.Blocks;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tree of a plan with a number for each block, so that a host need keep no more of it than that; the root has 0. */
final class NumberedBlocks {
    private final ExecutionPlan plan;
    private final List<Block> blocks = new ArrayList<>();
    private final List<List<Integer>> parts = new ArrayList<>();
    private final Map<String, Integer> names = new HashMap<>();

    NumberedBlocks(ExecutionPlan plan) {
        this.plan = plan;
        plan.stages().forEach(stage -> names.merge(stage.shortName(), 1, Integer::sum));
        plan.root().ifPresent(this::add);
    }

    private int add(Block block) {
        int number = blocks.size();
        blocks.add(block);
        parts.add(new ArrayList<>());
        for (Block part : Blocks.parts(block)) {
            parts.get(number).add(add(part));
        }
        return number;
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    Block block(int number) {
        return blocks.get(number);
    }

    List<Integer> parts(int number) {
        return parts.get(number);
    }

    /** A block as a host gets it: see {@link RunHandle#block}. */
    Map<String, Object> map(int number) {
        Map<String, Object> map = new LinkedHashMap<>();
        Block block = block(number);
        map.put("parts", new ArrayList<>(parts(number)));
        if (block instanceof Block.Single single) {
            map.put("kind", "stage");
            map.put("stage", single.stage());
        } else if (block instanceof Block.Group group) {
            map.put("kind", "group");
            map.put("group", group.number());
            map.put("agent", group.agent());
        } else if (block instanceof Block.Mesh mesh) {
            map.put("kind", "mesh");
            map.put("branches", branches(number, MeshProgress.roots(mesh)));
        } else if (block instanceof Block.Parallel) {
            map.put("kind", "parallel");
            map.put("branches", branches(parts(number)));
        } else {
            map.put("kind", "sequence");
        }
        return map;
    }

    /** Names for the parts at some positions in a mesh, and their numbers. */
    Map<String, Integer> branches(int mesh, List<Integer> positions) {
        return branches(positions.stream().map(parts(mesh)::get).toList());
    }

    /** The numbers of the meshes inside a group. */
    List<Integer> meshesIn(int group) {
        List<Integer> meshes = new ArrayList<>();
        for (int number = 0; number < blocks.size(); number++) {
            if (blocks.get(number) instanceof Block.Group found && found.number() == group) {
                collectMeshes(number, meshes);
            }
        }
        return meshes;
    }

    private void collectMeshes(int number, List<Integer> meshes) {
        if (blocks.get(number) instanceof Block.Mesh) {
            meshes.add(number);
        }
        parts(number).forEach(part -> collectMeshes(part, meshes));
    }

    /** How a stage is called where people see it: as in the file, with its pipeline if the name alone is not clear. */
    String name(PlannedStage stage) {
        return names.getOrDefault(stage.shortName(), 1) > 1 ? stage.id() : stage.shortName();
    }

    /** Names for blocks that work side by side: each is that of a whole pipeline, or of its first stage. */
    private Map<String, Integer> branches(List<Integer> side) {
        Map<String, Integer> branches = new LinkedHashMap<>();
        for (int number : side) {
            String name = branch(blocks.get(number));
            String free = name;
            for (int i = 2; branches.containsKey(free); i++) {
                free = name + " " + i;
            }
            branches.put(free, number);
        }
        return branches;
    }

    private String branch(Block block) {
        List<PlannedStage> stages = new ArrayList<>();
        block.forEachStage(stage -> stages.add(plan.stage(stage)));
        Set<String> pipelines = new LinkedHashSet<>();
        stages.forEach(stage -> pipelines.add(stage.pipeline()));
        String first = stages.get(0).pipeline();
        long whole =
                plan.stages().stream().filter(s -> s.pipeline().equals(first)).count();
        return pipelines.size() == 1 && whole == stages.size() && whole > 1 ? first : name(stages.get(0));
    }
}
