package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.cli.deliver.Deliveries;
import io.jenkins.plugins.sluice.cli.engine.ContainerEngine;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the stages of a run have in common on this machine.
 *
 * @param token tells the processes and containers of this run from all others
 * @param inherited the environment that scripts get from whoever started the run, without its secrets
 * @param engine builds and runs images, if any stage wants that
 * @param deliveries what goes beyond this machine
 */
record RunSetup(
        RunDirectory directory,
        String token,
        ArtifactStore store,
        Secrets secrets,
        Map<String, String> inherited,
        Optional<ContainerEngine> engine,
        Deliveries deliveries) {

    RunSetup {
        Map<String, String> clean = new LinkedHashMap<>(inherited);
        clean.keySet().removeIf(name -> name.startsWith(Secrets.PREFIX) || name.equals("SLUICE_NAME"));
        inherited = Collections.unmodifiableMap(clean);
    }
}
