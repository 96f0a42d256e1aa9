package io.jenkins.plugins.sluice.run;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a stage is in its life. The transitions are data, so that they can be drawn ({@code docs/stage-states.md}) and a test
 * can ask whether each of them is visited.
 */
public enum StageStatus {
    /** Its needs have not all finished, or it has not been started yet. */
    WAITING,
    /** An attempt is on its way. */
    RUNNING,
    /** An attempt did not succeed, and another one will follow. */
    PAUSED,
    /** A gate has asked its question and has no answer yet. */
    ASKING,
    /** It has an outcome, for good. */
    FINISHED;

    /** What can happen to a stage. */
    public enum Happening {
        SKIPPED,
        RESULT_TAKEN,
        ATTEMPT_STARTED,
        ATTEMPT_ENDED,
        ATTEMPT_LOST,
        GATE_OPENED,
        GATE_DECIDED
    }

    /**
     * One row of the table.
     *
     * @param targets where it leads; more than one if that depends on how an attempt ended and on the stage's {@code retry}
     */
    public record Transition(StageStatus from, Happening happening, List<StageStatus> targets) {
        public Transition {
            targets = List.copyOf(targets);
            if (from == FINISHED) {
                throw new IllegalArgumentException("nothing happens to a finished stage");
            }
        }
    }

    private static final List<Transition> TRANSITIONS = List.of(
            new Transition(WAITING, Happening.SKIPPED, List.of(FINISHED)),
            new Transition(WAITING, Happening.RESULT_TAKEN, List.of(FINISHED)),
            new Transition(WAITING, Happening.ATTEMPT_STARTED, List.of(RUNNING)),
            new Transition(RUNNING, Happening.ATTEMPT_ENDED, List.of(FINISHED, PAUSED)),
            new Transition(RUNNING, Happening.ATTEMPT_LOST, List.of(PAUSED)),
            new Transition(PAUSED, Happening.ATTEMPT_STARTED, List.of(RUNNING)),
            new Transition(PAUSED, Happening.SKIPPED, List.of(FINISHED)),
            new Transition(WAITING, Happening.GATE_OPENED, List.of(ASKING)),
            new Transition(ASKING, Happening.GATE_DECIDED, List.of(FINISHED)));

    /** The whole table. */
    public static List<Transition> transitions() {
        return TRANSITIONS;
    }

    /** The word for people. */
    public String word() {
        return word(this);
    }

    /** Whether a happening may lead from this status to another. */
    boolean allows(Happening happening, StageStatus target) {
        return TRANSITIONS.stream()
                .anyMatch(t -> t.from() == this
                        && t.happening() == happening
                        && t.targets().contains(target));
    }

    /** The table as a Mermaid state diagram. */
    public static String diagram() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("start", "    [*] --> waiting");
        for (Transition t : TRANSITIONS) {
            for (StageStatus target : t.targets()) {
                String line = "    " + word(t.from()) + " --> " + word(target) + ": " + word(t.happening());
                lines.put(line, line);
            }
        }
        lines.put("end", "    finished --> [*]");
        return "stateDiagram-v2\n" + String.join("\n", lines.values()) + "\n";
    }

    private static String word(Enum<?> value) {
        String[] words = value.name().toLowerCase(Locale.ROOT).split("_");
        return String.join(" ", Arrays.asList(words));
    }
}
