package io.jenkins.plugins.sluice.handle;

import java.util.Optional;

/**
 * A job that a step has started.
 *
 * @param result in Jenkins' words; empty if it was not waited for
 * @param url of its build, or why that is not known
 */
public record StartedJob(String result, String url) {
    /** Nothing is known of it but that it was started. */
    public static final StartedJob UNKNOWN = new StartedJob("", "");

    /** What went wrong; empty if it went well, or was not waited for. */
    Optional<String> trouble() {
        boolean well = result.isEmpty() || result.equals("SUCCESS");
        return well ? Optional.empty() : Optional.of(result + " (" + url + ")");
    }
}
