package io.jenkins.plugins.sluice.report;

import io.jenkins.plugins.sluice.model.InferredOrder;
import io.jenkins.plugins.sluice.model.Need;
import io.jenkins.plugins.sluice.model.Pipeline;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Runs;
import io.jenkins.plugins.sluice.model.Stage;
import io.jenkins.plugins.sluice.problem.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What {@code execution: auto} would gain for the pipelines of a file that say nothing of the order of their stages. */
public final class WhatIfText {
    private final StringBuilder text = new StringBuilder();
    private int compared;
    private int shorter;
    private int now;
    private int then;
    private int independent;

    private WhatIfText() {}

    /**
     * A comparison for people, with a line for each stage that still waits and why.
     *
     * @param listed the file as it is
     * @param inferred the same file with every such order inferred
     */
    public static String of(PipelineFile listed, PipelineFile inferred) {
        WhatIfText report = new WhatIfText();
        listed.pipelines().stream()
                .filter(Pipeline::listed)
                .forEach(p -> report.compare(p, inferred.pipeline(p.name()).orElse(p)));
        return report.finish();
    }

    private void compare(Pipeline listed, Pipeline inferred) {
        int before = steps(listed);
        int after = steps(inferred);
        String name = "pipeline '" + Printable.of(listed.name()) + "': ";
        if (before == 1) {
            text.append(name).append("a single stage\n");
            return;
        }
        compared++;
        now += before;
        then += after;
        if (after < before) {
            shorter++;
            text.append(name).append(steps(after)).append(" instead of ").append(before);
        } else {
            text.append(name).append("no gain, all ").append(before).append(" stages wait for each other");
        }
        text.append('\n');
        Map<Stage, List<InferredOrder.Edge>> edges = InferredOrder.of(listed.stages(), listed.workspace()).stream()
                .collect(Collectors.groupingBy(InferredOrder.Edge::stage));
        if (edges.values().stream().flatMap(List::stream).noneMatch(InferredOrder.Edge::uses)) {
            independent++;
        }
        List<String> free = new ArrayList<>();
        for (Stage stage : inferred.stages()) {
            List<InferredOrder.Edge> waits = edges.getOrDefault(stage(listed, stage), List.of());
            if (waits.isEmpty() && stage.flow().runs() == Runs.ON_SUCCESS) {
                free.add(Printable.of(stage.name()));
            }
            waits.forEach(edge -> text.append("  ")
                    .append(Printable.of(edge.stage().name()))
                    .append(" waits for ")
                    .append(Printable.of(edge.before().name()))
                    .append(": ")
                    .append(Printable.of(edge.why()))
                    .append('\n'));
        }
        if (free.size() > 1) {
            text.append("  side by side from the start: ")
                    .append(String.join(", ", free))
                    .append('\n');
        }
    }

    private static Stage stage(Pipeline pipeline, Stage like) {
        return pipeline.stage(like.name()).orElse(like);
    }

    private static String steps(int count) {
        return count == 1 ? "1 step" : count + " steps";
    }

    /** The stages of the longest path. */
    private static int steps(Pipeline pipeline) {
        Map<String, Integer> depth = new HashMap<>();
        int longest = 0;
        for (Stage stage : pipeline.stages()) {
            int above = 0;
            for (Need need : stage.flow().needs()) {
                above = Math.max(above, depth.getOrDefault(need.stage().stage(), 0));
            }
            depth.put(stage.name(), above + 1);
            longest = Math.max(longest, above + 1);
        }
        return longest;
    }

    private String finish() {
        if (compared == 0) {
            return text + "there is nothing to infer: no pipeline with several stages goes by the order of its list\n";
        }
        return text
                + String.format(
                        Locale.ROOT,
                        "%d of %d pipelines would be shorter with 'execution: auto': %s instead of %d;"
                                + " in %d no stage uses anything of another\n",
                        shorter,
                        compared,
                        steps(then),
                        now,
                        independent);
    }
}
