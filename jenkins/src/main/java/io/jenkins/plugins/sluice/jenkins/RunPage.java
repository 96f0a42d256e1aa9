package io.jenkins.plugins.sluice.jenkins;

import hudson.model.Run;
import io.jenkins.plugins.sluice.handle.RunHandle;

/** What the page of a run shows. */
public final class RunPage {
    private final RunHandle run;
    private final Run<?, ?> build;

    RunPage(RunHandle run, Run<?, ?> build) {
        this.run = run;
        this.build = build;
    }

    public String getText() {
        return run.text();
    }
}
