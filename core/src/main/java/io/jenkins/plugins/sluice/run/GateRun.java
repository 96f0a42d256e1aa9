package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.gate.Vote;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What has become of a gate so far: the audit trail.
 *
 * @param question the message with its values filled in; may be empty
 * @param shown the artifacts to decide upon
 * @param openedAt when the question was opened
 * @param deadline when the time is over, if it ever is
 * @param asked since when the program that decides has the question
 * @param ballots every vote in order, refused ones too
 * @param decision how it ended
 */
public record GateRun(
        String question,
        List<KeptFile> shown,
        Instant openedAt,
        Optional<Instant> deadline,
        Optional<Instant> asked,
        List<Cast> ballots,
        Optional<Decided> decision) {
    public GateRun {
        shown = List.copyOf(shown);
        ballots = List.copyOf(ballots);
    }

    /**
     * One vote.
     *
     * @param refusal why it does not count; empty if it does
     */
    public record Cast(Vote vote, Optional<String> refusal, Instant at) {}

    /** The end of the wait. */
    public record Decided(Verdict verdict, AttemptResult result, Instant at) {}

    /** The votes that count. */
    public List<Vote> votes() {
        return ballots.stream()
                .filter(cast -> cast.refusal().isEmpty())
                .map(Cast::vote)
                .toList();
    }

    /** When the gate was decided. */
    public Optional<Instant> closedAt() {
        return decision.map(Decided::at);
    }

    GateRun with(Cast cast) {
        List<Cast> more = new ArrayList<>(ballots);
        more.add(cast);
        return new GateRun(question, shown, openedAt, deadline, asked, more, decision);
    }

    GateRun askedAt(Instant at) {
        return new GateRun(question, shown, openedAt, deadline, Optional.of(at), ballots, decision);
    }

    GateRun decided(Decided how) {
        return new GateRun(question, shown, openedAt, deadline, asked, ballots, Optional.of(how));
    }
}
