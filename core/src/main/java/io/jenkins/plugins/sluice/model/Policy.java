package io.jenkins.plugins.sluice.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an administrator lets repositories do. Each list is all that is allowed of its kind; without a list everything is.
 *
 * @param actions the keys of a stage that make it do something
 * @param jobs the names of jobs that may be triggered
 * @param credentials the ids of secrets that may be used
 * @param frontends images that may turn a file into a build; {@code *} stands for any characters
 */
public record Policy(
        Optional<List<String>> actions,
        Optional<List<String>> jobs,
        Optional<List<String>> credentials,
        Optional<List<String>> frontends) {
    public Policy {
        actions = actions.map(List::copyOf);
        jobs = jobs.map(List::copyOf);
        credentials = credentials.map(List::copyOf);
        frontends = frontends.map(List::copyOf);
    }

    /** Everything is allowed. */
    public static final Policy OPEN =
            new Policy(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether a stage may have the key. */
    public boolean allowsAction(String key) {
        return actions.map(all -> all.contains(key)).orElse(true);
    }

    /** Whether the job may be triggered. */
    public boolean allowsJob(String name) {
        return jobs.map(all -> all.contains(name)).orElse(true);
    }

    /** Whether the secret may be used. */
    public boolean allowsCredential(String id) {
        return credentials.map(all -> all.contains(id)).orElse(true);
    }

    /** Whether the image may turn a file into a build. */
    public boolean allowsFrontend(String image) {
        return frontends
                .map(all -> all.stream().anyMatch(pattern -> matches(pattern, image)))
                .orElse(true);
    }

    private static boolean matches(String pattern, String image) {
        StringBuilder expression = new StringBuilder();
        for (String part : pattern.split("\\*", -1)) {
            expression.append(expression.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        return Pattern.matches(expression.toString(), image);
    }

    /** What people are told instead: {@code allowed are: a, b}. */
    public static String allowed(Optional<List<String>> list) {
        List<String> all = list.orElse(List.of());
        return all.isEmpty() ? "none is allowed" : "allowed are: " + String.join(", ", all);
    }
}
