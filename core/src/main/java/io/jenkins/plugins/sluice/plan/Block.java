package io.jenkins.plugins.sluice.plan;

import java.util.List;
import java.util.function.IntConsumer;

/**
 * A part of a plan. Stages are their numbers in {@link ExecutionPlan#stages()}. A host that walks the tree (a sequence one
 * after another, a parallel side by side, a mesh by completion) starts every stage as soon as its own needs allow, never
 * later.
 */
public sealed interface Block {
    /** Calls back for each stage in the block, in the order of the plan. */
    void forEachStage(IntConsumer action);

    /** What each kind of block means to someone who walks the tree. */
    interface Visitor<R> {
        R single(Single block);

        R sequence(Sequence block);

        R parallel(Parallel block);

        R mesh(Mesh block);

        R group(Group block);
    }

    /** Calls the method of the visitor that fits the kind of block. */
    <R> R accept(Visitor<R> visitor);

    /** One stage. */
    record Single(int stage) implements Block {
        @Override
        public void forEachStage(IntConsumer action) {
            action.accept(stage);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.single(this);
        }
    }

    /** Parts that all follow one another. */
    record Sequence(List<Block> parts) implements Block {
        public Sequence {
            parts = List.copyOf(parts);
        }

        @Override
        public void forEachStage(IntConsumer action) {
            parts.forEach(part -> part.forEachStage(action));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.sequence(this);
        }
    }

    /** Parts that have nothing to do with one another. */
    record Parallel(List<Block> parts) implements Block {
        public Parallel {
            parts = List.copyOf(parts);
        }

        @Override
        public void forEachStage(IntConsumer action) {
            parts.forEach(part -> part.forEachStage(action));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.parallel(this);
        }
    }

    /**
     * Parts that are neither: each starts the moment its own needs have finished.
     *
     * @param parts in an order in which needs come first
     * @param needs for each part the positions of the parts it needs directly
     */
    record Mesh(List<Block> parts, List<List<Integer>> needs) implements Block {
        public Mesh {
            parts = List.copyOf(parts);
            needs = needs.stream().map(List::copyOf).toList();
            if (parts.size() != needs.size()) {
                throw new IllegalArgumentException(parts.size() + " parts, but needs of " + needs.size());
            }
        }

        @Override
        public void forEachStage(IntConsumer action) {
            parts.forEach(part -> part.forEachStage(action));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.mesh(this);
        }
    }

    /**
     * A part that one agent does in one workspace.
     *
     * @param number from 0, in the order of the plan
     * @param agent the label expression; empty text for any agent
     */
    record Group(int number, String agent, Block body) implements Block {
        @Override
        public void forEachStage(IntConsumer action) {
            body.forEachStage(action);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.group(this);
        }
    }
}
