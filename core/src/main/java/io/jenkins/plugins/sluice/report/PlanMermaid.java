package io.jenkins.plugins.sluice.report;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A plan as a Mermaid flowchart, which many code hosts draw inside Markdown. */
public final class PlanMermaid {
    private PlanMermaid() {}

    /** The text of the diagram: a box for each pipeline, a node for each stage, an arrow for each need. */
    public static String of(ExecutionPlan plan) {
        StringBuilder out = new StringBuilder("flowchart LR\n");
        Map<String, List<PlannedStage>> pipelines = plan.stages().stream()
                .collect(Collectors.groupingBy(PlannedStage::pipeline, LinkedHashMap::new, Collectors.toList()));
        int[] box = {0};
        pipelines.forEach((name, stages) -> {
            out.append("    subgraph p")
                    .append(box[0]++)
                    .append("[\"")
                    .append(escaped(name))
                    .append("\"]\n");
            stages.forEach(s -> out.append("        ").append(node(s)).append('\n'));
            out.append("    end\n");
        });
        int[][] needs = plan.shortestNeeds();
        for (PlannedStage stage : plan.stages()) {
            for (int need : needs[stage.number()]) {
                out.append("    s")
                        .append(need)
                        .append(" --> s")
                        .append(stage.number())
                        .append('\n');
            }
        }
        out.append("    classDef skipped stroke-dasharray: 4 4,opacity: 0.6\n");
        plan.stages().stream()
                .filter(s -> s.skip().isPresent())
                .forEach(s -> out.append("    class s").append(s.number()).append(" skipped\n"));
        return out.toString();
    }

    private static String node(PlannedStage stage) {
        boolean gate = !stage.stage().work().holdsAgent();
        String label = "\"" + escaped(stage.shortName()) + "\"";
        return "s" + stage.number() + (gate ? "{{" + label + "}}" : "[" + label + "]");
    }

    /** Mermaid's own escapes: numbers of characters, between {@code #} and {@code ;}. */
    private static String escaped(String text) {
        return text.chars()
                .mapToObj(c -> "\"#;<>[]{}&".indexOf(c) >= 0 ? "#" + c + ";" : String.valueOf((char) c))
                .collect(Collectors.joining());
    }
}
