package io.jenkins.plugins.sluice.model;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where and with what a stage works; the defaults of the pipeline and the file are filled in.
 *
 * @param agent label expression; empty text for any agent
 * @param directory below the top of the repository, {@code .} for the top
 * @param timeout how long one attempt may take
 * @param lock the name of a lock that is held while the stage runs
 */
public record Settings(
        String agent,
        String directory,
        Map<String, Template> env,
        List<Credential> credentials,
        Optional<Duration> timeout,
        Optional<Template> lock) {
    public Settings {
        env = Collections.unmodifiableMap(new LinkedHashMap<>(env));
        credentials = List.copyOf(credentials);
    }

    /** The settings of a gate, which needs nothing but a directory for the patterns of what it shows. */
    static Settings ofGate(String directory) {
        return new Settings("", directory, Map.of(), List.of(), Optional.empty(), Optional.empty());
    }

    Settings withTimeout(Optional<Duration> limit) {
        return new Settings(agent, directory, env, credentials, limit, lock);
    }

    Settings withAgent(String label) {
        return new Settings(label, directory, env, credentials, timeout, lock);
    }
}
