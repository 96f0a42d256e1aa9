package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.problem.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the references that can never resolve, when the file is read and not an hour into the run. */
final class ReferenceChecks {
    /** What each key of a stage leaves behind for later stages. */
    private static final Map<String, List<String>> LEFT_BEHIND = Map.of(
            "build", List.of("imageID", "imageLocalName"),
            "run", List.of("container", "output"),
            "copy", List.of("artifactURLs"),
            "publish", List.of("imageName", "imageFullName", "imageTag", "imageTags", "publishedImage"),
            "deploy", List.of("releaseName"));

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
        for (Template template : stage.templates()) {
            for (Reference reference : new LinkedHashSet<>(template.references())) {
                if (problems.isFull()) {
                    return;
                }
                verdict(reference, pipeline, stage).ifPresent(wrong -> problems.add(wrong.at(reference, template)));
            }
        }
    }

    private record Wrong(String why, String hint) {
        Problem at(Reference reference, Template template) {
            return ProblemCode.UNKNOWN_REFERENCE.at(template.place(), reference, why, hint);
        }
    }

    private Optional<Wrong> verdict(Reference reference, Pipeline pipeline, Stage stage) {
        Optional<Target> target = Target.of(reference, pipeline, file);
        if (target.isEmpty()) {
            String first = reference.name().substring(0, reference.name().indexOf('.'));
            return wrong(
                    "there is no stage '" + first + "' in pipeline '" + pipeline.name() + "'",
                    Suggestion.among(first, "Defined stages", pipeline.byName().keySet()));
        }
        if (target.get() instanceof Target.Output output) {
            return output(output, reference, pipeline, stage);
        }
        if (target.get() instanceof Target.OfRun ofRun) {
            return ofRun(ofRun, reference, pipeline, stage);
        }
        return own((Target.Own) target.get(), reference, stage);
    }

    private Optional<Wrong> own(Target.Own own, Reference reference, Stage stage) {
        boolean shellsOwn =
                file.dialect() == Dialect.PIPELINELIB && !reference.name().contains(".");
        List<String> known = new ArrayList<>(List.of("stage"));
        stage.work().laterWork().forEach(l -> known.addAll(LEFT_BEHIND.getOrDefault(l.key(), List.of())));
        boolean exports =
                stage.work().laterWork().stream().anyMatch(l -> l.key().equals("exports"));
        if (shellsOwn || exports || reference.fallback().isPresent() || known.contains(own.key())) {
            return Optional.empty();
        }
        return wrong(
                "the stage itself has no value '" + own.key() + "'",
                "write '$${" + own.key() + "}' for a literal one, or name the stage: '${stage." + own.key() + "}'");
    }

    private Optional<Wrong> output(Target.Output output, Reference reference, Pipeline pipeline, Stage stage) {
        StageRef here = new StageRef(pipeline.name(), stage.name());
        if (output.stage().equals(here)) {
            return wrong("a stage cannot read its own outputs", "use the value itself, or read it in a later stage");
        }
        if (!graph.comesBefore(output.stage(), here)) {
            String why = "stage '" + shown(output.stage(), pipeline) + "' does not come before '" + stage.name() + "'";
            return wrong(why, "add it to the needs of '" + stage.name() + "'");
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
                || stage.work().laterWork().stream().anyMatch(l -> l.key().equals("exports"));
        return open || known(stage).contains(key);
    }

    private static List<String> known(Stage stage) {
        List<String> known = new ArrayList<>(List.of("stage"));
        known.addAll(stage.keeps().outputs().keySet());
        known.addAll(stage.work().gate().map(Gate::outputs).orElse(List.of()));
        stage.work().laterWork().forEach(l -> known.addAll(LEFT_BEHIND.getOrDefault(l.key(), List.of())));
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
