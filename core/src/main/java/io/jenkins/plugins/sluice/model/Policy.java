package io.jenkins.plugins.sluice.model;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an administrator lets repositories do, and what a repository cannot take out of a plan.
 *
 * @param allowed for each kind all that is allowed of it; of a kind without a list everything is
 * @param bounds what stages have that say nothing, and the most that they may have
 * @param gates what is asked before certain stages
 * @param trusted who may change the pipeline itself; empty if anyone may
 */
public record Policy(
        Map<Kind, List<String>> allowed, Bounds bounds, List<PolicyGate> gates, Optional<Trusted> trusted) {
    public Policy {
        Map<Kind, List<String>> copy = new EnumMap<>(Kind.class);
        allowed.forEach((kind, names) -> copy.put(kind, List.copyOf(names)));
        allowed = Collections.unmodifiableMap(copy);
        gates = List.copyOf(gates);
    }

    /** Everything is allowed. */
    public static final Policy OPEN = of(Map.of());

    /** A policy of lists alone. */
    public static Policy of(Map<Kind, List<String>> allowed) {
        return new Policy(allowed, Bounds.NONE, List.of(), Optional.empty());
    }

    /** What there is a list for. */
    public enum Kind {
        /** The keys of a stage that make it do something. */
        ACTION("allowedActions", "action"),
        /** The names of jobs that may be triggered. */
        JOB("allowedTriggerJobs", "job"),
        /** The ids of secrets that may be used. */
        CREDENTIAL("allowedCredentials", "credential"),
        /** Images that may turn a file into a build. */
        FRONTEND("allowedFrontends", "frontend"),
        /** Labels of agents that may be asked for. */
        AGENT("allowedAgents", "agent"),
        /** Images that scripts may run in. */
        IMAGE("allowedImages", "image"),
        /** The hosts that these images may come from. */
        REGISTRY("allowedRegistries", "registry of"),
        /** Deployment plugins. */
        PLUGIN("allowedPlugins", "plugin");

        private final String key;
        private final String word;

        Kind(String key, String word) {
            this.key = key;
            this.word = word;
        }

        /** The key of the file. */
        public String key() {
            return key;
        }

        /** The word for people. */
        public String word() {
            return word;
        }
    }

    /**
     * What a stage has that says nothing, and the most that it may have.
     *
     * @param agent label expression; empty text for any agent
     * @param timeout how long an attempt may take where the file does not say
     * @param longest the longest time that a file may say
     */
    public record Bounds(String agent, Optional<Duration> timeout, Optional<Duration> longest) {
        /** Nothing is filled in, nothing is limited. */
        public static final Bounds NONE = new Bounds("", Optional.empty(), Optional.empty());

        /** How long an attempt at a stage that says nothing may take. */
        Optional<Duration> otherwise() {
            return timeout.or(() -> longest);
        }
    }

    /** People whose changes of the pipeline need no review, and who review those of others. */
    public record Trusted(List<String> users, List<String> groups) {
        public Trusted {
            users = List.copyOf(users);
            groups = List.copyOf(groups);
        }
    }

    /** The file with the gate for a change of the pipeline before all its stages, if there is something to look at first. */
    public PipelineFile reviewed(PipelineFile file, Optional<String> review) {
        return trusted.flatMap(people -> review.map(message -> PipelineChange.reviewed(file, people, message)))
                .orElse(file);
    }

    /** Whether there is a list for the kind. */
    public boolean limits(Kind kind) {
        return allowed.containsKey(kind);
    }

    /** Whether a name is allowed of its kind. */
    public boolean allows(Kind kind, String name) {
        List<String> all = allowed.get(kind);
        if (all == null) {
            return true;
        }
        return switch (kind) {
            // A pattern of jobs would take in a/../b.
            case ACTION, JOB -> all.contains(name);
            case CREDENTIAL, FRONTEND, IMAGE, PLUGIN -> NamePattern.anyMatches(all, name);
            case AGENT -> AgentLabels.of(name).isWithin(all);
            case REGISTRY ->
                ImageRegistry.of(name)
                        .map(host -> all.stream().anyMatch(host::equalsIgnoreCase))
                        .orElse(true);
        };
    }

    /** What people are told instead: {@code allowed are: a, b}. */
    public String allowed(Kind kind) {
        List<String> all = allowed.getOrDefault(kind, List.of());
        return all.isEmpty() ? "none is allowed" : "allowed are: " + String.join(", ", all);
    }

    /** What people are told of a name that is known only in the run. */
    public UnfitValueException refusal(Kind kind, String name) {
        return new UnfitValueException(
                "the policy does not allow the " + kind.word() + " '" + name + "'; " + allowed(kind));
    }
}
