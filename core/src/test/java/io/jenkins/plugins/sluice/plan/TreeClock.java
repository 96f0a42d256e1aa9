package io.jenkins.plugins.sluice.plan;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** Walks a tree as a host with any number of agents would, and notes when each stage starts: start time in, end time out. */
final class TreeClock implements Block.Visitor<LongUnaryOperator> {
    private final long[] durations;
    private final long[] starts;

    TreeClock(long[] durations) {
        this.durations = durations.clone();
        this.starts = new long[durations.length];
        Arrays.fill(starts, -1);
    }

    long[] starts() {
        return starts;
    }

    @Override
    public LongUnaryOperator single(Block.Single block) {
        return start -> {
            starts[block.stage()] = start;
            return start + durations[block.stage()];
        };
    }

    @Override
    public LongUnaryOperator sequence(Block.Sequence block) {
        return start -> {
            long now = start;
            for (Block part : block.parts()) {
                now = part.accept(this).applyAsLong(now);
            }
            return now;
        };
    }

    @Override
    public LongUnaryOperator parallel(Block.Parallel block) {
        return start -> block.parts().stream()
                .mapToLong(part -> part.accept(this).applyAsLong(start))
                .max()
                .orElse(start);
    }

    @Override
    public LongUnaryOperator mesh(Block.Mesh block) {
        return start -> {
            long[] ends = new long[block.parts().size()];
            for (int i = 0; i < ends.length; i++) {
                List<Integer> needs = block.needs().get(i);
                long ready = needs.stream().mapToLong(n -> ends[n]).max().orElse(start);
                ends[i] = block.parts().get(i).accept(this).applyAsLong(ready);
            }
            return Arrays.stream(ends).max().orElse(start);
        };
    }

    @Override
    public LongUnaryOperator group(Block.Group block) {
        return block.body().accept(this);
    }
}
