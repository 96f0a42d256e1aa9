package io.jenkins.plugins.sluice.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * When to try a stage again.
 *
 * @param attempts how often in all, at least 1
 * @param delay the pause before the next attempt
 * @param on what to try again after: exit codes as texts, {@code timeout}, {@code agentLost}; empty means any failure
 */
public record Retry(int attempts, Duration delay, List<String> on) {
    /** Not at all. */
    public static final Retry NEVER = new Retry(1, Duration.ZERO, List.of());

    public Retry {
        on = List.copyOf(on);
    }

    /**
     * The pause before the next attempt, or empty if there is none.
     *
     * @param attempt the attempt that failed, from 1
     * @param cause the exit code as text, {@code timeout} or {@code agentLost}
     */
    public Optional<Duration> after(int attempt, String cause) {
        boolean again = attempt < attempts && (on.isEmpty() || on.contains(cause));
        return again ? Optional.of(delay) : Optional.empty();
    }
}
