package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunEvent;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.StageRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
        private final String pipeline;
        private final boolean ofPipeline;
        private final Set<Integer> all = new HashSet<>();
        private final Set<Integer> open = new HashSet<>();
        private final Set<String> present = new HashSet<>();
        private Optional<Path> directory = Optional.empty();
        private Optional<KeptTree> kept = Optional.empty();
        private Optional<String> gone = Optional.empty();
        private boolean keep;

        Shared(String name, String pipeline, boolean ofPipeline) {
            this.name = name;
            this.pipeline = pipeline;
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
            if (!stage.stage().work().holdsAgent()) {
                continue; // a gate works nowhere
            }
            boolean whole = plan.sharesWorkspace(stage);
            String key = whole ? "pipeline " + stage.pipeline() : "group " + groups[stage.number()];
            Shared shared =
                    byKey.computeIfAbsent(key, k -> new Shared(SafeName.ofStage(stage.id()), stage.pipeline(), whole));
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

    /** Reads what was kept of a workspace. */
    @FunctionalInterface
    interface TreeReader {
        KeptTree read(RunEvent.WorkspaceKept kept) throws IOException;
    }

    /** Finds again what an earlier process has left of the workspaces of a run, or has put aside. */
    void adopt(RunState state, TreeReader reader) throws IOException {
        for (Shared shared : new LinkedHashSet<>(byStage.values())) {
            synchronized (shared) {
                Optional<RunEvent.WorkspaceKept> kept =
                        shared.ofPipeline ? state.keptWorkspace(shared.pipeline) : Optional.empty();
                shared.kept = kept.isPresent() ? Optional.of(reader.read(kept.get())) : Optional.empty();
                Instant since = kept.map(RunEvent.WorkspaceKept::at).orElse(Instant.MIN);
                boolean worked = false;
                for (int number : new TreeSet<>(shared.all)) {
                    worked |= replay(shared, state, number, since);
                }
                adopt(shared, worked);
            }
        }
    }

    private void adopt(Shared shared, boolean worked) throws IOException {
        Path place = pool.directory(shared.name);
        Optional<Path> left = Optional.of(place).filter(Files::isDirectory);
        if (shared.open.isEmpty() && !shared.keep) {
            if (left.isPresent()) {
                Workspaces.delete(place);
            }
            return;
        }
        shared.directory = left;
        if (worked && left.isEmpty() && !shared.open.isEmpty()) {
            shared.gone = Optional.of("the workspace " + place
                    + " is gone, and with it what earlier stages have left there; run them again ('sluice rerun')");
        }
    }

    /** Takes note of what a stage has done, and says whether it left something in the workspace after that moment. */
    private boolean replay(Shared shared, RunState state, int number, Instant since) {
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
        return worked
                && run.attempts().stream().anyMatch(attempt -> attempt.endedAt()
                        .filter(end -> end.isAfter(since))
                        .isPresent());
    }

    /** The workspaces of whole pipelines in which somebody will still work, by pipeline. */
    Map<String, Path> ofPipelines() {
        Map<String, Path> found = new LinkedHashMap<>();
        for (Shared shared : new LinkedHashSet<>(byStage.values())) {
            synchronized (shared) {
                if (shared.ofPipeline && !shared.open.isEmpty()) {
                    shared.directory.ifPresent(directory -> found.put(shared.pipeline, directory));
                }
            }
        }
        return found;
    }

    /** Deletes a workspace of which everything is kept; the next stage there gets it back. */
    void release(String pipeline, KeptTree kept) throws IOException {
        for (Shared shared : new LinkedHashSet<>(byStage.values())) {
            synchronized (shared) {
                if (shared.ofPipeline && shared.pipeline.equals(pipeline) && shared.directory.isPresent()) {
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
        if (!byStage.containsKey(stage.number())) {
            return Optional.empty();
        }
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
