package io.jenkins.plugins.sluice.jenkins;

import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A step that the bundled library takes, and that people have no use for in scripts of their own. */
@Restricted(NoExternalUse.class)
public abstract class LibraryStepDescriptor extends StepDescriptor {
    private final String function;
    private final String displayName;

    /**
     * A kind of step.
     *
     * @param function how the library calls it
     */
    LibraryStepDescriptor(String function, String displayName) {
        this.function = function;
        this.displayName = displayName;
    }

    @Override
    public final String getFunctionName() {
        return function;
    }

    @Override
    public final String getDisplayName() {
        return displayName;
    }

    /** Keeps it out of the first list of the snippet generator. */
    @Override
    public final boolean isAdvanced() {
        return true;
    }
}
