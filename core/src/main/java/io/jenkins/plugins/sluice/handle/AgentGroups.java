package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunEvent;
import io.jenkins.plugins.sluice.run.StageRun;
import io.jenkins.plugins.sluice.run.StageStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The agent groups of a run, which come and go with their agents. Only called under the monitor of the handle. */
final class AgentGroups {
    private final RunProgress progress;
    private final Presence presence;
    private final CallMaker calls;
    private final Attempts attempts;

    AgentGroups(RunProgress progress, Presence presence, CallMaker calls, Attempts attempts) {
        this.progress = progress;
        this.presence = presence;
        this.calls = calls;
        this.attempts = attempts;
    }

    private List<PlannedStage> stages(int group) {
        return progress.plan().stages().stream()
                .filter(stage -> presence.group(stage.number()) == group)
                .toList();
    }

    /** Whether no stage of a group needs an agent any more: what needs none is decided here. */
    boolean isSettled(int group) {
        boolean settled = true;
        for (PlannedStage stage : stages(group)) {
            progress.due(stage.number());
            settled &= progress.status(stage) == StageStatus.FINISHED;
        }
        return settled;
    }

    /** What is around a group: the lock of its stage, if that is its only one. */
    List<Call> around(int group) {
        List<PlannedStage> stages = stages(group);
        return stages.size() == 1 ? lock(stages.get(0)).stream().toList() : List.of();
    }

    /** What is around the work of a stage. */
    List<Call> around(PlannedStage stage) {
        int group = presence.group(stage.number());
        if (group < 0) {
            return List.of();
        }
        List<Call> around = new ArrayList<>(calls.stoppable(stage).stream().toList());
        if (around(group).isEmpty()) {
            lock(stage).ifPresent(around::add);
        }
        return around;
    }

    private Optional<Call> lock(PlannedStage stage) {
        boolean shared = progress.controller().hasStep(StepNames.LOCK);
        return calls.lock(stage, shared ? StepNames.LOCK : StepNames.OWN_LOCK);
    }

    /** The steps that get the sources for a group, as its pipeline wants them. */
    List<Call> checkout(int group, Map<String, String> source) {
        return Checkouts.of(source, progress.plan(), stages(group).get(0));
    }

    /** A group has got its agent: the steps that bring what is there already of a shared workspace. */
    List<Call> enter(int group) {
        presence.enter(group);
        String pipeline = stages(group).get(0).pipeline();
        Optional<RunEvent.WorkspaceKept> kept = progress.state().keptWorkspace(pipeline);
        for (PlannedStage stage : lost(group, kept)) {
            if (presence.group(stage.number()) != group) {
                String words =
                        "what " + stage.id() + " has left in the workspace could not be put aside when its agent was"
                                + " given back: the log says there why";
                return List.of(Call.of("error", Call.arguments("message", words)));
            }
            progress.note("what " + stage.id()
                    + " has left in the workspace went with the agent: the workspace is clean now");
        }
        if (kept.isEmpty()) {
            return List.of();
        }
        Optional<Outcome> well = Optional.of(Outcome.SUCCEEDED);
        progress.plan().stages().stream()
                .filter(stage -> stage.pipeline().equals(pipeline))
                .filter(stage ->
                        progress.state().stage(stage.number()).outcome().equals(well))
                .forEach(stage -> presence.arrived(group, stage));
        return SharedWorkspace.bring(progress.plan(), pipeline);
    }

    /** The stages before those of a group whose files should be in the workspace that they share, and are nowhere. */
    private List<PlannedStage> lost(int group, Optional<RunEvent.WorkspaceKept> kept) {
        List<PlannedStage> stages = stages(group);
        if (!progress.plan().sharesWorkspace(stages.get(0))) {
            return List.of();
        }
        return stages.stream()
                .flatMap(stage -> progress.plan().before(stage).stream())
                .distinct()
                .filter(stage -> stage.pipeline().equals(stages.get(0).pipeline()))
                .filter(stage -> hasWorked(stage) && !endedBefore(stage, kept))
                .toList();
    }

    private boolean hasWorked(PlannedStage stage) {
        StageRun run = progress.state().stage(stage.number());
        return run.outcome().equals(Optional.of(Outcome.SUCCEEDED))
                && !run.attempts().isEmpty();
    }

    private boolean endedBefore(PlannedStage stage, Optional<RunEvent.WorkspaceKept> kept) {
        Optional<Instant> end = progress.state().stage(stage.number()).attempts().stream()
                .flatMap(attempt -> attempt.endedAt().stream())
                .max(Comparator.naturalOrder());
        return kept.isPresent()
                && end.isPresent()
                && !end.get().isAfter(kept.get().at());
    }

    /** A group is about to give its agent back: the steps to take before. */
    List<Call> leave(int group) {
        boolean there = presence.here().containsKey(group);
        if (there && !isSettled(group)) {
            throw new IllegalStateException("stages of agent group " + group + " were left out");
        }
        if (!there) {
            return List.of();
        }
        List<PlannedStage> stages = stages(group);
        List<Call> steps = new ArrayList<>(calls.clearing(stages));
        if (isKept(stages)) {
            steps.addAll(SharedWorkspace.keep(progress.plan(), stages.get(0).pipeline()));
        }
        return steps;
    }

    /** These steps have been taken. */
    void left(int group) {
        boolean there = presence.here().containsKey(group);
        presence.leave(group);
        List<PlannedStage> stages = stages(group);
        if (there && isKept(stages)) {
            String pipeline = stages.get(0).pipeline();
            String name = SharedWorkspace.name(progress.plan(), pipeline);
            progress.happen(new RunEvent.WorkspaceKept(pipeline, name, 0, progress.now()));
        }
    }

    /** Whether the workspace of these stages is needed on another agent, as far as is known. */
    private boolean isKept(List<PlannedStage> stages) {
        PlannedStage first = stages.get(0);
        return progress.plan().sharesWorkspace(first)
                && progress.plan().stages().stream()
                        .anyMatch(stage -> stage.pipeline().equals(first.pipeline())
                                && stage.stage().work().holdsAgent()
                                && progress.status(stage) != StageStatus.FINISHED);
    }

    /**
     * A group has lost its agent, or never got one: the stage whose turn it was ends with that.
     *
     * @return whether anything follows from it
     */
    boolean fail(int group, Failure failure) {
        presence.leave(group);
        if (progress.takeAbort(failure)) {
            return true;
        }
        Optional<PlannedStage> turn = stages(group).stream()
                .filter(stage -> attempts.isOnItsWay(stage)
                        || progress.due(stage.number()).isPresent())
                .findFirst();
        turn.ifPresent(stage -> attempts.lose(stage, failure));
        if (turn.isEmpty() && isSettled(group)) {
            progress.note(failure.words());
            return true;
        }
        return turn.isPresent();
    }
}
