package io.jenkins.plugins.sluice.model;

import java.util.List;
import java.util.Optional;

/** What a reference points at. */
public sealed interface Target {
    /** A value of the stage itself, such as {@code ${.stage}}. */
    record Own(String key) implements Target {}

    /** An output of another stage. */
    record Output(StageRef stage, String key) implements Target {}

    /** A value of the run: {@code setup}, {@code run}, {@code trigger}, {@code matrix} or {@code gate}. */
    record OfRun(String namespace, String key) implements Target {}

    /** The namespaces that belong to the run, so that no stage may be called so. */
    List<String> RUN_NAMESPACES = List.of("setup", "run", "trigger", "matrix", "gate");

    /**
     * What a reference in a pipeline points at; empty if its first name is neither a namespace of the run, nor a stage of the
     * pipeline, nor another pipeline. Names with dots are matched longest first.
     */
    static Optional<Target> of(Reference reference, Pipeline home, PipelineFile file) {
        String name = reference.name();
        int dot = name.indexOf('.');
        if (dot <= 0) {
            return Optional.of(new Own(name.substring(dot + 1)));
        }
        if (RUN_NAMESPACES.contains(name.substring(0, dot))) {
            return Optional.of(new OfRun(name.substring(0, dot), name.substring(dot + 1)));
        }
        return output(name, home).or(() -> elsewhere(name, file));
    }

    private static Optional<Target> output(String name, Pipeline pipeline) {
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            String stage = name.substring(0, dot);
            if (pipeline.stage(stage).isPresent()) {
                return Optional.of(new Output(new StageRef(pipeline.name(), stage), name.substring(dot + 1)));
            }
        }
        return Optional.empty();
    }

    private static Optional<Target> elsewhere(String name, PipelineFile file) {
        for (Pipeline pipeline : file.pipelines()) {
            if (name.startsWith(pipeline.name() + ".")) {
                Optional<Target> found = output(name.substring(pipeline.name().length() + 1), pipeline);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
