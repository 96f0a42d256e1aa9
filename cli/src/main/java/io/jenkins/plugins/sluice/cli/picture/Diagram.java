package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.problem.Printable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What there is to draw, without places.
 *
 * @param labels for each stage
 * @param frames what is around each stage
 */
record Diagram(List<Label> labels, List<Frame> frames, List<Bundle> bundles) {
    /** How much wider a box may get to be as wide as another. */
    private static final double ALIKE = 1.6;

    /** The least distance of lines at the side of a box. */
    private static final double LINE_GAP = 6;

    /**
     * What is around a stage.
     *
     * @param workspace the number of the agent group whose stages share a frame, or -1
     * @param caption of that frame
     */
    record Frame(String pipeline, int workspace, String caption) {}

    Diagram {
        labels = List.copyOf(labels);
        frames = List.copyOf(frames);
        bundles = List.copyOf(bundles);
    }

    static Diagram of(ExecutionPlan plan, List<Bundle> bundles) {
        List<Frame> frames = frames(plan);
        List<Label> labels = new ArrayList<>();
        for (PlannedStage stage : plan.stages()) {
            labels.add(Label.of(stage, frames.get(stage.number()).workspace() >= 0));
        }
        bundles.forEach(bundle -> widen(bundle.after(), labels, frames));
        heighten(bundles, labels);
        return new Diagram(labels, frames, bundles);
    }

    /** Makes room where many lines begin. */
    private static void heighten(List<Bundle> bundles, List<Label> labels) {
        int[] lines = new int[labels.size()];
        bundles.forEach(bundle -> bundle.before().forEach(stage -> lines[stage]++));
        for (int stage = 0; stage < lines.length; stage++) {
            labels.set(stage, labels.get(stage).atLeast(0, LINE_GAP * (lines[stage] + 1)));
        }
    }

    /** Stages that wait for the same and are in the same place get boxes of one width, unless their texts differ too much. */
    private static void widen(List<Integer> alike, List<Label> labels, List<Frame> frames) {
        Map<Frame, List<Integer>> byFrame = alike.stream().collect(Collectors.groupingBy(frames::get));
        for (List<Integer> stages : byFrame.values()) {
            double[] widths =
                    stages.stream().mapToDouble(s -> labels.get(s).width()).toArray();
            for (int stage : stages) {
                double limit = ALIKE * labels.get(stage).width();
                double width =
                        Arrays.stream(widths).filter(w -> w <= limit).max().orElse(0);
                labels.set(stage, labels.get(stage).atLeast(width, 0));
            }
        }
    }

    private static List<Frame> frames(ExecutionPlan plan) {
        List<Frame> frames = new ArrayList<>();
        plan.stages().forEach(stage -> frames.add(new Frame(stage.pipeline(), -1, "")));
        plan.forEachGroup(group -> {
            List<Integer> stages = new ArrayList<>();
            group.forEachStage(stages::add);
            if (stages.size() > 1) {
                String agent = group.agent().isEmpty() ? "" : "agent " + Printable.line(group.agent()) + " · ";
                String pipeline = plan.stage(stages.get(0)).pipeline();
                Frame frame = new Frame(pipeline, group.number(), agent + "one workspace");
                stages.forEach(stage -> frames.set(stage, frame));
            }
        });
        return frames;
    }

    /** The smallest area that holds all these stages: a workspace, a pipeline, or the page. */
    Home home(List<Integer> stages) {
        Frame first = frames.get(stages.get(0));
        boolean workspace = stages.stream().allMatch(s -> frames.get(s).equals(first));
        boolean pipeline =
                stages.stream().allMatch(s -> frames.get(s).pipeline().equals(first.pipeline()));
        return workspace && first.workspace() >= 0 ? Home.WORKSPACE : pipeline ? Home.PIPELINE : Home.PAGE;
    }

    /** A kind of area. */
    enum Home {
        WORKSPACE,
        PIPELINE,
        PAGE
    }
}
