package io.jenkins.plugins.sluice.model;

/** Whose meaning a file has. */
public enum Dialect {
    /** A file with {@code version: 1}. */
    SLUICE,
    /** A file without a version: PipelineLib's defaults hold. */
    PIPELINELIB
}
