package io.jenkins.plugins.sluice.jenkins;

import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.sluice.handle.RunHandle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.util.BuildListenerAdapter;

/** Keeps who decided what, when and why with the artifacts of a build: {@code sluice/audit.json}. */
final class Audit {
    private static final Logger LOGGER = Logger.getLogger(Audit.class.getName());

    private Audit() {}

    static void archive(Run<?, ?> build, RunHandle run) {
        if (!run.hasGates()) {
            return;
        }
        try {
            Path directory = Files.createTempDirectory("sluice-audit");
            Path file = directory.resolve("audit.json");
            Files.writeString(file, run.audit());
            try {
                FilePath place = new FilePath(directory.toFile());
                build.pickArtifactManager()
                        .archive(
                                place,
                                place.createLauncher(TaskListener.NULL),
                                BuildListenerAdapter.wrap(TaskListener.NULL),
                                Map.of("sluice/audit.json", "audit.json"));
            } finally {
                Files.delete(file);
                Files.delete(directory);
            }
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "the audit trail of " + run.key() + " cannot be archived", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
