package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.gate.Ballot;
import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.WorkspaceUse;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.GateRun;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunEvent;
import io.jenkins.plugins.sluice.run.StageRun;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Which results of an earlier run stand for stages of a new one: those of all stages that went well and that do not build on
 * what is run again. Stages that share a workspace with one that is run again, and come before it, are run again too, as their
 * files are gone; unless a gate lies between, where the workspace was put aside.
 */
final class TakenResults {

    private final StateDirectory state;

    TakenResults(StateDirectory state) {
        this.state = state;
    }

    /** The results that a run takes over; none if it is not the repetition of another one. */
    List<RunEvent> of(StoredRun run) throws IOException {
        Optional<RunInputs.Again> again = run.inputs().again();
        if (again.isEmpty()) {
            return List.of();
        }
        StoredRun earlier = StoredRun.read(state, state.run(again.get().run()));
        BitSet repeated = repeated(earlier, again.get().from());
        Instant now = Instant.now();
        List<RunEvent> events = new ArrayList<>();
        for (PlannedStage stage : earlier.plan().stages()) {
            StageRun before = earlier.state().stage(stage.number());
            boolean well = before.outcome().filter(o -> o == Outcome.SUCCEEDED).isPresent();
            if (!repeated.get(stage.number()) && well && stillHolds(before, stage, run)) {
                before.lastResult()
                        .ifPresent(
                                result -> events.add(new RunEvent.ResultTaken(stage.id(), earlier.id(), result, now)));
            }
        }
        if (!events.isEmpty()) {
            earlier.state().keptWorkspaces().forEach(events::add);
        }
        return events;
    }

    /** An approval holds only if none of its votes would be refused now, because of who starts the new run. */
    private static boolean stillHolds(StageRun before, PlannedStage stage, StoredRun run) {
        Optional<GateRun> gate = before.gate();
        boolean approved = gate.flatMap(GateRun::decision)
                .filter(d -> d.verdict() == Verdict.APPROVED)
                .isPresent();
        if (stage.stage().work().gate().isEmpty()) {
            return true;
        }
        if (!approved) {
            return false; // nobody has said yes to this, or it was taken over itself: then people are asked again
        }
        Ballot ballot = run.keeper().ballot(stage.number());
        for (Vote vote : gate.orElseThrow().votes()) {
            if (ballot.reasonAgainst(vote).isPresent()) {
                return false;
            }
            ballot = ballot.with(vote);
        }
        return true;
    }

    /** Throws if a stage of a run cannot be run again. */
    void check(StoredRun earlier, String from) {
        PlannedStage first = earlier.stage(from);
        if (first.skip().isPresent()) {
            throw new IllegalArgumentException(from + " was skipped in run " + earlier.id() + ": "
                    + first.skip().get());
        }
        BitSet repeated = repeated(earlier, from);
        BitSet before = before(earlier.plan(), first.number());
        for (PlannedStage stage : earlier.plan().stages()) {
            boolean needed = before.get(stage.number()) && !repeated.get(stage.number());
            Optional<Outcome> outcome = earlier.state().stage(stage.number()).outcome();
            boolean well = outcome.filter(o -> !o.isTrouble()).isPresent()
                    || stage.stage().flow().allowFailure();
            if (needed && !well) {
                String how = outcome.map(Outcome::word).orElse("not run");
                throw new IllegalArgumentException(
                        stage.id() + " comes before " + from + " and " + (outcome.isPresent() ? "" : "was ") + how
                                + " in run " + earlier.id() + "; run it again from there");
            }
        }
    }

    private BitSet repeated(StoredRun earlier, String from) {
        ExecutionPlan plan = earlier.plan();
        BitSet repeated = new BitSet();
        addWithAllAfter(plan, earlier.stage(from).number(), repeated);
        int size;
        do {
            size = repeated.cardinality();
            for (PlannedStage stage : plan.stages()) {
                if (!repeated.get(stage.number()) && leavesFilesTo(earlier, stage, repeated)) {
                    addWithAllAfter(plan, stage.number(), repeated);
                }
            }
        } while (repeated.cardinality() > size);
        return repeated;
    }

    private static boolean leavesFilesTo(StoredRun earlier, PlannedStage stage, BitSet repeated) {
        ExecutionPlan plan = earlier.plan();
        int[] groups = plan.groups();
        boolean shared = plan.file()
                .pipeline(stage.ref().pipeline())
                .map(p -> p.workspace() == WorkspaceUse.SHARED)
                .orElse(false);
        if (!stage.stage().work().holdsAgent() || earlier.inputs().inPlace()) {
            return false;
        }
        return repeated.stream()
                .mapToObj(plan::stage)
                .filter(later -> later.stage().work().holdsAgent())
                .filter(later -> shared
                        ? later.pipeline().equals(stage.pipeline())
                        : groups[later.number()] == groups[stage.number()])
                .filter(later -> before(plan, later.number()).get(stage.number()))
                .anyMatch(later -> !isPutAside(earlier, stage, later));
    }

    /** Whether the workspace was put aside at a gate between the two. */
    private static boolean isPutAside(StoredRun earlier, PlannedStage stage, PlannedStage later) {
        ExecutionPlan plan = earlier.plan();
        BitSet beforeLater = before(plan, later.number());
        return earlier.state().keptWorkspaces().stream().findAny().isPresent()
                && plan.stages().stream()
                        .filter(gate -> !gate.stage().work().holdsAgent() && beforeLater.get(gate.number()))
                        .anyMatch(gate -> before(plan, gate.number()).get(stage.number()));
    }

    private static void addWithAllAfter(ExecutionPlan plan, int first, BitSet all) {
        all.set(first);
        boolean more = true;
        while (more) {
            more = false;
            for (PlannedStage stage : plan.stages()) {
                if (!all.get(stage.number()) && stage.needs().stream().anyMatch(all::get)) {
                    all.set(stage.number());
                    more = true;
                }
            }
        }
    }

    private static BitSet before(ExecutionPlan plan, int stage) {
        BitSet before = new BitSet();
        List<Integer> open = new ArrayList<>(plan.stage(stage).needs());
        while (!open.isEmpty()) {
            int next = open.remove(open.size() - 1);
            if (!before.get(next)) {
                before.set(next);
                open.addAll(plan.stage(next).needs());
            }
        }
        return before;
    }
}
