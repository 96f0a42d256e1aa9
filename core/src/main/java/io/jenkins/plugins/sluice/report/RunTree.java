package io.jenkins.plugins.sluice.report;

import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.problem.Printable;
import io.jenkins.plugins.sluice.run.AttemptResult;
import io.jenkins.plugins.sluice.run.Durations;
import io.jenkins.plugins.sluice.run.GateKeeper;
import io.jenkins.plugins.sluice.run.GateRun;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.StageRun;
import java.util.ArrayList;
import java.util.List;

/** A run as the tree of its plan, with what became of each stage. */
public final class RunTree {
    private static final int MOST_FILES = 10;

    private final RunState state;
    private final GateKeeper keeper;

    private RunTree(RunState state, GateKeeper keeper) {
        this.state = state;
        this.keeper = keeper;
    }

    /** The tree with a heading, each line ended. */
    public static String of(String run, RunState state, GateKeeper keeper) {
        RunTree tree = new RunTree(state, keeper);
        String verdict = new RunReport(state, keeper, Masker.NONE).verdict();
        String abort = state.abortReason().isEmpty() ? "" : "; abort requested: " + state.abortReason();
        return "run " + run + " " + verdict + Printable.of(abort) + "\n" + PlanText.body(state.plan(), tree::lines);
    }

    /** What is said about a stage: behind its name, and in lines below it. */
    private PlanText.About lines(PlannedStage stage) {
        StageRun run = state.stage(stage.number());
        List<String> below = new ArrayList<>();
        if (run.attempts().size() > 1) {
            run.attempts()
                    .forEach(attempt -> below.add("attempt " + attempt.number() + ": "
                            + attempt.result()
                                    .map(r -> r.outcome().word() + (r.detail().isEmpty() ? "" : ", " + r.detail()))
                                    .orElse("running")));
        }
        run.gate().ifPresent(gate -> gate(stage, gate, below));
        run.lastResult().map(AttemptResult::kept).ifPresent(files -> kept(files, below));
        return new PlanText.About(head(stage, run), below);
    }

    private static String head(PlannedStage stage, StageRun run) {
        StringBuilder text = new StringBuilder(
                run.outcome().map(Outcome::word).orElseGet(() -> run.status().word()));
        boolean timed = run.outcome().isPresent()
                && (run.gate().isPresent() || !run.attempts().isEmpty());
        if (timed) {
            text.append(" in ").append(Durations.words(run.duration()));
        }
        run.taken().ifPresent(taken -> text.append(", taken over from run ").append(taken.run()));
        boolean allowed = stage.stage().flow().allowFailure()
                && run.outcome().map(Outcome::isTrouble).orElse(false);
        return text + (run.detail().isEmpty() ? "" : ": " + run.detail()) + (allowed ? "; may fail" : "");
    }

    private void gate(PlannedStage stage, GateRun gate, List<String> below) {
        GateView view = GateView.of(state, keeper, stage.number());
        below.add("asked: " + view.question());
        gate.shown().forEach(file -> below.add("shown: " + file(file)));
        gate.ballots().forEach(cast -> below.add(vote(cast)));
        if (gate.decision().isEmpty()) {
            below.add("waits for a decision by " + view.approvers() + "; " + view.missing() + " missing"
                    + gate.deadline()
                            .map(end -> "; until " + GateView.time(end))
                            .orElse(""));
        }
    }

    private static String vote(GateRun.Cast cast) {
        Vote vote = cast.vote();
        String comment = vote.comment().isBlank() ? "" : ": " + vote.comment();
        String inputs = vote.inputs().isEmpty() ? "" : " with " + vote.inputs();
        return cast.refusal().map(why -> "refused: ").orElse("vote: ") + vote.voter() + " " + vote.word() + "s by "
                + vote.via() + " at " + GateView.time(cast.at()) + inputs + comment
                + cast.refusal().map(why -> " (" + why + ")").orElse("");
    }

    private static void kept(List<KeptFile> files, List<String> below) {
        files.stream().limit(MOST_FILES).forEach(file -> below.add("kept: " + file(file)));
        if (files.size() > MOST_FILES) {
            below.add("kept: " + (files.size() - MOST_FILES) + " more files");
        }
    }

    private static String file(KeptFile file) {
        return file.path() + " (" + Sizes.words(file.size()) + ", sha256 "
                + file.digest().substring(0, 12) + ")";
    }
}
