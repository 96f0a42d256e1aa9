package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.gate.Ballot;
import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.plan.EphemeralValues;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A new run that repeats an earlier one from a stage on: which stages run again, and which results of the earlier run stand
 * for the others.
 *
 * <p>The stage itself runs again, and all that come after it. So do stages that share a workspace with one that runs again and
 * come before it, as their files are gone; unless a gate lies between, where the workspace was put aside. So do stages whose
 * image or container is used. Of the others every success stands.
 */
public final class Repetition {
    private final RunState earlier;
    private final ExecutionPlan plan;
    private final int from;
    private final boolean workspaces;
    private final BitSet[] before;
    private final int[] groups;
    private final EphemeralValues ephemeral;

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
        this.ephemeral = new EphemeralValues(plan.file());
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
                boolean needed = leavesFilesTo(stage, repeated) || leavesImageTo(stage, repeated);
                if (!repeated.get(stage.number()) && needed) {
                    addWithAllAfter(stage.number(), repeated);
                }
            }
        }
        return repeated;
    }

    /** What people may not expect, one line each: stages that run again for others' sake, and approvals that do not stand. */
    public List<String> remarks(GateKeeper keeper) {
        BitSet after = new BitSet();
        addWithAllAfter(from, after);
        BitSet repeated = repeated();
        List<String> remarks = new ArrayList<>();
        for (PlannedStage stage : plan.stages()) {
            boolean early = repeated.get(stage.number()) && !after.get(stage.number());
            if (early && stage.stage().work().holdsAgent()) {
                String what = leavesFilesTo(stage, repeated) ? "files" : "image";
                remarks.add(stage.id() + " runs again too: a stage that does needs its " + what);
            }
        }
        BitSet stands = stands(repeated, keeper);
        for (PlannedStage stage : plan.stages()) {
            boolean approved = earlier.stage(stage.number()).gate().isPresent() && wentWell(stage);
            if (approved && !after.get(stage.number()) && !stands.get(stage.number())) {
                remarks.add(stage.id() + " is asked again: its approval does not hold for this run");
            }
        }
        return remarks;
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
                        .anyMatch(later -> shareWorkspace(stage, later))
                && !isPutAside(stage, repeated);
    }

    private boolean leavesImageTo(PlannedStage stage, BitSet repeated) {
        return repeated.stream()
                .mapToObj(plan::stage)
                .anyMatch(later -> ephemeral.usedBy(later.ref()).containsKey(stage.ref()));
    }

    private boolean shareWorkspace(PlannedStage one, PlannedStage other) {
        if (!other.stage().work().holdsAgent()) {
            return false;
        }
        return plan.sharesWorkspace(one)
                ? one.pipeline().equals(other.pipeline())
                : groups[one.number()] == groups[other.number()];
    }

    /** Whether what a stage has left in its workspace was put aside before anything that is repeated changed it. */
    private boolean isPutAside(PlannedStage stage, BitSet repeated) {
        return plan.sharesWorkspace(stage)
                && kept(stage.pipeline(), repeated)
                        .filter(kept -> endedBefore(stage, kept.at()))
                        .isPresent();
    }

    /** The last state of a workspace that holds nothing of what is repeated. */
    private Optional<RunEvent.WorkspaceKept> kept(String pipeline, BitSet repeated) {
        return earlier.keptWorkspaces().stream()
                .filter(kept -> kept.workspace().equals(pipeline))
                .filter(kept -> repeated.stream()
                        .mapToObj(plan::stage)
                        .filter(stage -> stage.pipeline().equals(pipeline))
                        .noneMatch(stage -> beganBefore(stage, kept.at())))
                .reduce((first, last) -> last);
    }

    private boolean beganBefore(PlannedStage stage, Instant at) {
        return earlier.stage(stage.number()).attempts().stream()
                .anyMatch(attempt -> !attempt.startedAt().isAfter(at));
    }

    private boolean endedBefore(PlannedStage stage, Instant at) {
        return earlier.stage(stage.number()).attempts().stream()
                .allMatch(attempt ->
                        attempt.endedAt().filter(end -> !end.isAfter(at)).isPresent());
    }

    /** The stages that come before a stage. */
    private BitSet before(int stage) {
        BitSet known = before[stage];
        if (known == null) {
            known = new BitSet();
            for (PlannedStage earlierStage : plan.before(plan.stage(stage))) {
                known.set(earlierStage.number());
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
        BitSet stands = stands(repeated, keeper);
        List<RunEvent> events = new ArrayList<>();
        stands.stream().forEach(number -> earlier.stage(number)
                .lastResult()
                .ifPresent(r ->
                        events.add(new RunEvent.ResultTaken(plan.stage(number).id(), run, r, now))));
        if (!events.isEmpty()) {
            plan.stages().stream().map(PlannedStage::pipeline).distinct().forEach(pipeline -> kept(pipeline, repeated)
                    .ifPresent(events::add));
        }
        return events;
    }

    /** The stages whose results stand. */
    private BitSet stands(BitSet repeated, GateKeeper keeper) {
        BitSet stands = new BitSet();
        for (PlannedStage stage : plan.stages()) {
            if (!repeated.get(stage.number())
                    && wentWell(stage)
                    && earlier.stage(stage.number()).lastResult().isPresent()
                    && stage.stage().work().holdsAgent()) {
                stands.set(stage.number());
            }
        }
        addApprovals(stands, repeated, keeper);
        return stands;
    }

    /** An approval is about what came before it: it stands only if all of that does. */
    private void addApprovals(BitSet stands, BitSet repeated, GateKeeper keeper) {
        boolean more = true;
        while (more) {
            more = false;
            for (PlannedStage gate : plan.stages()) {
                int number = gate.number();
                boolean open = !gate.stage().work().holdsAgent() && !repeated.get(number) && !stands.get(number);
                if (open
                        && before(number).stream().allMatch(n -> stands.get(n) || isSkipped(n))
                        && approvalStands(gate, earlier.stage(number), keeper)) {
                    stands.set(number);
                    more = true;
                }
            }
        }
    }

    private boolean isSkipped(int number) {
        return earlier.stage(number).outcome().filter(o -> o == Outcome.SKIPPED).isPresent();
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
