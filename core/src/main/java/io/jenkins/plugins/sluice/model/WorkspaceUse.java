package io.jenkins.plugins.sluice.model;

/** How the stages of a pipeline share agents and files. */
public enum WorkspaceUse {
    /** A chain of stages shares; branches side by side get a workspace each. */
    SEPARATE,
    /** One workspace for the whole pipeline, as PipelineLib's users expect. */
    SHARED
}
