package io.jenkins.plugins.sluice.plan;

import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.WorkspaceUse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts stages that share an agent and a workspace into groups. With separate workspaces these are neighbours in a sequence;
 * with a shared one whole parts of the tree, side-by-side branches included. A gate is never inside a group.
 */
final class Grouping implements Block.Visitor<Block> {
    /** Who can share: stages of one pipeline (or one copy of it) that ask for the same agent. */
    private record Sharing(String pipeline, String agent, boolean shared) {}

    private final List<PlannedStage> stages;
    private final PipelineFile file;
    private int groups;

    private Grouping(List<PlannedStage> stages, PipelineFile file) {
        this.stages = stages;
        this.file = file;
    }

    static Block of(Block tree, List<PlannedStage> stages, PipelineFile file) {
        Grouping grouping = new Grouping(stages, file);
        return grouping.numbered(tree.accept(grouping));
    }

    private Optional<Sharing> sharing(int stage) {
        PlannedStage planned = stages.get(stage);
        if (!planned.stage().work().holdsAgent()) {
            return Optional.empty();
        }
        boolean shared = file.pipeline(planned.ref().pipeline())
                .map(p -> p.workspace() == WorkspaceUse.SHARED)
                .orElse(false);
        return Optional.of(
                new Sharing(planned.pipeline(), planned.stage().settings().agent(), shared));
    }

    @Override
    public Block single(Block.Single block) {
        return sharing(block.stage()).isPresent() ? grouped(block) : block;
    }

    private Block.Group grouped(Block body) {
        int[] first = {-1};
        body.forEachStage(stage -> first[0] = first[0] < 0 ? stage : first[0]);
        return new Block.Group(0, stages.get(first[0]).stage().settings().agent(), body);
    }

    @Override
    public Block sequence(Block.Sequence block) {
        List<Block> parts = new ArrayList<>();
        List<Block> run = new ArrayList<>();
        Optional<Sharing> sharing = Optional.empty();
        for (Block part : block.parts()) {
            Block visited = part.accept(this);
            Optional<Sharing> next = chainable(visited);
            if (!next.equals(sharing) || next.isEmpty()) {
                flush(run, parts);
            }
            run.add(visited);
            sharing = next;
        }
        flush(run, parts);
        return parts.size() == 1 ? parts.get(0) : new Block.Sequence(parts);
    }

    /** Joins neighbouring groups into one. */
    private void flush(List<Block> run, List<Block> parts) {
        if (run.size() > 1) {
            List<Block> bodies = new ArrayList<>();
            run.forEach(group -> bodies.addAll(inSequence(((Block.Group) group).body())));
            parts.add(grouped(new Block.Sequence(bodies)));
        } else {
            parts.addAll(run);
        }
        run.clear();
    }

    private static List<Block> inSequence(Block body) {
        return body instanceof Block.Sequence sequence ? sequence.parts() : List.of(body);
    }

    /** With whom a part can be chained: a group of stages one after another, or any group if the workspace is shared. */
    private Optional<Sharing> chainable(Block block) {
        if (!(block instanceof Block.Group group)) {
            return Optional.empty();
        }
        int[] first = {-1};
        group.forEachStage(stage -> first[0] = first[0] < 0 ? stage : first[0]);
        return sharing(first[0]);
    }

    @Override
    public Block parallel(Block.Parallel block) {
        Map<Object, List<Block>> bySharing = new LinkedHashMap<>();
        for (Block part : block.parts()) {
            Block visited = part.accept(this);
            Optional<Sharing> sharing = chainable(visited).filter(Sharing::shared);
            Object key = sharing.isPresent() ? sharing : visited;
            bySharing.computeIfAbsent(key, k -> new ArrayList<>()).add(visited);
        }
        List<Block> parts = new ArrayList<>();
        for (List<Block> together : bySharing.values()) {
            if (together.size() == 1) {
                parts.addAll(together);
            } else {
                List<Block> bodies =
                        together.stream().map(g -> ((Block.Group) g).body()).toList();
                parts.add(grouped(new Block.Parallel(bodies)));
            }
        }
        return parts.size() == 1 ? parts.get(0) : new Block.Parallel(parts);
    }

    @Override
    public Block mesh(Block.Mesh block) {
        List<Block> parts = block.parts().stream().map(p -> p.accept(this)).toList();
        List<Optional<Sharing>> sharing =
                parts.stream().map(this::chainable).distinct().toList();
        boolean together =
                sharing.size() == 1 && sharing.get(0).map(Sharing::shared).orElse(false);
        if (together) {
            List<Block> bodies =
                    parts.stream().map(g -> ((Block.Group) g).body()).toList();
            return grouped(new Block.Mesh(bodies, block.needs()));
        }
        return new Block.Mesh(parts, block.needs());
    }

    @Override
    public Block group(Block.Group block) {
        return block;
    }

    /** The same tree with groups numbered in its order. */
    private Block numbered(Block block) {
        if (block instanceof Block.Group group) {
            return new Block.Group(groups++, group.agent(), group.body());
        }
        if (block instanceof Block.Sequence sequence) {
            return new Block.Sequence(numbered(sequence.parts()));
        }
        if (block instanceof Block.Parallel parallel) {
            return new Block.Parallel(numbered(parallel.parts()));
        }
        return block instanceof Block.Mesh mesh ? new Block.Mesh(numbered(mesh.parts()), mesh.needs()) : block;
    }

    private List<Block> numbered(List<Block> blocks) {
        return blocks.stream().map(this::numbered).toList();
    }
}
