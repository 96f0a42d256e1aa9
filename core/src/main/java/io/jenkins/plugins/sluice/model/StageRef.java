package io.jenkins.plugins.sluice.model;

/** The name of a stage in a file. */
public record StageRef(String pipeline, String stage) {
    @Override
    public String toString() {
        return pipeline + "/" + stage;
    }
}
