package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.List;
import java.util.Optional;

/** Finds gates that would have nothing to show: better when the file is read than when people are asked. */
final class GateChecks {
    private final StageGraph graph;
    private final Problems problems;

    GateChecks(StageGraph graph, Problems problems) {
        this.graph = graph;
        this.problems = problems;
    }

    void check(Pipeline pipeline, Stage stage, PipelineFile file) {
        List<Template> shown = stage.work().gate().map(Gate::show).orElse(List.of());
        if (!shown.isEmpty()) {
            StageRef here = new StageRef(pipeline.name(), stage.name());
            List<Stage> before = file.pipelines().stream()
                    .flatMap(p ->
                            p.stages().stream().filter(s -> graph.comesBefore(new StageRef(p.name(), s.name()), here)))
                    .toList();
            for (Template show : shown) {
                if (before.stream().noneMatch(s -> mayKeep(s, show, stage))) {
                    problems.add(ProblemCode.NOTHING_TO_SHOW.at(show.place(), show));
                }
            }
        }
    }

    /** Says no only if it is sure: two patterns may always have a file in common. */
    private static boolean mayKeep(Stage keeper, Template show, Stage gate) {
        Optional<String> path = RepoPath.resolve(gate.settings().directory(), show.toString());
        boolean open = path.isEmpty() || !isLiteral(show);
        return keeper.keeps().artifacts().stream()
                .anyMatch(kept -> open
                        || !kept.references().isEmpty()
                        || RepoPath.resolve(keeper.settings().directory(), kept.toString())
                                .map(pattern -> path.filter(PathPattern.parse(pattern)::matches)
                                        .isPresent())
                                .orElse(true));
    }

    private static boolean isLiteral(Template text) {
        return text.toString().chars().noneMatch(c -> "*?{$".indexOf(c) >= 0);
    }
}
