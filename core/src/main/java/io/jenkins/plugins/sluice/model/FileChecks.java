package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.problem.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What only shows when all pipelines are read: needs across pipelines, cycles, references, clashes. */
final class FileChecks {
    /** The most stages that the matrices of one pipeline may make. */
    static final long MAX_COPIES = 20_000;

    private static final Set<Action.Kind> USES_OF_IMAGES =
            Set.of(Action.Kind.RUN, Action.Kind.PUBLISH, Action.Kind.COPY, Action.Kind.DEPLOY);

    private final PipelineFile file;
    private final Problems problems;

    FileChecks(PipelineFile file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    void check() {
        file.pipelines().forEach(p -> p.stages().forEach(this::checkNeedsElsewhere));
        file.pipelines().forEach(this::checkCopies);
        if (pipelineCycle() || stageCycle()) {
            return;
        }
        StageGraph graph = StageGraph.of(file);
        ReferenceChecks references = new ReferenceChecks(file, graph, problems);
        file.pipelines().forEach(p -> p.stages().forEach(s -> references.check(p, s)));
        GateChecks gates = new GateChecks(graph, problems);
        file.pipelines().forEach(p -> p.stages().forEach(s -> gates.check(p, s, file)));
        file.pipelines().forEach(p -> checkArtifacts(p, graph));
        file.pipelines().forEach(this::checkBuilds);
    }

    private void checkCopies(Pipeline pipeline) {
        long stages = pipeline.stages().stream()
                .mapToLong(s -> copies(s.flow().matrix()))
                .sum();
        long all = stages * copies(pipeline.matrix());
        if (all > MAX_COPIES) {
            problems.add(ProblemCode.MATRIX_TOO_LARGE.at(pipeline.place(), all, MAX_COPIES));
        }
    }

    private static long copies(Optional<Matrix> matrix) {
        return matrix.map(Matrix::size).orElse(1L);
    }

    private void checkNeedsElsewhere(Stage stage) {
        for (Need need : stage.flow().needs()) {
            Optional<Pipeline> pipeline = file.pipeline(need.stage().pipeline());
            if (pipeline.isEmpty()) {
                String hint = Suggestion.among(
                        need.stage().pipeline(),
                        "Defined pipelines",
                        file.byName().keySet());
                problems.add(ProblemCode.UNKNOWN_PIPELINE.at(
                        need.place(), need.stage().pipeline(), hint));
            } else if (pipeline.get().stage(need.stage().stage()).isEmpty()) {
                String hint = Suggestion.among(
                        need.stage().toString(),
                        "Defined stages of " + need.stage().pipeline(),
                        pipeline.get().byName().keySet().stream()
                                .map(name -> new StageRef(need.stage().pipeline(), name).toString())
                                .toList());
                problems.add(ProblemCode.UNKNOWN_STAGE.at(need.place(), need.stage(), hint));
            }
        }
    }

    private boolean pipelineCycle() {
        List<String> names = List.copyOf(file.byName().keySet());
        List<int[]> needs = file.pipelines().stream()
                .map(p -> p.needs().stream()
                        .mapToInt(n -> names.indexOf(n.stage().pipeline()))
                        .filter(i -> i >= 0)
                        .toArray())
                .toList();
        Optional<List<Integer>> cycle = StageGraph.Cycle.in(needs);
        cycle.ifPresent(numbers -> {
            Pipeline first = file.pipeline(names.get(numbers.get(0))).orElseThrow();
            String way = numbers.stream().map(names::get).collect(Collectors.joining(" → "));
            Place place = first.needs().isEmpty()
                    ? first.place()
                    : first.needs().get(0).place();
            problems.add(ProblemCode.CYCLE.at(place, "pipelines", way));
        });
        return cycle.isPresent();
    }

    private boolean stageCycle() {
        Optional<List<StageRef>> cycle = StageGraph.of(file).cycle();
        cycle.ifPresent(stages -> {
            boolean onePipeline =
                    stages.stream().map(StageRef::pipeline).distinct().count() == 1;
            String way = stages.stream()
                    .map(ref -> onePipeline ? ref.stage() : ref.toString())
                    .collect(Collectors.joining(" → "));
            problems.add(ProblemCode.CYCLE.at(placeOfNeed(stages.get(1), stages.get(0)), "stages", way));
        });
        return cycle.isPresent();
    }

    private Place placeOfNeed(StageRef stage, StageRef need) {
        Stage found = file.stage(stage).orElseThrow();
        return found.flow().needs().stream()
                .filter(n -> n.stage().equals(need))
                .map(Need::place)
                .findFirst()
                .orElse(found.place());
    }

    /** The same file kept by two stages side by side: which one would a later stage get? */
    private void checkArtifacts(Pipeline pipeline, StageGraph graph) {
        Map<String, Stage> keepers = new HashMap<>();
        for (Stage stage : pipeline.stages()) {
            for (Template pattern : stage.keeps().artifacts()) {
                String text = pattern.toString();
                Optional<String> path = RepoPath.resolve(stage.settings().directory(), text);
                boolean literal = text.chars().noneMatch(c -> "*?{$".indexOf(c) >= 0);
                if (literal && path.isPresent()) {
                    Stage other = keepers.put(path.get(), stage);
                    if (other != null
                            && !other.name().equals(stage.name())
                            && unordered(pipeline, other, stage, graph)) {
                        problems.add(ProblemCode.ARTIFACT_CLASH.warningAt(pattern.place(), text, other.name()));
                    }
                }
            }
        }
    }

    private static boolean unordered(Pipeline pipeline, Stage one, Stage other, StageGraph graph) {
        StageRef a = new StageRef(pipeline.name(), one.name());
        StageRef b = new StageRef(pipeline.name(), other.name());
        return !graph.comesBefore(a, b) && !graph.comesBefore(b, a);
    }

    private void checkBuilds(Pipeline pipeline) {
        List<String> referred = new ArrayList<>();
        for (Stage stage : pipeline.stages()) {
            stage.templates().forEach(t -> t.references().forEach(r -> referred.add(r.name())));
        }
        for (Stage stage : pipeline.stages()) {
            List<Action> actions = stage.work().actions();
            boolean used = actions.stream().anyMatch(a -> USES_OF_IMAGES.contains(a.kind()))
                    || referred.stream().anyMatch(name -> name.startsWith(stage.name() + "."));
            actions.stream()
                    .filter(a -> a.kind() == Action.Kind.BUILD && !used)
                    .forEach(build ->
                            problems.add(ProblemCode.BUILD_WITHOUT_RUN.warningAt(build.place(), stage.name())));
        }
    }
}
