package io.jenkins.plugins.sluice.cli.ask;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a program decides, as JSON:
 *
 * <pre>{@code
 * {"decision": "approve", "by": "change board", "comment": "CHG-4711", "inputs": {"replicas": 3, "canary": true}}
 * }</pre>
 *
 * <p>Only {@code decision} must be there. Whether the gate takes the comment and the inputs is for the gate to judge.
 *
 * @param approve whether it is a yes ({@code approve}) or a no ({@code reject})
 * @param by in whose name, at most 200 printable characters
 * @param comment why; may be empty, has at most 10,000 characters, may have several lines
 * @param inputs what was entered, by name and in the order of the JSON; numbers in plain digits, flags as {@code true} or
 *     {@code false}
 */
public record Answer(boolean approve, Optional<String> by, String comment, Map<String, String> inputs) {

    /** The longest comment, in characters. */
    public static final int LONGEST_COMMENT = 10_000;

    /** The longest name of whoever decides, in characters. */
    public static final int LONGEST_NAME = 200;

    public Answer {
        inputs = Collections.unmodifiableMap(new LinkedHashMap<>(inputs));
    }

    /** Reads JSON strictly: what it does not know, it refuses. Never throws; from any thread. */
    public static ParsedAnswer parse(String json) {
        return AnswerReader.read(json);
    }
}
