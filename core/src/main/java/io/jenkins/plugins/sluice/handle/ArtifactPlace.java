package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.plan.PlannedStage;

/** Where the files that a stage keeps are among the artifacts of a build. */
final class ArtifactPlace {
    private ArtifactPlace() {}

    /**
     * A directory with the id of the stage: {@code api/unit}. What no file system should be asked for is replaced, and then the
     * number of the stage keeps it apart from others.
     */
    static String of(PlannedStage stage) {
        String safe = stage.id().replaceAll("[^A-Za-z0-9._/=,\\[\\]-]", "_");
        return safe.equals(stage.id()) && !safe.contains("..") ? safe : safe.replace("..", "_") + "~" + stage.number();
    }
}
