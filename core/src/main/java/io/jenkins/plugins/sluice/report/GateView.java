package io.jenkins.plugins.sluice.report;

import io.jenkins.plugins.sluice.gate.Ballot;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.GateInput;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.GateKeeper;
import io.jenkins.plugins.sluice.run.GateRun;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.StageRun;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What someone who decides at a gate wants to know.
 *
 * @param number of the stage
 * @param id of the stage
 * @param gate what the file says
 * @param run the question and the votes so far
 * @param approvers who may decide, in words
 * @param missing how many more approvals it takes
 * @param values the inputs as they stand
 * @param next the stages that run after an approval, as a line each
 */
public record GateView(
        int number,
        String id,
        Gate gate,
        GateRun run,
        String approvers,
        int missing,
        Map<String, String> values,
        List<String> next) {
    private static final int MOST_NEXT = 20;

    public GateView {
        next = List.copyOf(next);
    }

    /** The view of a gate that has asked its question. */
    public static GateView of(RunState state, GateKeeper keeper, int number) {
        PlannedStage stage = state.plan().stage(number);
        StageRun run = state.stage(number);
        Ballot ballot = keeper.ballot(number);
        return new GateView(
                number,
                stage.id(),
                ballot.gate(),
                run.gate().orElseThrow(() -> new IllegalArgumentException(stage.id() + " has not asked yet")),
                ballot.approvers(),
                ballot.missing(),
                ballot.inputs(),
                next(state, number));
    }

    private static List<String> next(RunState state, int number) {
        List<String> lines = new ArrayList<>();
        for (PlannedStage stage : state.plan().stages()) {
            if (stage.needs().contains(number) && stage.skip().isEmpty()) {
                lines.add(line(stage));
            }
        }
        return lines.size() <= MOST_NEXT ? lines : lines.subList(0, MOST_NEXT);
    }

    private static String line(PlannedStage stage) {
        List<String> notes = new ArrayList<>();
        if (!stage.stage().work().holdsAgent()) {
            notes.add("another gate");
        } else if (!stage.stage().settings().agent().isEmpty()) {
            notes.add("agent " + stage.stage().settings().agent());
        }
        stage.stage().settings().lock().ifPresent(lock -> notes.add("lock " + stage.shown(lock)));
        return stage.id() + (notes.isEmpty() ? "" : " (" + String.join(", ", notes) + ")");
    }

    /** A moment for people, in UTC to the second: {@code 2026-11-25 00:25:10 UTC}. */
    public static String time(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }

    /** The question, or what stands for it if the file gives none. */
    public String question() {
        return run.question().isEmpty() ? "Go on?" : run.question();
    }

    /** Who may decide, who may not, and how many are missing, in words. */
    public String decides() {
        List<String> parties = gate.approvers().exclude().stream()
                .map(party -> switch (party) {
                    case AUTHOR -> "the author of the change";
                    case STARTER -> "whoever started the run";
                })
                .toList();
        int count = gate.approvers().count();
        return approvers
                + (parties.isEmpty() ? "" : ", but not " + String.join(" or ", parties))
                + (count == 1 ? "" : "; " + (count - missing) + " of " + count + " approvals");
    }

    /** In one line: for a decision by whom, and on what. */
    public String headline() {
        String votes = gate.approvers().count() > 1
                ? gate.approvers().count() - missing + " of " + gate.approvers().count() + " approvals"
                : "";
        return "for a decision by " + approvers + (votes.isEmpty() ? "" : " (" + votes + ")") + ": " + question();
    }

    /** How long there is to decide; empty if there is no limit. */
    public Optional<Duration> left(Instant now) {
        return run.deadline().map(end -> Duration.between(now, end)).map(d -> d.isNegative() ? Duration.ZERO : d);
    }

    /** The inputs that whoever approves next has to enter, or may: none once somebody has approved. */
    public List<GateInput> toEnter() {
        return run.votes().isEmpty() ? gate.inputs() : List.of();
    }
}
