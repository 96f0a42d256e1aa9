package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.GateInput;
import io.jenkins.plugins.sluice.run.RunEvent;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Casts the votes of the page. */
final class Votes {

    private final WebSettings settings;

    Votes(WebSettings settings) {
        this.settings = settings;
    }

    /**
     * What came of a vote.
     *
     * @param message what to tell the voter
     */
    record Result(boolean counts, String message) {}

    Result cast(StoredRun run, int stage, Request form) throws IOException {
        String decision = form.field("decision");
        if (!decision.equals("approve") && !decision.equals("reject")) {
            return new Result(false, "say whether you approve or reject");
        }
        Gate gate = run.plan().stage(stage).stage().work().gate().orElseThrow();
        boolean approve = decision.equals("approve");
        String voter = form.field("voter").strip();
        Vote vote = new Vote(
                UUID.randomUUID().toString(),
                voter,
                settings.groups().of(voter, gate),
                approve,
                form.field("comment").replace("\r\n", "\n").strip(),
                approve ? inputs(run, stage, gate, form) : Map.of(),
                "web page");
        return result(run.cast(stage, vote), run, stage);
    }

    private static Map<String, String> inputs(StoredRun run, int stage, Gate gate, Request form) {
        Map<String, String> inputs = new LinkedHashMap<>();
        boolean entered = run.keeper().ballot(stage).votes().isEmpty();
        for (GateInput input : entered ? gate.inputs() : List.<GateInput>of()) {
            String name = GateForm.INPUT + input.name();
            // A box that is not checked is not sent.
            String value = input.type() == GateInput.Type.FLAG ? String.valueOf(form.hasField(name)) : form.field(name);
            if (!value.isEmpty()) {
                inputs.put(input.name(), value);
            }
        }
        return inputs;
    }

    private static Result result(List<RunEvent> events, StoredRun run, int stage) {
        for (RunEvent event : events) {
            if (event instanceof RunEvent.VoteRefused refused) {
                return new Result(false, "The vote does not count: " + refused.reason());
            }
        }
        for (RunEvent event : events) {
            if (event instanceof RunEvent.GateDecided decided) {
                return new Result(true, decided.result().detail());
            }
        }
        if (events.isEmpty()) {
            return new Result(false, "this gate does not ask now");
        }
        int missing = run.keeper().ballot(stage).missing();
        return new Result(
                true, "Your approval counts; " + missing + (missing == 1 ? " more is" : " more are") + " missing");
    }
}
