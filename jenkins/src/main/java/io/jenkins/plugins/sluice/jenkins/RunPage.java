package io.jenkins.plugins.sluice.jenkins;

import io.jenkins.plugins.sluice.handle.RunHandle;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.report.Masker;
import io.jenkins.plugins.sluice.report.RunReport;
import io.jenkins.plugins.sluice.report.Timeline;
import io.jenkins.plugins.sluice.run.RunOutcome;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.StageStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the page of a run shows: the run as it was at one moment. */
@Restricted(NoExternalUse.class)
public final class RunPage {
    /** A larger plan is no picture any more, and takes a browser long to lay out. */
    private static final int MOST_DRAWN = 600;

    private final String word;
    private final String verdict;
    private final String abortReason;
    private final boolean over;
    private final List<GateCard> gates;
    private final PlanBlock plan;
    private final List<StageBox> stages;
    private final List<VoteLine> trail;
    private final List<TimelineRow> timeline;
    private final List<TimelineRow.Tick> ticks;

    /** Takes the picture while nothing moves. */
    static RunPage of(RunHandle run, Instant now) {
        synchronized (run) {
            return new RunPage(run, now);
        }
    }

    private RunPage(RunHandle run, Instant now) {
        RunState state = run.state();
        over = run.isOver();
        word = state.outcome()
                .map(RunOutcome::word)
                .orElse(run.isWaiting() ? StageStatus.ASKING.word() : StageStatus.RUNNING.word());
        verdict = behind(word, new RunReport(state, run.keeper(), Masker.NONE).verdict());
        abortReason = state.abortReason();
        gates = over
                ? List.of()
                : state.asking().stream().map(number -> GateCard.of(run, number)).toList();
        stages = state.plan().stages().stream().map(stage -> StageBox.of(run, stage)).toList();
        plan = stages.size() > MOST_DRAWN
                ? null
                : state.plan()
                        .root()
                        .map(root -> PlanBlock.of(state.plan(), root, stages))
                        .orElse(null);
        trail = trail(state);
        Timeline times = Timeline.of(state, over ? now : TimelineRow.upTo(now));
        timeline = TimelineRow.of(times);
        ticks = TimelineRow.ticks(times);
    }

    /** What is still to be said where the word has been said already. */
    private static String behind(String word, String verdict) {
        for (String begin : List.of(word + " ", "is not over: ")) {
            if (verdict.startsWith(begin)) {
                return verdict.substring(begin.length());
            }
        }
        return verdict;
    }

    private static List<VoteLine> trail(RunState state) {
        List<VoteLine> lines = new ArrayList<>();
        for (PlannedStage stage : state.plan().stages()) {
            state.stage(stage.number()).gate().ifPresent(gate -> {
                gate.ballots().forEach(cast -> lines.add(VoteLine.of(stage.id(), cast)));
                gate.decision().ifPresent(decided -> lines.add(VoteLine.of(stage.id(), decided)));
            });
        }
        lines.sort(Comparator.comparing(VoteLine::at));
        return lines;
    }

    /** The outcome of the run, or {@code running} or {@code asking}. */
    public String getWord() {
        return word;
    }

    /** How it ended, or what it waits for, and how many stages are where. */
    public String getVerdict() {
        return verdict;
    }

    /** Who or what wanted it to end; empty if nobody did. */
    public String getAbortReason() {
        return abortReason;
    }

    public boolean isOver() {
        return over;
    }

    /** The gates that ask. */
    public List<GateCard> getGates() {
        return gates;
    }

    /** The picture; null if there is none. */
    public PlanBlock getPlan() {
        return plan;
    }

    /** Why there is no picture. */
    public String getNoPlan() {
        return stages.isEmpty() ? Messages.RunPage_noStage() : Messages.RunPage_tooLarge(MOST_DRAWN);
    }

    public List<StageBox> getStages() {
        return stages;
    }

    /** All votes and decisions, in the order of time. */
    public List<VoteLine> getTrail() {
        return trail;
    }

    public List<TimelineRow> getTimeline() {
        return timeline;
    }

    public List<TimelineRow.Tick> getTicks() {
        return ticks;
    }
}
