package io.jenkins.plugins.sluice.cli.deliver;

import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Releases that live as long as the run. Each is written down before it is installed, so that whoever ends the run removes it,
 * be it another process after a crash.
 */
final class Rehearsals {

    private static final String MARK = "releases";
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LAST_WAIT = Duration.ofMinutes(2);

    private final Site.Helm helm;
    private final Path directory;
    private final Path run;
    private final List<CompletableFuture<InstructionResult>> underWay = new ArrayList<>();

    Rehearsals(Site.Helm helm, Path directory, Path run) {
        this.helm = helm;
        this.directory = directory;
        this.run = run;
    }

    InstructionResult install(
            Instruction.InstallChart chart, Path workspace, Supplier<String> stopped, Consumer<String> note)
            throws IOException {
        Path values = Files.createTempFile(run, "values-", ".yaml");
        try {
            Files.writeString(values, chart.values());
            HelmClient client = client();
            String where = ChartPlace.of(chart.chart(), helm, workspace);
            writeDown(chart.release());
            note.accept("installs " + chart.chart() + " as the release " + chart.release() + " in " + helm.namespace());
            CompletableFuture<InstructionResult> work =
                    CompletableFuture.supplyAsync(() -> client.install(chart, where, values, note), task -> {
                        Thread thread = new Thread(task, "sluice-helm");
                        thread.setDaemon(true);
                        thread.start();
                    });
            synchronized (underWay) {
                underWay.add(work);
            }
            return await(work, stopped);
        } finally {
            Files.deleteIfExists(values);
        }
    }

    private HelmClient client() {
        Optional<Path> kubeconfig = helm.kubeconfig().map(directory::resolve);
        return new HelmClient(helm, kubeconfig, run.resolve("helm-repositories.yaml"));
    }

    /** The library cannot be interrupted; whoever is stopped leaves it to {@link #end} to wait for it. */
    private static InstructionResult await(CompletableFuture<InstructionResult> work, Supplier<String> stopped) {
        while (true) {
            try {
                return work.get(POLL.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (!stopped.get().isEmpty()) {
                    return new InstructionResult.Aborted(stopped.get());
                }
            } catch (ExecutionException e) {
                return new InstructionResult.Broken(HelmClient.words(e.getCause() == null ? e : e.getCause()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return new InstructionResult.Aborted("interrupted");
            }
        }
    }

    private synchronized void writeDown(String release) throws IOException {
        Files.writeString(run.resolve(MARK), release + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Removes every release of the run. One that cannot be removed stays written down. */
    void end(Consumer<String> note) {
        Path mark = run.resolve(MARK);
        if (!Files.exists(mark)) {
            return;
        }
        awaitAll();
        try {
            List<String> left = new ArrayList<>();
            for (String release : Files.readAllLines(mark)) {
                client().uninstall(release).ifPresent(why -> {
                    left.add(release);
                    note.accept("the release " + release + " in " + helm.namespace() + " could not be removed: " + why);
                });
            }
            if (left.isEmpty()) {
                Files.delete(mark);
            } else {
                Files.write(mark, left);
            }
        } catch (IOException e) {
            note.accept("releases may be left in " + helm.namespace() + ": " + e.getMessage());
        }
    }

    private void awaitAll() {
        List<CompletableFuture<InstructionResult>> all;
        synchronized (underWay) {
            all = List.copyOf(underWay);
        }
        try {
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .get(LAST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            return; // a release that is not there, or not yet whole, is removed like any other
        }
    }
}
