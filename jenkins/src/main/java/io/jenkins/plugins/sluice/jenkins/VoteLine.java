package io.jenkins.plugins.sluice.jenkins;

import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.run.GateRun;
import java.time.Instant;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * What somebody said at a gate, or how the gate was decided.
 *
 * @param voter who; empty for a decision
 * @param groups of the voter, as far as the gate asks for them
 * @param said {@code approves} or {@code rejects}; empty for a decision
 * @param comment why
 * @param inputs what was entered
 * @param verdict the decision; empty for a vote
 * @param detail why a vote does not count, or how the gate was decided
 */
@Restricted(NoExternalUse.class)
public record VoteLine(
        Instant at,
        String gate,
        String voter,
        String groups,
        String said,
        String comment,
        String inputs,
        String verdict,
        String detail,
        boolean good) {
    static VoteLine of(String gate, GateRun.Cast cast) {
        Vote vote = cast.vote();
        String inputs = vote.inputs().entrySet().stream()
                .map(input -> input.getKey() + " = " + input.getValue())
                .collect(Collectors.joining(", "));
        return new VoteLine(
                cast.at(),
                gate,
                vote.voter().isBlank() ? Messages.VoteLine_nobody() : vote.voter(),
                String.join(", ", vote.groups()),
                vote.word() + "s",
                vote.comment(),
                inputs,
                "",
                cast.refusal().orElse(""),
                cast.refusal().isEmpty());
    }

    static VoteLine of(String gate, GateRun.Decided decided) {
        String word = decided.verdict().word();
        String detail = decided.result().detail();
        String rest = detail.startsWith(word) ? detail.substring(word.length()).strip() : detail;
        return new VoteLine(
                decided.at(), gate, "", "", "", "", "", word, rest, decided.verdict().isOpen());
    }

    /** When, for people. */
    public Moment when() {
        return Moment.of(at);
    }
}
