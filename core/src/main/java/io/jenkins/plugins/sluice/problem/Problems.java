package io.jenkins.plugins.sluice.problem;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Collects what is wrong, so that one reading reports everything. Not thread-safe. The same problem added twice (a value
 * reached through two aliases) counts once.
 */
public final class Problems {
    /** More than this nobody mends in one go; a hostile file could otherwise make millions. */
    private static final int MOST = 1_000;

    private final Set<Problem> found = new LinkedHashSet<>();

    public void add(Problem problem) {
        if (!isFull()) {
            found.add(problem);
        }
    }

    /** Whether so much is wrong that looking for more is of no use; what is added from now on is dropped. */
    public boolean isFull() {
        return found.size() >= MOST;
    }

    /** All problems in the order of their places. */
    public List<Problem> list() {
        List<Problem> sorted = new ArrayList<>(found);
        sorted.sort(null);
        return List.copyOf(sorted);
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public boolean hasErrors() {
        return found.stream().anyMatch(Problem::isError);
    }
}
