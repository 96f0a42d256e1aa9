package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.cli.local.StateDirectory;
import io.jenkins.plugins.sluice.cli.local.StoredRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The runs that were looked at lately, so that a look every second costs little. From any thread. */
final class Shelf {

    private static final int MOST = 128;

    private final StateDirectory state;
    private final Map<String, StoredRun> runs = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, StoredRun> eldest) {
            return size() > MOST;
        }
    };

    Shelf(StateDirectory state) {
        this.state = state;
    }

    /** What is made of a run; nobody else has it meanwhile. */
    @FunctionalInterface
    interface Look<T> {
        T at(StoredRun run) throws IOException;
    }

    /** The directories of all runs, the newest first. */
    List<Path> all() throws IOException {
        return state.runs();
    }

    /** What is made of a run as it is now; empty if there is no such run. */
    <T> Optional<T> look(String id, Look<T> look) throws IOException {
        Path directory = state.run(id);
        if (!StoredRun.isReadable(directory)) {
            return Optional.empty();
        }
        StoredRun run = run(id, directory);
        synchronized (run) {
            if (run.hasNews()) {
                run.refresh();
            }
            return Optional.of(look.at(run));
        }
    }

    private StoredRun run(String id, Path directory) throws IOException {
        synchronized (runs) {
            StoredRun kept = runs.get(id);
            if (kept != null) {
                return kept;
            }
        }
        StoredRun read = StoredRun.read(state, directory);
        synchronized (runs) {
            StoredRun other = runs.putIfAbsent(id, read);
            return other == null ? read : other;
        }
    }
}
