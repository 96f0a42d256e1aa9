package io.jenkins.plugins.sluice.jenkins;

import io.jenkins.plugins.sluice.plan.Block;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A part of the picture.
 *
 * @param kind {@code stage}, {@code sequence}, {@code parallel}, {@code mesh}, {@code level} (what stands above one another in a
 *     mesh) or {@code group}
 * @param label of a group the agent that it asks for; else empty
 * @param after what it waits for, where the picture cannot show it; else empty
 * @param stage the stage; of other kinds null
 */
@Restricted(NoExternalUse.class)
public record PlanBlock(String kind, String label, String after, List<PlanBlock> parts, StageBox stage) {
    static PlanBlock of(ExecutionPlan plan, Block root, List<StageBox> boxes) {
        return root.accept(new Maker(plan, boxes));
    }

    private PlanBlock waitingFor(String what) {
        return new PlanBlock(kind, label, what, parts, stage);
    }

    private static final class Maker implements Block.Visitor<PlanBlock> {
        private final ExecutionPlan plan;
        private final List<StageBox> boxes;

        Maker(ExecutionPlan plan, List<StageBox> boxes) {
            this.plan = plan;
            this.boxes = boxes;
        }

        private PlanBlock of(String kind, List<Block> parts) {
            return new PlanBlock(
                    kind, "", "", parts.stream().map(part -> part.accept(this)).toList(), null);
        }

        @Override
        public PlanBlock single(Block.Single block) {
            return new PlanBlock("stage", "", "", List.of(), boxes.get(block.stage()));
        }

        @Override
        public PlanBlock sequence(Block.Sequence block) {
            return of("sequence", block.parts());
        }

        @Override
        public PlanBlock parallel(Block.Parallel block) {
            return of("parallel", block.parts());
        }

        @Override
        public PlanBlock group(Block.Group block) {
            String agent = block.agent().isEmpty() ? Messages.PlanBlock_anyAgent() : block.agent();
            return new PlanBlock(
                    "group",
                    Messages.PlanBlock_agent(agent),
                    "",
                    List.of(block.body().accept(this)),
                    null);
        }

        /** Parts by how many others come before them, each with what it waits for. */
        @Override
        public PlanBlock mesh(Block.Mesh block) {
            TreeMap<Integer, List<PlanBlock>> levels = new TreeMap<>();
            int[] level = new int[block.parts().size()];
            for (int i = 0; i < level.length; i++) {
                for (int need : block.needs().get(i)) {
                    level[i] = Math.max(level[i], level[need] + 1);
                }
                PlanBlock part = block.parts().get(i).accept(this);
                String after = block.needs().get(i).isEmpty() ? "" : after(block.parts().get(i));
                levels.computeIfAbsent(level[i], l -> new ArrayList<>()).add(part.waitingFor(after));
            }
            List<PlanBlock> columns = levels.values().stream()
                    .map(parts -> new PlanBlock("level", "", "", parts, null))
                    .toList();
            return new PlanBlock("mesh", "", "", columns, null);
        }

        private String after(Block part) {
            Set<Integer> inside = new TreeSet<>();
            part.forEachStage(inside::add);
            Set<String> names = new TreeSet<>();
            for (int number : inside) {
                PlannedStage stage = plan.stage(number);
                for (int need : stage.needs()) {
                    PlannedStage before = plan.stage(need);
                    if (!inside.contains(need)) {
                        boolean home = before.pipeline().equals(stage.pipeline());
                        names.add(home ? before.shortName() : before.id());
                    }
                }
            }
            return Messages.PlanBlock_after(String.join(", ", names));
        }
    }
}
