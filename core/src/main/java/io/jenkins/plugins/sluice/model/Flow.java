package io.jenkins.plugins.sluice.model;

import java.util.List;
import java.util.Optional;

/**
 * When a stage runs and what its end means.
 *
 * @param needs the stages before it, complete: those that follow from the order of the list are there too
 * @param when the condition under which it is not skipped
 * @param matrix the copies to make of it
 */
public record Flow(
        List<Need> needs,
        Runs runs,
        boolean allowFailure,
        Retry retry,
        Optional<Condition> when,
        Optional<Matrix> matrix) {
    public Flow {
        needs = List.copyOf(needs);
    }

    /** That of a gate, which is asked once. */
    static Flow ofGate(List<Need> needs, Runs runs) {
        return new Flow(needs, runs, false, Retry.NEVER, Optional.empty(), Optional.empty());
    }

    Flow withNeeds(List<Need> complete) {
        return new Flow(complete, runs, allowFailure, retry, when, matrix);
    }
}
