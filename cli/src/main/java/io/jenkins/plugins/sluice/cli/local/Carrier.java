package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.report.Sizes;
import io.jenkins.plugins.sluice.run.RunEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Puts workspaces aside that stages before and after a gate share, so that nothing but the artifact store has to last until
 * the decision. What is not shared needs no carrying: there, artifacts are all that later stages get.
 */
final class Carrier {

    private final GroupWorkspaces workspaces;
    private final WorkspacePool pool;
    private final ArtifactStore store;
    private final long limit;
    private final Executor threads;
    private final Consumer<Runnable> inbox;
    private final Chronicle chronicle;
    private final RunConsole console;

    /**
     * What a carrier works with.
     *
     * @param limit the most bytes that are put aside of one workspace
     * @param inbox takes what is to be done on the thread that owns the run
     */
    record Parts(
            GroupWorkspaces workspaces,
            WorkspacePool pool,
            ArtifactStore store,
            long limit,
            Executor threads,
            Consumer<Runnable> inbox) {}

    Carrier(Chronicle chronicle, RunConsole console, Parts parts) {
        this.chronicle = chronicle;
        this.console = console;
        this.workspaces = parts.workspaces();
        this.pool = parts.pool();
        this.store = parts.store();
        this.limit = parts.limit();
        this.threads = parts.threads();
        this.inbox = parts.inbox();
    }

    private record Carried(String pipeline, KeptTree tree, String digest) {}

    /** Puts aside what stages behind a gate may find; {@code then} gets what went wrong, on the thread that owns the run. */
    void carry(PlannedStage gate, Consumer<Optional<String>> then) {
        Map<String, Path> shared = workspaces.ofPipelines();
        threads.execute(() -> {
            try {
                List<Carried> all = new ArrayList<>();
                for (Map.Entry<String, Path> workspace : shared.entrySet()) {
                    all.add(keep(workspace.getKey(), workspace.getValue()));
                }
                store.flush();
                inbox.accept(() -> {
                    all.forEach(carried -> note(gate.id(), carried));
                    then.accept(Optional.empty());
                });
            } catch (IOException | RuntimeException e) {
                String problem = "its workspace cannot be put aside: " + InstructionRunner.words(e);
                inbox.accept(() -> then.accept(Optional.of(problem)));
            }
        });
    }

    private Carried keep(String pipeline, Path directory) throws IOException {
        KeptTree tree = pool.changes(directory, limit);
        return new Carried(pipeline, tree, store.keepText(tree.json()));
    }

    private void note(String id, Carried carried) {
        KeptTree tree = carried.tree();
        chronicle.happen(
                new RunEvent.WorkspaceKept(carried.pipeline(), carried.digest(), tree.bytes(), chronicle.now()));
        int files = tree.files().size();
        console.note(
                id,
                "put aside " + files + (files == 1 ? " file" : " files") + " of the workspace of " + carried.pipeline()
                        + " (" + Sizes.words(tree.bytes()) + ") for later stages");
    }

    /** Puts aside all that is shared, now that nothing runs any more, and removes the directories. */
    void leave() throws IOException {
        for (Map.Entry<String, Path> workspace : workspaces.ofPipelines().entrySet()) {
            Carried carried = keep(workspace.getKey(), workspace.getValue());
            boolean same = chronicle
                    .state()
                    .keptWorkspace(workspace.getKey())
                    .filter(kept -> kept.digest().equals(carried.digest()))
                    .isPresent();
            if (!same) {
                store.flush();
                note("", carried);
            }
            workspaces.release(workspace.getKey(), carried.tree());
        }
    }
}
