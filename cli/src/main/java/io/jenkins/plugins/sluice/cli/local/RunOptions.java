package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.cli.engine.ContainerEngine;
import io.jenkins.plugins.sluice.model.Policy;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the user wants a run on this machine to go, now and when it is resumed.
 *
 * @param state where runs are kept
 * @param jobs how many stages may run at the same time
 * @param keepWorkspaces whether workspaces stay when the run is over
 * @param quiet whether the output of stages goes to their logs only
 * @param starter who starts it
 * @param policy what the repository may do
 * @param engine builds and runs images, if any stage wants that
 * @param environment what the stages inherit, without secrets
 * @param atGates what to do when only gates are left
 * @param carryLimit how many bytes a run may put aside to go on with after a gate: its sources, or a workspace
 */
public record RunOptions(
        Path state,
        int jobs,
        boolean keepWorkspaces,
        boolean quiet,
        Progress progress,
        Secrets secrets,
        String starter,
        Policy policy,
        Optional<ContainerEngine> engine,
        Map<String, String> environment,
        AtGates atGates,
        long carryLimit) {

    /** How progress is shown. */
    public enum Progress {
        /** A display that is updated. */
        LIVE,
        /** Lines. */
        PLAIN
    }

    /** What to do when nothing is left to do but to wait for decisions. */
    public sealed interface AtGates {
        /** End this process; the run waits on the disk. */
        record Leave() implements AtGates {}

        /** Wait until someone decides elsewhere. */
        record Wait() implements AtGates {}

        /** Ask whoever sits at the terminal. */
        record Ask(GatePrompt prompt) implements AtGates {}
    }

    /** The same for work that nobody watches at a terminal: its events as lines, and at gates the run is left waiting. */
    public RunOptions inBackground() {
        return new RunOptions(
                state,
                jobs,
                keepWorkspaces,
                true,
                Progress.PLAIN,
                secrets,
                starter,
                policy,
                engine,
                environment,
                new AtGates.Leave(),
                carryLimit);
    }

    public RunOptions {
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
}
