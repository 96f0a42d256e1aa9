package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * {@code supersede}: of the runs of one branch, only the newest may wait at such a gate. A newer run counts as soon as it has
 * begun, if it has the same gate and does not skip it.
 */
final class Supersession {

    private final StoredRun run;
    private final StateDirectory state;

    Supersession(StoredRun run) {
        this.run = run;
        this.state = run.stateDirectory();
    }

    /** Why a gate of this run is pointless by now; empty if it is not, or if it does not care. */
    Optional<String> newer(PlannedStage gate) {
        if (!supersedes(gate)) {
            return Optional.empty();
        }
        try {
            for (Path other : state.runs()) {
                RunDirectory directory = new RunDirectory(other);
                if (directory.number() <= run.directory().number()) {
                    return Optional.empty();
                }
                if (directory.hasBegun() && isSuccessorOf(directory, gate)) {
                    return Optional.of(words(directory.id()));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // a run that cannot be read takes no one's place
        }
    }

    /** A run that cannot be read takes no one's place. */
    private boolean isSuccessorOf(RunDirectory directory, PlannedStage gate) {
        try {
            return isSuccessor(StoredRun.of(state, directory), run, gate.id());
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    private static boolean isSuccessor(StoredRun newer, StoredRun older, String gate) {
        // What repeats an older run is no news.
        return newer.rerunOf().isEmpty()
                && newer.line().equals(older.line())
                && newer.repository().equals(older.repository())
                && newer.plan().stages().stream()
                        .anyMatch(s -> s.id().equals(gate) && s.skip().isEmpty() && supersedes(s));
    }

    private static boolean supersedes(PlannedStage stage) {
        return stage.stage().work().gate().map(Gate::supersede).orElse(false);
    }

    private String words(String newer) {
        String branch = run.branch().isEmpty() ? "" : " of the branch " + run.branch();
        return "superseded by the newer run " + newer + branch;
    }

    /**
     * Ends the waits of older runs whose place this one takes; gives their ids.
     *
     * @param unreadable is told which run cannot be read, and why
     */
    List<String> supersedeOlder(Consumer<String> unreadable) throws IOException {
        ExecutionPlan plan = run.plan();
        List<String> superseded = new ArrayList<>();
        if (plan.stages().stream().noneMatch(s -> s.skip().isEmpty() && supersedes(s))) {
            return superseded;
        }
        for (Path other : state.runs()) {
            RunDirectory directory = new RunDirectory(other);
            if (directory.number() < run.directory().number() && directory.hasBegun()) {
                try {
                    StoredRun older = StoredRun.read(state, other);
                    if (older.state().outcome().isEmpty() && !end(older).isEmpty()) {
                        superseded.add(older.id());
                    }
                } catch (IOException e) {
                    unreadable.accept(directory.id() + " cannot be read: " + InstructionRunner.words(e));
                }
            }
        }
        return superseded;
    }

    private List<RunEvent> end(StoredRun older) throws IOException {
        boolean any = older.state().asking().stream()
                .map(older.plan()::stage)
                .anyMatch(gate -> supersedes(gate) && isSuccessor(run, older, gate.id()));
        if (!any) {
            return List.of();
        }
        return older.write(now -> {
            List<RunEvent> events = new ArrayList<>();
            for (int number : older.state().asking()) {
                PlannedStage gate = older.plan().stage(number);
                if (supersedes(gate) && isSuccessor(run, older, gate.id())) {
                    String why = new Supersession(older).words(run.id());
                    events.add(older.keeper().decide(number, Verdict.SUPERSEDED, why, now));
                }
            }
            return events;
        });
    }
}
