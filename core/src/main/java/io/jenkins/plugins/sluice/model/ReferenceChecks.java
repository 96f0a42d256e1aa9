package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.problem.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the references that can never resolve, when the file is read and not an hour into the run. */
final class ReferenceChecks {
    private static final List<String> SETUP = List.of(
            "pipeline",
            "logURL",
            "project",
            "projectShortName",
            "timestamp",
            "commit",
            "branch",
            "remote",
            "tag",
            "imageLabels",
            "httpProxy");

    private static final List<String> RUN = List.of("id", "url", "number");

    private final PipelineFile file;
    private final StageGraph graph;
    private final Problems problems;

    ReferenceChecks(PipelineFile file, StageGraph graph, Problems problems) {
        this.file = file;
        this.graph = graph;
        this.problems = problems;
    }

    void check(Pipeline pipeline, Stage stage) {
        List<String> own = new ArrayList<>(List.of("stage"));
        Visit visit = new Visit(pipeline, stage, own, Set.of());
        stage.ownTemplates().forEach(visit::template);
        for (Action action : stage.work().actions()) {
            action.settings().visit(visit);
            checkExports(action, own);
            own.addAll(action.kind().outputs());
            own.addAll(action.exported());
        }
        stage.keeps().outputs().values().forEach(visit::template);
    }

    private void checkExports(Action action, List<String> own) {
        if (action.kind() == Action.Kind.EXPORTS && action.settings() instanceof Value.Entries entries) {
            entries.values().keySet().stream()
                    .filter(name -> own.contains(name.toString()))
                    .forEach(name -> problems.add(ProblemCode.INVALID_VALUE.at(
                            name.place(), name, "the stage has a value of that name already; choose another")));
        }
    }

    /** Looks at the texts of a stage: with the values that it has at that time, within the loops around. */
    private final class Visit implements Value.Visitor {
        private final Pipeline pipeline;
        private final Stage stage;
        private final List<String> own;
        private final Set<String> loop;

        Visit(Pipeline pipeline, Stage stage, List<String> own, Set<String> loop) {
            this.pipeline = pipeline;
            this.stage = stage;
            this.own = own;
            this.loop = loop;
        }

        @Override
        public void template(Template template) {
            for (Reference reference : new LinkedHashSet<>(template.references())) {
                if (problems.isFull()) {
                    return;
                }
                verdict(reference, this).ifPresent(wrong -> problems.add(wrong.at(reference, template)));
            }
        }

        @Override
        public Value.Visitor inside(Set<String> variables) {
            Set<String> all = new LinkedHashSet<>(loop);
            all.addAll(variables);
            return new Visit(pipeline, stage, own, all);
        }
    }

    private record Wrong(String why, String hint) {
        Problem at(Reference reference, Template template) {
            return ProblemCode.UNKNOWN_REFERENCE.at(template.place(), reference, why, hint);
        }
    }

    private Optional<Wrong> verdict(Reference reference, Visit from) {
        Pipeline pipeline = from.pipeline;
        Optional<Target> target = Target.of(reference, pipeline, file);
        if (target.isEmpty()) {
            String first = reference.name().substring(0, reference.name().indexOf('.'));
            return wrong(
                    "there is no stage '" + first + "' in pipeline '" + pipeline.name() + "'",
                    Suggestion.among(first, "Defined stages", pipeline.byName().keySet()));
        }
        if (target.get() instanceof Target.Output output) {
            return output(output, reference, from);
        }
        if (target.get() instanceof Target.OfRun ofRun) {
            return ofRun(ofRun, reference, pipeline, from.stage);
        }
        return own((Target.Own) target.get(), reference, from);
    }

    private Optional<Wrong> own(Target.Own own, Reference reference, Visit from) {
        String key = own.key();
        boolean bare = !reference.name().contains(".");
        boolean shellsOwn = file.dialect() == Dialect.PIPELINELIB && bare;
        boolean known = from.loop.isEmpty() ? from.own.contains(key) : from.loop.contains(key);
        if (shellsOwn || known || reference.fallback().isPresent()) {
            return Optional.empty();
        }
        if (!from.loop.isEmpty()) {
            return wrong(
                    "within $each it means a loop variable, and there is none called '" + key + "'",
                    "write '${" + from.stage.name() + "." + key + "}' for a value of the stage");
        }
        return wrong(
                "the stage itself has no value '" + key + "'" + (from.own.size() > 1 ? "" : " here"),
                bare
                        ? "write '$${" + key + "}' for a literal one, or name the stage: '${stage." + key + "}'"
                        : Suggestion.among(key, "Its values so far", from.own));
    }

    private Optional<Wrong> output(Target.Output output, Reference reference, Visit from) {
        Pipeline pipeline = from.pipeline;
        Stage stage = from.stage;
        StageRef here = new StageRef(pipeline.name(), stage.name());
        if (output.stage().equals(here) && !from.loop.isEmpty() && from.own.contains(output.key())) {
            return Optional.empty();
        }
        if (output.stage().equals(here)) {
            return wrong(
                    "a stage cannot read its own outputs by its name",
                    from.own.contains(output.key())
                            ? "write '${." + output.key() + "}'"
                            : "use the value itself, or read it in a later stage");
        }
        if (!graph.comesBefore(output.stage(), here)) {
            String why = "stage '" + shown(output.stage(), pipeline) + "' does not come before '" + stage.name() + "'";
            return wrong(
                    why,
                    file.dialect() == Dialect.PIPELINELIB
                            ? "put it before '" + stage.name() + "' on a path of 'execution'"
                            : "add it to the needs of '" + stage.name() + "'");
        }
        Pipeline home = file.pipeline(output.stage().pipeline()).orElseThrow();
        Stage target = home.stage(output.stage().stage()).orElseThrow();
        boolean copies = target.flow().matrix().isPresent()
                || (home.matrix().isPresent() && !home.name().equals(pipeline.name()));
        if (copies) {
            return wrong(
                    "stage '" + shown(output.stage(), pipeline) + "' has a copy for each combination of its matrix",
                    "hand the value on by an artifact, whose name tells the copies apart");
        }
        if (reference.fallback().isPresent() || knows(target, output.key())) {
            return Optional.empty();
        }
        List<String> known = known(target);
        return wrong(
                "stage '" + shown(output.stage(), pipeline) + "' has no output '" + output.key() + "'",
                known.size() == 1
                        ? "add it to the 'outputs' of that stage"
                        : Suggestion.among(output.key(), "Its outputs", known));
    }

    private static String shown(StageRef ref, Pipeline pipeline) {
        return ref.pipeline().equals(pipeline.name()) ? ref.stage() : ref.toString();
    }

    private static boolean knows(Stage stage, String key) {
        boolean open = stage.keeps().outputFile().isPresent()
                || stage.work().actions().stream()
                        .anyMatch(a -> a.exported().stream().anyMatch(name -> name.contains("${")));
        return open || known(stage).contains(key);
    }

    private static List<String> known(Stage stage) {
        List<String> known = new ArrayList<>(List.of("stage"));
        known.addAll(stage.keeps().outputs().keySet());
        known.addAll(stage.work().gate().map(Gate::outputs).orElse(List.of()));
        stage.work().actions().forEach(action -> {
            known.addAll(action.kind().outputs());
            known.addAll(action.exported());
        });
        return known;
    }

    private Optional<Wrong> ofRun(Target.OfRun target, Reference reference, Pipeline pipeline, Stage stage) {
        List<String> known =
                switch (target.namespace()) {
                    case "setup" -> SETUP;
                    case "run" -> RUN;
                    case "trigger" -> Trigger.NAMES;
                    case "matrix" -> matrixNames(pipeline, stage);
                    default -> gateNames(pipeline, stage);
                };
        boolean parameter = target.namespace().equals("setup") && target.key().startsWith("params.");
        boolean checkout = target.namespace().equals("setup") && target.key().startsWith("GIT_");
        if (known.contains(target.key())
                || parameter
                || checkout
                || reference.fallback().isPresent()) {
            return Optional.empty();
        }
        return wrong(
                "'" + target.namespace() + "' has no value '" + target.key() + "' here",
                Suggestion.among(target.key(), "It has", known));
    }

    private static List<String> matrixNames(Pipeline pipeline, Stage stage) {
        List<String> names = new ArrayList<>();
        pipeline.matrix().ifPresent(m -> names.addAll(m.names()));
        stage.flow().matrix().ifPresent(m -> names.addAll(m.names()));
        return names;
    }

    private List<String> gateNames(Pipeline pipeline, Stage stage) {
        List<String> names = new ArrayList<>();
        StageRef here = new StageRef(pipeline.name(), stage.name());
        for (Stage other : pipeline.stages()) {
            if (graph.comesBefore(new StageRef(pipeline.name(), other.name()), here)) {
                other.work().gate().ifPresent(gate -> names.addAll(gate.outputs()));
            }
        }
        return names;
    }

    private static Optional<Wrong> wrong(String why, String hint) {
        return Optional.of(new Wrong(why, hint));
    }
}
