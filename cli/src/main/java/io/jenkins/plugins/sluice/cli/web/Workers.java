package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.workspace.FileErrors;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Goes on with runs, each on a thread of its own, and remembers why that did not work. From any thread. */
final class Workers {

    private static final int GLANCES = 10;
    private static final int GLANCE_MILLIS = 200;

    private final WebSettings settings;
    private final Map<String, Thread> working = new ConcurrentHashMap<>();
    private final Map<String, String> troubles = new ConcurrentHashMap<>();
    private volatile boolean closed;

    Workers(WebSettings settings) {
        this.settings = settings;
    }

    /** Whether it can go on with runs at all. */
    boolean able() {
        return settings.work().isPresent();
    }

    /** Goes on with a run if there is something to do and nobody else works at it, or stops to do so in this moment. */
    void goOn(String run) {
        if (able()) {
            troubles.remove(run);
            working.computeIfAbsent(run, id -> {
                Thread thread = new Thread(() -> work(id), "sluice-run-" + id);
                thread.start();
                return thread;
            });
        }
    }

    /** Why the last attempt to go on with a run failed. */
    Optional<String> trouble(String run) {
        return Optional.ofNullable(troubles.get(run));
    }

    private void work(String id) {
        PrintStream out =
                new PrintStream(new LinesOfRun("run " + id + ": ", settings.log()), true, StandardCharsets.UTF_8);
        try (out) {
            StoredRun run = StoredRun.read(settings.state(), settings.state().run(id));
            // Again, if somebody has decided while the work was being put down.
            while (!closed && isLeft(run) && run.canGoOn()) {
                settings.work().orElseThrow().goOn(run, out);
                run.refresh();
            }
        } catch (IOException e) {
            fail(id, FileErrors.words(e), out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            fail(id, "internal error: " + e, out);
        } finally {
            working.remove(id);
        }
    }

    /** Whether nobody works at it; who is about to leave it gets a moment. */
    private static boolean isLeft(StoredRun run) throws IOException, InterruptedException {
        for (int i = 0; i < GLANCES && run.isLive(); i++) {
            Thread.sleep(GLANCE_MILLIS);
        }
        run.refresh();
        return !run.isLive();
    }

    private void fail(String run, String why, PrintStream out) {
        troubles.put(run, why);
        out.println("cannot go on: " + why);
    }

    /** Waits until nobody works any more. */
    void await() {
        closed = true;
        for (Thread thread : working.values()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
