package io.jenkins.plugins.sluice.plan;

import java.util.List;

/** The direct parts of any block. */
public final class Blocks implements Block.Visitor<List<Block>> {
    private static final Blocks PARTS = new Blocks();

    private Blocks() {}

    /** The parts in their order; none of a single stage, the body of a group. */
    public static List<Block> parts(Block block) {
        return block.accept(PARTS);
    }

    @Override
    public List<Block> single(Block.Single block) {
        return List.of();
    }

    @Override
    public List<Block> sequence(Block.Sequence block) {
        return block.parts();
    }

    @Override
    public List<Block> parallel(Block.Parallel block) {
        return block.parts();
    }

    @Override
    public List<Block> mesh(Block.Mesh block) {
        return block.parts();
    }

    @Override
    public List<Block> group(Block.Group block) {
        return List.of(block.body());
    }
}
