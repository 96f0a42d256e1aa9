package io.jenkins.plugins.sluice.run;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How an attempt ended and what remains of it.
 *
 * @param detail what to tell people, such as {@code exit code 3}; empty if there is nothing to tell
 * @param cause what {@code retry.on} is held against: the exit code, {@code timeout} or {@code agentLost}; else empty text
 * @param outputs values for later stages
 * @param kept artifacts
 * @param tests test results, if the stage reports any
 */
public record AttemptResult(
        Outcome outcome,
        String detail,
        String cause,
        Map<String, String> outputs,
        List<KeptFile> kept,
        Optional<TestReport> tests) {
    /** The cause of an attempt whose agent went away. */
    public static final String AGENT_LOST = "agentLost";

    /** The cause of an attempt whose end nobody has seen. */
    public static final String LOST = "lost";

    public AttemptResult {
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        kept = List.copyOf(kept);
    }

    /** An attempt that left nothing behind. */
    public static AttemptResult of(Outcome outcome, String detail, String cause) {
        return new AttemptResult(outcome, detail, cause, Map.of(), List.of(), Optional.empty());
    }
}
