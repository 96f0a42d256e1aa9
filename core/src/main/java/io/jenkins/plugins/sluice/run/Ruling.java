package io.jenkins.plugins.sluice.run;

import java.util.List;
import java.util.Optional;

/**
 * What came of a vote.
 *
 * @param events to be written down, in order
 * @param refusal why the vote does not count, in words for the voter; empty if it does
 * @param decision in words, if the gate is decided by now
 * @param missing how many more approvals it takes, if it is not
 */
public record Ruling(List<RunEvent> events, Optional<String> refusal, Optional<String> decision, int missing) {
    public Ruling {
        events = List.copyOf(events);
    }

    /** Whether the vote counts. */
    public boolean counts() {
        return refusal.isEmpty();
    }
}
