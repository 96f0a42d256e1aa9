package io.jenkins.plugins.sluice.run;

import java.util.stream.Collectors;

/** A bug in a host: it reported something that cannot have happened. */
public final class IllegalTransition extends IllegalStateException {
    private static final long serialVersionUID = 1;

    IllegalTransition(String stage, StageRun run, StageStatus.Happening happening) {
        super("stage machine: '" + stage + "' is " + run.status() + ", so " + happening + " cannot happen; history: "
                + history(run));
    }

    private static String history(StageRun run) {
        String attempts = run.attempts().stream()
                .map(a -> "attempt " + a.number()
                        + a.result().map(r -> " " + r.outcome().word()).orElse(" running"))
                .collect(Collectors.joining(", "));
        return attempts.isEmpty() ? "none" : attempts;
    }
}
