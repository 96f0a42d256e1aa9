package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.AttemptResult;
import io.jenkins.plugins.sluice.run.CarriedFiles;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.RunState;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Which agent groups have an agent now, and the artifacts of which stages are in its workspace. */
final class Presence {
    private final ExecutionPlan plan;
    private final int[] groups;
    private final Map<Integer, Set<String>> here = new TreeMap<>();

    Presence(ExecutionPlan plan) {
        this.plan = plan;
        this.groups = plan.groups();
    }

    /** The group of a stage; -1 if it holds no agent. */
    int group(int stage) {
        return groups[stage];
    }

    /** A group has got an agent with a clean workspace. */
    void enter(int group) {
        here.put(group, new LinkedHashSet<>());
    }

    /** A group has no agent any more. */
    void leave(int group) {
        here.remove(group);
    }

    /** Whether there is an agent for a stage; one that needs none can always work. */
    boolean canWork(int stage) {
        return groups[stage] < 0 || here.containsKey(groups[stage]);
    }

    /** Takes note that a stage went well: what it has kept or been given is there. */
    void succeeded(PlannedStage stage) {
        arrived(groups[stage.number()], stage);
    }

    /** Takes note that what a stage has kept or been given has come to where a group works. */
    void arrived(int group, PlannedStage stage) {
        Set<String> files = here.get(group);
        if (files != null) {
            files.add(stage.id());
            plan.carriesInto(stage).forEach(source -> files.add(source.id()));
        }
    }

    /** What is to be brought to the workspace for a stage. */
    CarriedFiles owed(PlannedStage stage, RunState state) {
        Set<String> files = here.getOrDefault(groups[stage.number()], Set.of());
        Map<PlannedStage, List<KeptFile>> kept = new LinkedHashMap<>();
        for (PlannedStage source : plan.carriesInto(stage)) {
            Optional<AttemptResult> result = state.stage(source.number()).lastResult();
            if (!files.contains(source.id()) && result.isPresent()) {
                kept.put(source, result.get().kept());
            }
        }
        return CarriedFiles.of(plan, kept);
    }

    /** By group, for the written form. */
    Map<Integer, Set<String>> here() {
        return here;
    }
}
