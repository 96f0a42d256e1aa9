package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.model.WorkspaceUse;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which stage works in which directory. A workspace is made when the first stage of its group starts and deleted when the
 * last one has ended, unless one of them went wrong: then someone may want to look. Thread-safe.
 */
final class GroupWorkspaces {

    private static final class Shared {
        private final String name;
        private final Set<Integer> open = new HashSet<>();
        private final Set<String> present = new HashSet<>();
        private Optional<Path> directory = Optional.empty();
        private boolean keep;

        Shared(String name) {
            this.name = name;
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
                    byKey.computeIfAbsent(key, k -> new Shared(stage.id().replace('/', '.')));
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
            Path directory = shared.directory.isPresent() ? shared.directory.get() : pool.take(shared.name);
            shared.directory = Optional.of(directory);
            return directory;
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
