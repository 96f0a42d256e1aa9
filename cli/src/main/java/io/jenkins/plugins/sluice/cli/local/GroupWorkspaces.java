package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.model.WorkspaceUse;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.StageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which stage works in which directory. A workspace is made when the first stage of its group starts and deleted when the
 * last one has ended, unless one of them went wrong: then someone may want to look. Thread-safe.
 */
final class GroupWorkspaces {

    private static final class Shared {
        private final String name;
        private final boolean ofPipeline;
        private final Set<Integer> all = new HashSet<>();
        private final Set<Integer> open = new HashSet<>();
        private final Set<String> present = new HashSet<>();
        private Optional<Path> directory = Optional.empty();
        private Optional<KeptTree> kept = Optional.empty();
        private Optional<String> gone = Optional.empty();
        private boolean keep;

        Shared(String name, boolean ofPipeline) {
            this.name = name;
            this.ofPipeline = ofPipeline;
        }
    }

    private final WorkspacePool pool;
    private final Map<Integer, Shared> byStage = new HashMap<>();

    GroupWorkspaces(ExecutionPlan plan, WorkspacePool pool, boolean keepAll) {
        this.pool = pool;
        Map<String, Shared> byKey = new HashMap<>();
        int[] groups = plan.groups();
        for (PlannedStage stage : plan.stages()) {
            boolean whole = plan.file()
                    .pipeline(stage.ref().pipeline())
                    .map(p -> p.workspace() == WorkspaceUse.SHARED)
                    .orElse(false);
            String key = whole ? stage.pipeline() : String.valueOf(groups[stage.number()]);
            Shared shared =
                    byKey.computeIfAbsent(key, k -> new Shared(stage.id().replace('/', '.'), whole));
            shared.all.add(stage.number());
            shared.open.add(stage.number());
            shared.keep |= keepAll;
            byStage.put(stage.number(), shared);
        }
    }

    private Shared of(PlannedStage stage) {
        return Objects.requireNonNull(byStage.get(stage.number()));
    }

    /** The workspace of a stage, made now if it is the first there. */
    Path enter(PlannedStage stage) throws IOException {
        Shared shared = of(stage);
        synchronized (shared) {
            if (shared.gone.isPresent()) {
                throw new IOException(shared.gone.get());
            }
            Path directory = shared.directory.isPresent() ? shared.directory.get() : make(shared);
            shared.directory = Optional.of(directory);
            return directory;
        }
    }

    private Path make(Shared shared) throws IOException {
        return shared.kept.isPresent() ? pool.takeWith(shared.name, shared.kept.get()) : pool.take(shared.name);
    }

    /**
     * Finds again what an earlier process has left of the workspaces of a run.
     *
     * @param keptTree what was kept of the workspace of that name, if anything was
     */
    void adopt(RunState state, KeptTrees keptTree) throws IOException {
        for (Shared shared : new LinkedHashSet<>(byStage.values())) {
            synchronized (shared) {
                shared.kept = keptTree.of(shared.name);
                Optional<Path> left = Optional.of(pool.directory(shared.name)).filter(Files::isDirectory);
                boolean entered = false;
                for (int number : new TreeSet<>(shared.all)) {
                    entered |= replay(shared, state, number);
                }
                boolean over = shared.open.isEmpty() && !shared.keep;
                if (over && left.isPresent()) {
                    Workspaces.delete(left.get());
                } else if (!over) {
                    shared.directory = left;
                    boolean lost = entered && left.isEmpty() && shared.kept.isEmpty() && !shared.open.isEmpty();
                    shared.gone = lost
                            ? Optional.of("the workspace " + pool.directory(shared.name)
                                    + " is gone, and with it what earlier stages have left there; run them again"
                                    + " ('sluice rerun')")
                            : Optional.empty();
                }
            }
        }
    }

    /** What was kept of workspaces, by their names. */
    @FunctionalInterface
    interface KeptTrees {
        Optional<KeptTree> of(String workspace) throws IOException;
    }

    /** Whether the stage has left something behind in the workspace that later ones may build on. */
    private boolean replay(Shared shared, RunState state, int number) {
        StageRun run = state.stage(number);
        PlannedStage stage = state.plan().stage(number);
        Optional<Outcome> outcome = run.outcome();
        if (outcome.isPresent()) {
            shared.open.remove(number);
            shared.keep |= outcome.get() == Outcome.FAILED || outcome.get() == Outcome.ERRORED;
        }
        boolean worked = outcome.filter(o -> o == Outcome.SUCCEEDED).isPresent()
                && !run.attempts().isEmpty();
        if (worked) {
            state.plan().carriesInto(stage).forEach(source -> shared.present.add(source.id()));
        }
        return worked;
    }

    /** The workspaces of whole pipelines that somebody will still work in, by name. */
    Map<String, Path> ofPipelines() {
        Map<String, Path> found = new LinkedHashMap<>();
        for (Shared shared : new LinkedHashSet<>(byStage.values())) {
            synchronized (shared) {
                if (shared.ofPipeline && !shared.open.isEmpty()) {
                    shared.directory.ifPresent(directory -> found.put(shared.name, directory));
                }
            }
        }
        return found;
    }

    /** The name of the workspace that a gate interrupts: that of its whole pipeline, if there is one by now. */
    Optional<String> ofPipeline(PlannedStage gate) {
        Shared shared = of(gate);
        synchronized (shared) {
            return shared.ofPipeline && shared.directory.isPresent() ? Optional.of(shared.name) : Optional.empty();
        }
    }

    /** Deletes a workspace of which everything is kept; the next stage there gets it back. */
    void release(String name, KeptTree kept) throws IOException {
        for (Shared shared : new LinkedHashSet<>(byStage.values())) {
            synchronized (shared) {
                if (shared.name.equals(name) && shared.directory.isPresent()) {
                    Workspaces.delete(shared.directory.get());
                    shared.directory = Optional.empty();
                    shared.kept = Optional.of(kept);
                }
            }
        }
    }

    /** Those of some stages whose files no successful stage in the same workspace has made, or been given, before. */
    List<PlannedStage> missing(PlannedStage stage, List<PlannedStage> from) {
        Shared shared = of(stage);
        synchronized (shared) {
            return from.stream()
                    .filter(source -> of(source) != shared && !shared.present.contains(source.id()))
                    .toList();
        }
    }

    /** Takes note that the files of some stages are there now: an attempt that got them went well. */
    void arePresent(PlannedStage stage, List<PlannedStage> from) {
        Shared shared = of(stage);
        synchronized (shared) {
            from.forEach(source -> shared.present.add(source.id()));
        }
    }

    /** Whether no other stage will work there, so that its files are free to be linked. */
    boolean isLast(PlannedStage stage) {
        Shared shared = of(stage);
        synchronized (shared) {
            return shared.open.size() == 1 && !shared.keep;
        }
    }

    /** Takes note that a stage will not work there any more; the directory to give back, if it was the last one. */
    Optional<Path> leave(PlannedStage stage, boolean wentWrong) {
        Shared shared = of(stage);
        synchronized (shared) {
            shared.open.remove(stage.number());
            shared.keep |= wentWrong;
            return shared.open.isEmpty() && !shared.keep ? shared.directory : Optional.empty();
        }
    }

    /** Takes back a workspace that nobody uses any more. */
    void giveBack(Path directory) throws IOException {
        pool.giveBack(directory);
    }

    /** Where a stage has worked, if it has. */
    Optional<Path> directory(PlannedStage stage) {
        Shared shared = of(stage);
        synchronized (shared) {
            return shared.directory;
        }
    }
}
