package io.jenkins.plugins.sluice.model;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Paths below the top of the repository, with {@code /}, whatever the host's own separator is. */
public final class RepoPath {
    private RepoPath() {}

    /**
     * A path seen from a directory, as a path from the top, without {@code .} and {@code ..}; {@code .} for the top itself.
     * Empty if it is absolute or leaves the repository.
     */
    public static Optional<String> resolve(String directory, String path) {
        if (path.startsWith("/")) {
            return Optional.empty();
        }
        Deque<String> steps = new ArrayDeque<>();
        for (String step : (directory + "/" + path).split("/", -1)) {
            if (step.equals("..")) {
                if (steps.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return Optional.of(steps.isEmpty() ? "." : String.join("/", steps));
    }
}
