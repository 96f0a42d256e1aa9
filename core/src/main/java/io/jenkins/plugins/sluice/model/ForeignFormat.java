package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.config.ConfigMap;
import java.util.Optional;

/** Files of other tools that live at the same path or look alike. */
record ForeignFormat(String name, String hint) {
    static Optional<ForeignFormat> of(ConfigMap top) {
        if (top.keys().contains("pipelines")) {
            return Optional.empty();
        }
        if (top.keys().contains("general")
                || (top.map("stages").isPresent() && top.map("steps").isPresent())) {
            return Optional.of(new ForeignFormat(
                    "a configuration of SAP's Piper library ('general', 'stages' and 'steps' at the top)",
                    "keep it for Piper, or move its stages below 'pipelines: NAME: stages:'"));
        }
        if (top.map("jobs").isPresent()) {
            return Optional.of(new ForeignFormat(
                    "a workflow with 'jobs' at the top, as GitHub Actions and CircleCI have them",
                    "each job becomes a stage below 'pipelines: NAME: stages:', its 'needs' stay"));
        }
        if (top.get("stages").flatMap(n -> n.asList()).isPresent() || top.keys().contains("pipeline")) {
            boolean typo = top.keys().contains("pipeline");
            return Optional.of(new ForeignFormat(
                    typo ? "a file with 'pipeline' at the top" : "a file with 'stages' at the top",
                    typo ? "did you mean 'pipelines'?" : "put the stages below 'pipelines: NAME: stages:'"));
        }
        return Optional.empty();
    }
}
