package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.report.GateView;
import io.jenkins.plugins.sluice.run.GateRun;
import io.jenkins.plugins.sluice.run.Ruling;
import io.jenkins.plugins.sluice.run.RunEvent;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The gates of a run: each asks its question again until it is decided. Only called under the monitor of the handle. */
final class Gates {
    private final RunProgress progress;

    Gates(RunProgress progress) {
        this.progress = progress;
    }

    /** It is the turn of a gate. */
    void open(PlannedStage stage) {
        int number = stage.number();
        progress.takeDue(number);
        Optional<String> newer = newer(stage);
        progress.keeper()
                .open(number, progress.values(), Optional.empty(), newer, progress.now())
                .forEach(progress::happen);
    }

    private Optional<String> newer(PlannedStage stage) {
        return progress.newer().filter(why -> isSupersedable(stage));
    }

    private static boolean isSupersedable(PlannedStage stage) {
        return stage.stage().work().gate().orElseThrow().supersede();
    }

    /** Whether a question, by the {@code id} of its step, is one that a newer run may supersede. */
    boolean isSupersedable(String question) {
        return progress.state().asking().stream()
                .map(progress.plan()::stage)
                .anyMatch(stage -> GateCalls.id(stage).equals(question) && isSupersedable(stage));
    }

    /** The question again, unless it is decided by now. */
    Optional<Call> ask(PlannedStage stage) {
        Instant now = progress.now();
        int number = stage.number();
        Optional<RunEvent.GateDecided> decided = progress.keeper()
                .due(number, now)
                .or(() -> newer(stage).map(why -> progress.keeper().decide(number, Verdict.SUPERSEDED, why, now)));
        if (decided.isPresent()) {
            decide(decided.get());
            return Optional.empty();
        }
        GateView view = GateView.of(progress.state(), progress.keeper(), number);
        return Optional.of(GateCalls.of(stage, view, now));
    }

    private void decide(RunEvent.GateDecided decided) {
        progress.happen(decided);
        progress.note(decided.stage() + ": " + decided.result().detail());
    }

    private GateRun gate(PlannedStage stage) {
        return progress.state().stage(stage.number()).gate().orElseThrow();
    }

    /** Takes the answer to the question. */
    void take(PlannedStage stage, @Nullable Object answer) {
        vote(stage, GateCalls.vote(stage, gate(stage), answer, progress.controller()));
    }

    private void vote(PlannedStage stage, Vote vote) {
        Ruling ruling = progress.keeper().cast(stage.number(), vote, Optional.empty(), progress.now());
        ruling.events().forEach(progress::happen);
        String voter = vote.voter().isBlank() ? "somebody without a name" : vote.voter();
        String what = ruling.refusal()
                .map(reason -> "the vote of " + voter + " does not count: " + reason)
                .or(() -> ruling.decision())
                .orElseGet(() -> voter + " approves; " + ruling.missing() + " more to come");
        progress.note(stage.id() + ": " + what);
    }

    /** Takes what got in the way of the question. */
    void fail(PlannedStage stage, Failure failure) {
        Instant now = progress.now();
        int number = stage.number();
        String words = failure.words();
        switch (failure.kind()) {
            case REJECTED -> vote(stage, GateCalls.rejection(stage, gate(stage), words, progress.controller()));
            case TIMED_OUT ->
                progress.keeper()
                        .due(number, gate(stage).deadline().orElse(now))
                        .ifPresent(this::decide);
            case SUPERSEDED -> decide(progress.keeper().decide(number, Verdict.SUPERSEDED, words, now));
            case ABORTED, STOPPED, AGENT_LOST, EXITED, BROKEN ->
                decide(progress.keeper().decide(number, Verdict.NOT_ASKED, words, now));
        }
    }
}
