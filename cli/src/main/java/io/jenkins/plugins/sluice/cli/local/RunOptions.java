package io.jenkins.plugins.sluice.cli.local;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How the user wants a run on this machine to go.
 *
 * @param repository the tree that the stages work on copies of
 * @param state where runs are kept
 * @param jobs how many stages may run at the same time
 * @param inPlace whether they work in the tree itself
 * @param keepWorkspaces whether workspaces stay when the run is over
 * @param quiet whether the output of stages goes to their logs only
 * @param remote the address of the repository's remote, if it has one
 * @param parameters values for {@code ${setup.params.…}}
 * @param environment what the stages inherit, without secrets
 */
public record RunOptions(
        Path repository,
        Path state,
        int jobs,
        boolean inPlace,
        boolean keepWorkspaces,
        boolean quiet,
        Progress progress,
        Secrets secrets,
        Optional<ContainerEngine> engine,
        Optional<String> remote,
        Map<String, String> parameters,
        Map<String, String> environment) {

    /** How progress is shown. */
    public enum Progress {
        /** A display that is updated. */
        LIVE,
        /** Lines. */
        PLAIN
    }

    public RunOptions {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    }
}
