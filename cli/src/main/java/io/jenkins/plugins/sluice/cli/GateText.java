package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.GateInput;
import io.jenkins.plugins.sluice.problem.Printable;
import io.jenkins.plugins.sluice.report.GateView;
import io.jenkins.plugins.sluice.report.Sizes;
import io.jenkins.plugins.sluice.run.Durations;
import io.jenkins.plugins.sluice.run.GateRun;
import java.time.Instant;

/** A gate that waits, for someone at a terminal. */
final class GateText {

    private GateText() {}

    /** The question and what one has to know to answer it, one line each. */
    static String of(GateView gate, Instant now) {
        StringBuilder text = new StringBuilder();
        line(text, gate.id() + ": " + gate.question());
        line(text, "  decides: " + gate.decides());
        gate.left(now).ifPresent(left -> {
            String then = gate.gate().approveOnTimeout() ? "approved" : "rejected";
            line(text, "  time: " + Durations.words(left) + " left, then " + then);
        });
        gate.run()
                .shown()
                .forEach(file -> line(
                        text,
                        "  about: " + file.path() + " (" + Sizes.words(file.size()) + ", sha256 "
                                + file.digest().substring(0, 12) + ")"));
        gate.gate().inputs().forEach(input -> line(text, "  input: " + input(input, gate)));
        if (gate.gate().comment() == Gate.CommentRule.REQUIRED) {
            line(text, "  comment: required");
        }
        gate.run().ballots().forEach(cast -> line(text, "  vote: " + vote(cast)));
        String next = gate.next().isEmpty() ? "nothing" : String.join(", ", gate.next());
        line(text, "  next: " + next);
        return text.toString();
    }

    private static void line(StringBuilder text, String line) {
        text.append(Printable.of(line)).append('\n');
    }

    private static String input(GateInput input, GateView gate) {
        String value = gate.values().getOrDefault(input.name(), "");
        String now = value.isEmpty() ? "" : gate.toEnter().isEmpty() ? " = " + value : ", default " + value;
        String help = input.description().isEmpty() ? "" : " - " + input.description();
        return input.name() + " (" + input.expected() + now + ")" + help;
    }

    /** One vote of the audit trail. */
    static String vote(GateRun.Cast cast) {
        Vote vote = cast.vote();
        String groups = vote.groups().isEmpty() ? "" : " (" + String.join(", ", vote.groups()) + ")";
        String comment = vote.comment().isBlank() ? "" : ": " + vote.comment();
        String refused = cast.refusal().map(why -> "; refused: " + why).orElse("");
        return vote.voter() + groups + " " + vote.word() + "s by " + vote.via() + " at " + GateView.time(cast.at())
                + comment + refused;
    }
}
