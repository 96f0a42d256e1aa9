package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.report.GateView;
import io.jenkins.plugins.sluice.run.GateKeeper;
import io.jenkins.plugins.sluice.run.GateRun;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.Ruling;
import io.jenkins.plugins.sluice.run.RunEvent;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.RunValues;
import io.jenkins.plugins.sluice.run.StageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Opens the gates of a run, and sees to their decisions. The thread of the host owns it. */
final class GateDesk {

    private final Chronicle chronicle;
    private final RunState state;
    private final GateKeeper keeper;
    private final RunValues values;
    private final RunConsole console;
    private final Carrier carrier;
    private final Asker asker;
    private final Supersession supersession;
    private final Set<Integer> busy = new HashSet<>();

    /**
     * What gates need besides the run itself.
     *
     * @param carrier brings workspaces into the store before a question is asked
     * @param asker puts questions to programs
     * @param supersession knows of newer runs
     */
    record Parts(Carrier carrier, Asker asker, Supersession supersession) {}

    GateDesk(Chronicle chronicle, GateKeeper keeper, RunValues values, RunConsole console, Parts parts) {
        this.chronicle = chronicle;
        this.state = chronicle.state();
        this.keeper = keeper;
        this.values = values;
        this.console = console;
        this.carrier = parts.carrier();
        this.asker = parts.asker();
        this.supersession = parts.supersession();
    }

    /** Takes care of the questions that an earlier process has asked. */
    void resume() {
        state.asking().forEach(this::askProgram);
    }

    /** Asks the question of a gate, as soon as everything that has to stay is in the store. */
    void open(PlannedStage gate) {
        busy.add(gate.number());
        carrier.carry(gate, problem -> {
            busy.remove(gate.number());
            if (state.stage(gate.number()).status() != StageStatus.WAITING) {
                return;
            }
            // The run may have been stopped while files were put aside.
            Optional<String> against = chronicle.scheduler().reasonAgainst(gate.number());
            if (against.isPresent()) {
                chronicle.happen(new RunEvent.StageSkipped(gate.id(), against.get(), chronicle.now()));
                console.stageFinished(gate.id(), Outcome.SKIPPED.word(), Duration.ZERO, against.get());
            } else {
                ask(gate, problem);
            }
        });
    }

    private void ask(PlannedStage gate, Optional<String> problem) {
        keeper.open(gate.number(), values, problem, supersession.newer(gate), chronicle.now())
                .forEach(this::happen);
        if (state.stage(gate.number()).status() == StageStatus.ASKING) {
            GateView view = GateView.of(state, keeper, gate.number());
            console.waiting(gate.id(), view.headline());
            askProgram(gate.number());
        }
    }

    private void askProgram(int number) {
        PlannedStage gate = state.plan().stage(number);
        boolean toAsk = gate.stage().work().gate().flatMap(Gate::ask).isPresent()
                && state.stage(number).gate().flatMap(GateRun::asked).isEmpty();
        if (toAsk) {
            busy.add(number);
            asker.ask(GateView.of(state, keeper, number), answer -> {
                busy.remove(number);
                if (state.stage(number).status() == StageStatus.ASKING) {
                    take(gate, answer);
                }
            });
        }
    }

    private void take(PlannedStage gate, Asker.Reply reply) {
        if (reply instanceof Asker.Reply.Decided decided) {
            cast(gate.number(), decided.vote())
                    .refusal()
                    .ifPresent(reason -> take(gate, new Asker.Reply.Failed("the answer does not count: " + reason)));
        } else if (reply instanceof Asker.Reply.Later) {
            chronicle.happen(new RunEvent.QuestionAsked(gate.id(), chronicle.now()));
            console.note(gate.id(), "asked; the answer comes later");
        } else if (reply instanceof Asker.Reply.Failed failed) {
            boolean others =
                    !gate.stage().work().gate().orElseThrow().approvers().isAnyone();
            if (others) {
                console.note(gate.id(), failed.reason() + "; people can still decide");
            } else {
                decide(gate, Verdict.NOT_ASKED, failed.reason());
            }
        }
    }

    /** Judges a vote, and lets happen what follows. */
    Ruling cast(int gate, Vote vote) {
        Optional<String> newer = supersession.newer(state.plan().stage(gate));
        Ruling ruling = keeper.cast(gate, vote, newer, chronicle.now());
        ruling.events().forEach(this::happen);
        return ruling;
    }

    /** Decides a gate over the heads of those who vote. */
    void decide(PlannedStage gate, Verdict verdict, String why) {
        if (state.stage(gate.number()).status() == StageStatus.ASKING) {
            happen(keeper.decide(gate.number(), verdict, why, chronicle.now()));
        }
    }

    private void happen(RunEvent event) {
        chronicle.happen(event);
        tell(event);
    }

    /** Tells whoever watches what has happened at a gate. */
    void tell(RunEvent event) {
        if (event instanceof RunEvent.VoteCast cast) {
            int missing = state.find(cast.stage())
                    .map(gate -> keeper.ballot(gate).missing())
                    .orElse(0);
            String more = cast.vote().approve() && missing > 0 ? "; " + missing + " more to come" : "";
            console.note(cast.stage(), cast.vote().voter() + (cast.vote().approve() ? " approves" : " rejects") + more);
        } else if (event instanceof RunEvent.VoteRefused refused) {
            console.note(
                    refused.stage(), "the vote of " + refused.vote().voter() + " does not count: " + refused.reason());
        } else if (event instanceof RunEvent.GateDecided decided) {
            state.find(decided.stage()).ifPresent(asker::cancel);
            Duration took = state.find(decided.stage())
                    .map(gate -> state.stage(gate).duration())
                    .orElse(Duration.ZERO);
            console.stageFinished(
                    decided.stage(),
                    decided.result().outcome().word(),
                    took,
                    decided.result().detail());
        }
    }

    /** Lets happen what is due. */
    void settle() {
        keeper.due(chronicle.now()).forEach(this::happen);
    }

    /** When the next decision is due because of the time. */
    Optional<Instant> nextDeadline() {
        return state.asking().stream()
                .flatMap(gate -> state.stage(gate).gate().stream())
                .flatMap(gate -> gate.deadline().stream())
                .min(Instant::compareTo);
    }

    /** Whether something is on its way that needs this process: files into the store, or a question to a program. */
    boolean isBusy() {
        return !busy.isEmpty();
    }

    /** The questions that are open, for people. */
    List<GateView> open() {
        return state.asking().stream()
                .map(gate -> GateView.of(state, keeper, gate))
                .toList();
    }
}
