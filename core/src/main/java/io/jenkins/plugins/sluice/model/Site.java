package io.jenkins.plugins.sluice.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an administrator has set up around Sluice: where images, charts and mail go. A repository cannot change it, and nothing of
 * it is wired in.
 *
 * @param jobs what {@code trigger} of a job means on one machine: a shell command for each name
 */
public record Site(
        Optional<Registry> registry,
        Optional<String> blubberFrontend,
        Optional<Charts> charts,
        Helm helm,
        Optional<Mail> mail,
        Map<String, String> jobs) {
    public Site {
        jobs = Collections.unmodifiableMap(new LinkedHashMap<>(jobs));
    }

    /** Nothing is set up. */
    public static final Site NONE =
            new Site(Optional.empty(), Optional.empty(), Optional.empty(), Helm.DEFAULT, Optional.empty(), Map.of());

    /**
     * Where images are published.
     *
     * @param host of the registry, with its port if that is needed
     * @param repository what stands before the name of each image; may be empty
     * @param credential user name and password for pushing, if they are needed
     */
    public record Registry(String host, String repository, Optional<Credential> credential) {
        /** A registry that asks for no password. */
        public Registry(String host, String repository) {
            this(host, repository, Optional.empty());
        }
    }

    /**
     * The repository with the values of the charts.
     *
     * @param repository its address for Git
     * @param values the path of the values for all environments, with {@code {chart}} in it
     * @param environmentValues the path of those for one, with {@code {chart}} and {@code {environment}}
     * @param key where in the values the version stands, with dots
     * @param push the ref to push to, with {@code {branch}}
     * @param reviewers who is asked for a review, as the server knows them; only where the ref is one for reviews
     * @param credential user name and password, or for an address of SSH the private key
     */
    public record Charts(
            String repository,
            String branch,
            String values,
            String environmentValues,
            String key,
            String push,
            List<String> reviewers,
            String authorName,
            String authorEmail,
            Optional<Credential> credential) {
        public Charts {
            reviewers = List.copyOf(reviewers);
        }
    }

    /**
     * How charts are installed for a rehearsal.
     *
     * @param repository the address of the repository of charts; without it a chart is a path or an address
     * @param imageKey the value of the chart that takes the name of the image, with dots; likewise the others
     */
    public record Helm(
            Optional<String> repository,
            String namespace,
            Optional<String> kubeconfig,
            String imageKey,
            String tagKey,
            String registryKey) {
        /** Without settings. */
        public static final Helm DEFAULT = new Helm(
                Optional.empty(), "ci", Optional.empty(), "main_app.image", "main_app.version", "docker.registry");
    }

    /**
     * How mail is sent.
     *
     * @param startTls whether to speak TLS or not at all; without it nothing is encrypted
     * @param credential user name and password, if the server wants them
     */
    public record Mail(String host, int port, String from, boolean startTls, Optional<Credential> credential) {}
}
