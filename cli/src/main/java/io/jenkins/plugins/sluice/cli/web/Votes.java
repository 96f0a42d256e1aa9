package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.GateInput;
import io.jenkins.plugins.sluice.report.GateView;
import io.jenkins.plugins.sluice.run.Ruling;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
                approve ? inputs(run, stage, form) : Map.of(),
                "web page");
        return result(run.cast(stage, vote));
    }

    private static Map<String, String> inputs(StoredRun run, int stage, Request form) {
        Map<String, String> inputs = new LinkedHashMap<>();
        for (GateInput input : GateView.of(run.state(), run.keeper(), stage).toEnter()) {
            String name = GateForm.INPUT + input.name();
            // A box that is not checked is not sent.
            String value = input.type() == GateInput.Type.FLAG ? String.valueOf(form.hasField(name)) : form.field(name);
            if (!value.isEmpty()) {
                inputs.put(input.name(), value);
            }
        }
        return inputs;
    }

    private static Result result(Optional<Ruling> cast) {
        if (cast.isEmpty()) {
            return new Result(false, "this gate does not ask now");
        }
        Ruling ruling = cast.get();
        if (!ruling.counts()) {
            return new Result(
                    false, "The vote does not count: " + ruling.refusal().orElse(""));
        }
        String missing = ruling.missing() + (ruling.missing() == 1 ? " more is" : " more are") + " missing";
        return new Result(true, ruling.decision().orElse("Your approval counts; " + missing));
    }
}
