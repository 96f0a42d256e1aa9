package io.jenkins.plugins.sluice.cli.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Hands out clean workspaces. One that comes back untouched is handed out again under its next name: many stages only look
 * at the sources, and copying and deleting a tree takes longer than looking whether it is as it was. Thread-safe.
 */
final class WorkspacePool implements AutoCloseable {

    private record Clean(Path directory, Snapshot snapshot) {}

    private final Workspaces workspaces;
    private final ArtifactStore store;
    private final Deque<Clean> idle = new ArrayDeque<>();
    private final Map<Path, Snapshot> inUse = new ConcurrentHashMap<>();

    WorkspacePool(Workspaces workspaces, ArtifactStore store) {
        this.workspaces = workspaces;
        this.store = store;
    }

    /** A workspace with the sources and nothing else. */
    Path take(String name) throws IOException {
        Clean clean = nextIdle();
        if (clean == null) {
            Path made = workspaces.create(name);
            inUse.put(made, workspaces.snapshot(made));
            return made;
        }
        Path renamed = workspaces.directory(name);
        Workspaces.delete(renamed);
        Files.move(clean.directory(), renamed);
        inUse.put(renamed, clean.snapshot());
        return renamed;
    }

    /** A workspace with the sources and what was changed in them before; it is not handed on when it comes back. */
    Path takeWith(String name, KeptTree changes) throws IOException {
        return workspaces.create(name, made -> changes.restore(made, store));
    }

    /** Where the workspace of that name is, or would be. */
    Path directory(String name) {
        return workspaces.directory(name);
    }

    /** What differs in a workspace from the sources, with its files in the store; at most so many bytes. */
    KeptTree changes(Path workspace, long limit) throws IOException {
        return KeptTree.changes(SourceTree.walked(workspace), workspaces.source(), new KeptTree.Into(store, limit));
    }

    private synchronized @Nullable Clean nextIdle() {
        return idle.poll();
    }

    /** Takes a workspace back that nobody uses any more; deletes it if anything in it was touched. */
    void giveBack(Path workspace) throws IOException {
        Snapshot snapshot = inUse.remove(workspace);
        if (snapshot != null && snapshot.isUntouched(workspace)) {
            synchronized (this) {
                idle.add(new Clean(workspace, snapshot));
            }
        } else {
            Workspaces.delete(workspace);
        }
    }

    /** Deletes what nobody uses. */
    @Override
    public void close() throws IOException {
        for (Clean clean = nextIdle(); clean != null; clean = nextIdle()) {
            Workspaces.delete(clean.directory());
        }
    }
}
