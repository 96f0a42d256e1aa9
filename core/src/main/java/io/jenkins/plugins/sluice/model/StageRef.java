package io.jenkins.plugins.sluice.model;

import org.jspecify.annotations.Nullable;

/** The name of a stage in a file. */
public record StageRef(String pipeline, String stage) {
    // What a record brings along is linked at run time, which costs each start of the command line some 15 ms.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StageRef ref && pipeline.equals(ref.pipeline) && stage.equals(ref.stage);
    }

    @Override
    public int hashCode() {
        return 31 * pipeline.hashCode() + stage.hashCode();
    }

    @Override
    public String toString() {
        return pipeline + "/" + stage;
    }
}
