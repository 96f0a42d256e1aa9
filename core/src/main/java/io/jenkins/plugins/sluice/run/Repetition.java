package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.gate.Ballot;
import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.WorkspaceUse;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A new run that repeats an earlier one from a stage on: which stages run again, and which results of the earlier run stand
 * for the others.
 *
 * <p>The stage itself runs again, and all that come after it. So do stages that share a workspace with one that runs again and
 * come before it, as their files are gone; unless a gate lies between, where the workspace was put aside. Of the others every
 * success stands.
 */
public final class Repetition {
    private final RunState earlier;
    private final ExecutionPlan plan;
    private final int from;
    private final boolean workspaces;
    private final BitSet[] before;
    private final int[] groups;

    /**
     * Plans the repetition of a run.
     *
     * @param from the number of the first stage to run again
     * @param workspaces whether stages worked in workspaces, and not in one tree that is still there
     */
    public Repetition(RunState earlier, int from, boolean workspaces) {
        this.earlier = earlier;
        this.plan = earlier.plan();
        this.from = from;
        this.workspaces = workspaces;
        this.groups = plan.groups();
        this.before = new BitSet[plan.stages().size()];
    }

    /** Why the run cannot be repeated from there, in words for people; empty if it can. */
    public Optional<String> reasonAgainst() {
        PlannedStage first = plan.stage(from);
        if (first.skip().isPresent()) {
            return Optional.of(first.id() + " was skipped: " + first.skip().get());
        }
        BitSet repeated = repeated();
        return before(from).stream()
                .filter(number -> !repeated.get(number))
                .mapToObj(plan::stage)
                .filter(stage -> !wentWell(stage))
                .map(stage -> stage.id() + " comes before " + first.id() + " and "
                        + earlier.stage(stage.number())
                                .outcome()
                                .map(Outcome::word)
                                .orElse("was not run")
                        + "; run it again from there")
                .findFirst();
    }

    private boolean wentWell(PlannedStage stage) {
        Optional<Outcome> outcome = earlier.stage(stage.number()).outcome();
        return outcome.isPresent()
                && (!outcome.get().isTrouble() || stage.stage().flow().allowFailure());
    }

    /** The numbers of the stages that run again. */
    public BitSet repeated() {
        BitSet repeated = new BitSet();
        addWithAllAfter(from, repeated);
        int size = 0;
        while (repeated.cardinality() > size) {
            size = repeated.cardinality();
            for (PlannedStage stage : plan.stages()) {
                if (!repeated.get(stage.number()) && leavesFilesTo(stage, repeated)) {
                    addWithAllAfter(stage.number(), repeated);
                }
            }
        }
        return repeated;
    }

    private void addWithAllAfter(int stage, BitSet all) {
        for (PlannedStage later : plan.stages()) {
            if (later.number() == stage || before(later.number()).get(stage)) {
                all.set(later.number());
            }
        }
    }

    private boolean leavesFilesTo(PlannedStage stage, BitSet repeated) {
        return workspaces
                && stage.stage().work().holdsAgent()
                && repeated.stream()
                        .filter(later -> before(later).get(stage.number()))
                        .mapToObj(plan::stage)
                        .anyMatch(later -> shareWorkspace(stage, later) && !isPutAside(stage, later));
    }

    private boolean shareWorkspace(PlannedStage one, PlannedStage other) {
        if (!other.stage().work().holdsAgent()) {
            return false;
        }
        boolean shared = plan.file()
                .pipeline(one.ref().pipeline())
                .map(pipeline -> pipeline.workspace() == WorkspaceUse.SHARED)
                .orElse(false);
        return shared ? one.pipeline().equals(other.pipeline()) : groups[one.number()] == groups[other.number()];
    }

    /** Whether the workspace was put aside at a gate between the two. */
    private boolean isPutAside(PlannedStage stage, PlannedStage later) {
        return !earlier.keptWorkspaces().isEmpty()
                && before(later.number()).stream()
                        .filter(number -> !plan.stage(number).stage().work().holdsAgent())
                        .anyMatch(gate -> before(gate).get(stage.number()));
    }

    /** The stages that come before a stage. */
    private BitSet before(int stage) {
        BitSet known = before[stage];
        if (known == null) {
            known = new BitSet();
            Deque<Integer> open = new ArrayDeque<>(plan.stage(stage).needs());
            while (!open.isEmpty()) {
                int next = open.removeFirst();
                if (!known.get(next)) {
                    known.set(next);
                    open.addAll(plan.stage(next).needs());
                }
            }
            before[stage] = known;
        }
        return known;
    }

    /**
     * What a new run begins with.
     *
     * @param run the id of the earlier run
     * @param keeper judges votes in the new run: an approval stands only if none of its votes would be refused there, for
     *     example because whoever gave it starts the new run
     */
    public List<RunEvent> taken(String run, GateKeeper keeper, Instant now) {
        BitSet repeated = repeated();
        List<RunEvent> events = new ArrayList<>();
        for (PlannedStage stage : plan.stages()) {
            StageRun result = earlier.stage(stage.number());
            boolean stands = !repeated.get(stage.number())
                    && result.outcome().filter(o -> o == Outcome.SUCCEEDED).isPresent()
                    && (stage.stage().work().holdsAgent() || approvalStands(stage, result, keeper));
            if (stands) {
                result.lastResult().ifPresent(r -> events.add(new RunEvent.ResultTaken(stage.id(), run, r, now)));
            }
        }
        if (!events.isEmpty()) {
            events.addAll(earlier.keptWorkspaces());
        }
        return events;
    }

    /** What nobody has said yes to, or has in a run before the earlier one, is asked again. */
    private static boolean approvalStands(PlannedStage stage, StageRun result, GateKeeper keeper) {
        Optional<GateRun> gate = result.gate();
        boolean approved = gate.flatMap(GateRun::decision)
                .filter(decided -> decided.verdict() == Verdict.APPROVED)
                .isPresent();
        Ballot ballot = keeper.ballot(stage.number());
        for (Vote vote : gate.map(GateRun::votes).orElse(List.of())) {
            if (ballot.reasonAgainst(vote).isPresent()) {
                return false;
            }
            ballot = ballot.with(vote);
        }
        return approved;
    }
}
