package io.jenkins.plugins.sluice.plan;

import io.jenkins.plugins.sluice.model.Matrix;
import io.jenkins.plugins.sluice.model.Pipeline;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Reference;
import io.jenkins.plugins.sluice.model.Stage;
import io.jenkins.plugins.sluice.model.StageGraph;
import io.jenkins.plugins.sluice.model.StageRef;
import io.jenkins.plugins.sluice.model.Target;
import io.jenkins.plugins.sluice.model.Template;
import io.jenkins.plugins.sluice.model.Trigger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes plans. Pure: the same file, selection and trigger give the same plan everywhere. */
public final class Planner {
    private final PipelineFile file;
    private final Trigger trigger;
    private final List<PlannedStage> planned = new ArrayList<>();

    private Planner(PipelineFile file, Trigger trigger) {
        this.file = file;
        this.trigger = trigger;
    }

    /** Plans all pipelines of a file that was read without errors. */
    public static ExecutionPlan plan(PipelineFile file, Trigger trigger) {
        return new Planner(file, trigger).plan();
    }

    /** The file with only some pipelines, and those that they need. Names that do not exist select nothing. */
    public static PipelineFile select(PipelineFile file, Collection<String> names) {
        Set<String> wanted = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(names);
        while (!open.isEmpty()) {
            String name = open.removeFirst();
            Optional<Pipeline> pipeline = file.pipeline(name).filter(p -> wanted.add(name));
            pipeline.ifPresent(p -> {
                p.needs().forEach(n -> open.addLast(n.stage().pipeline()));
                p.stages().forEach(s -> s.flow()
                        .needs()
                        .forEach(n -> open.addLast(n.stage().pipeline())));
            });
        }
        Map<String, Pipeline> kept = new LinkedHashMap<>(file.byName());
        kept.keySet().retainAll(wanted);
        return new PipelineFile(file.file(), file.dialect(), kept);
    }

    private ExecutionPlan plan() {
        StageGraph graph = StageGraph.of(file);
        List<List<Integer>> copies = new ArrayList<>();
        for (int number = 0; number < graph.size(); number++) {
            copies.add(addCopies(graph.stage(number)));
        }
        for (int number = 0; number < graph.size(); number++) {
            for (int copy : copies.get(number)) {
                planned.set(copy, withNeeds(planned.get(copy), graph.needs(number), copies));
            }
        }
        if (planned.isEmpty()) {
            return new ExecutionPlan(file, planned, Optional.empty());
        }
        List<int[]> needs = new ArrayList<>();
        planned.forEach(
                p -> needs.add(p.needs().stream().mapToInt(Integer::intValue).toArray()));
        Order order = Order.of(needs);
        skipWhatLacksValues(order);
        skipWhatGuardsNothing();
        Block tree = Decomposition.of(order);
        return new ExecutionPlan(file, planned, Optional.of(Grouping.of(tree, planned, file)));
    }

    private List<Integer> addCopies(StageRef ref) {
        Pipeline pipeline = file.pipeline(ref.pipeline()).orElseThrow();
        Stage stage = pipeline.stage(ref.stage()).orElseThrow();
        Optional<String> skip = skipReason(pipeline, stage);
        List<Integer> numbers = new ArrayList<>();
        for (Map<String, String> outer : combinations(pipeline.matrix())) {
            for (Map<String, String> inner : combinations(stage.flow().matrix())) {
                Map<String, String> values = new LinkedHashMap<>(outer);
                values.putAll(inner);
                String home = ref.pipeline() + Matrix.label(outer);
                String id = home + "/" + ref.stage() + Matrix.label(inner);
                numbers.add(planned.size());
                planned.add(new PlannedStage(planned.size(), id, home, ref, stage, values, List.of(), skip));
            }
        }
        return numbers;
    }

    private static List<Map<String, String>> combinations(Optional<Matrix> matrix) {
        return matrix.map(Matrix::combinations).orElse(List.of(Map.of()));
    }

    private Optional<String> skipReason(Pipeline pipeline, Stage stage) {
        Optional<String> whole = pipeline.when().flatMap(when -> when.whyNot(trigger));
        return whole.or(() -> stage.flow().when().flatMap(when -> when.whyNot(trigger)));
    }

    /** Every copy of what is needed; within a pipeline only those of the same copy of the pipeline. */
    private PlannedStage withNeeds(PlannedStage stage, int[] needs, List<List<Integer>> copies) {
        List<Integer> numbers = new ArrayList<>();
        for (int need : needs) {
            for (int copy : copies.get(need)) {
                PlannedStage other = planned.get(copy);
                boolean foreign = !other.ref().pipeline().equals(stage.ref().pipeline());
                if (foreign || other.pipeline().equals(stage.pipeline())) {
                    numbers.add(copy);
                }
            }
        }
        return new PlannedStage(
                stage.number(),
                stage.id(),
                stage.pipeline(),
                stage.ref(),
                stage.stage(),
                stage.matrix(),
                numbers,
                stage.skip());
    }

    /** A stage that refers to an output of a skipped stage, without a default, is skipped too: the value will not come. */
    private void skipWhatLacksValues(Order order) {
        Set<StageRef> skipped = new LinkedHashSet<>();
        planned.forEach(p -> p.skip().ifPresent(reason -> skipped.add(p.ref())));
        if (skipped.isEmpty()) {
            return;
        }
        for (int number : order.sorted()) {
            PlannedStage stage = planned.get(number);
            if (stage.skip().isEmpty()) {
                missingValue(stage, skipped).ifPresent(reference -> {
                    skipped.add(stage.ref());
                    planned.set(number, stage.skippedBecause("it needs " + reference + ", and that stage is skipped"));
                });
            }
        }
    }

    /** A gate of the policy is skipped with the stages that it guards: nobody else needs it. */
    private void skipWhatGuardsNothing() {
        Map<Integer, Boolean> guards = new LinkedHashMap<>();
        planned.stream().filter(p -> p.stage().work().rule().isPresent()).forEach(p -> guards.put(p.number(), false));
        planned.stream().filter(p -> p.skip().isEmpty()).forEach(p -> p.needs()
                .forEach(need -> guards.computeIfPresent(need, (gate, any) -> true)));
        guards.forEach((gate, any) -> {
            if (!any) {
                planned.set(gate, planned.get(gate).skippedBecause("what it guards is skipped"));
            }
        });
    }

    private Optional<Reference> missingValue(PlannedStage stage, Set<StageRef> skipped) {
        Pipeline home = file.pipeline(stage.ref().pipeline()).orElseThrow();
        return stage.stage().templates().stream()
                .map(Template::references)
                .flatMap(List::stream)
                .filter(reference -> reference.fallback().isEmpty())
                .filter(reference -> Target.of(reference, home, file)
                        .map(target -> target instanceof Target.Output output
                                && !output.key().equals("stage")
                                && skipped.contains(output.stage()))
                        .orElse(false))
                .findFirst();
    }
}
