package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.StageRun;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How far a stage has come, as far as a picture shows it: a colour, a sign at the corner, and a word in the tooltip. */
public enum StageLook {
    WAITING("M-3.5 0h.1M0 0h.1M3.5 0h.1"),
    RUNNING("M-2 -3L3 0L-2 3Z"),
    PAUSED("M-1.5 -2.5V2.5M1.5 -2.5V2.5"),
    ASKING("M-2.2 -1.8C-2.2 -4.2 2.2 -4.2 2.2 -1.8C2.2 0 0 -.2 0 1.6M0 3.8v.1"),
    SUCCEEDED("M-3.5 .3L-1 2.8L3.5 -2.5"),
    FAILED("M-2.8 -2.8L2.8 2.8M2.8 -2.8L-2.8 2.8"),
    ERRORED("M0 -4V1M0 3.7v.1"),
    ABORTED("M-3.2 0H3.2"),
    SKIPPED("M-3.5 -2.5L-.5 0L-3.5 2.5M.5 -2.5L3.5 0L.5 2.5");

    private final String sign;

    StageLook(String sign) {
        this.sign = sign;
    }

    /** How far the stages of a run have come, by their numbers. */
    public static Map<Integer, StageLook> of(RunState state) {
        Map<Integer, StageLook> looks = new HashMap<>();
        for (PlannedStage stage : state.plan().stages()) {
            StageRun run = state.stage(stage.number());
            String word =
                    run.outcome().map(Enum::name).orElseGet(() -> run.status().name());
            looks.put(stage.number(), valueOf(word));
        }
        return looks;
    }

    /** The word for people, which is the CSS class too. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The strokes of its sign, around the origin and at most 4 units from it. */
    String sign() {
        return sign;
    }
}
