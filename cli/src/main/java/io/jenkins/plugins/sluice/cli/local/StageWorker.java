package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.cli.process.Leftovers;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.AttemptResult;
import io.jenkins.plugins.sluice.run.CarriedFiles;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunValues;
import io.jenkins.plugins.sluice.run.StageProgram;
import io.jenkins.plugins.sluice.workspace.Digests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One attempt at a stage, on a thread of its own. */
final class StageWorker {

    /**
     * What an attempt starts with.
     *
     * @param owed what the stages before have kept for it
     * @param asShown files that must be as a gate has shown them: they are put back, or in the user's own tree verified
     * @param lastUse whether no later stage or attempt works in the same workspace
     */
    record Task(
            PlannedStage stage,
            int attempt,
            Map<PlannedStage, List<KeptFile>> owed,
            List<KeptFile> asShown,
            boolean lastUse) {}

    private final Task task;
    private final RunSetup setup;
    private final RunValues values;
    private final WorkPlace place;
    private final boolean inPlace;
    private final StageLog log;
    private @Nullable InstructionRunner runner;
    private String abortReason = "";

    /** Gives a stage the directory that it works in. */
    interface WorkPlace {
        Path enter(PlannedStage stage) throws IOException;
    }

    StageWorker(Task task, RunSetup setup, RunValues values, WorkPlace place, boolean inPlace, StageLog log) {
        this.task = task;
        this.setup = setup;
        this.values = values;
        this.place = place;
        this.inPlace = inPlace;
        this.log = log;
    }

    /** Stops the work as soon as possible; from any thread. */
    synchronized void abort(String reason) {
        abortReason = reason;
        if (runner != null) {
            runner.abort(reason);
        }
    }

    /** Brings to the disk what the stage has said so far; from any thread. */
    void flushLog() {
        log.flush();
    }

    /** Does the work and says how it ended; never throws for what goes wrong with it. */
    AttemptResult work() {
        try (log) {
            CarriedFiles carried = CarriedFiles.of(values.plan(), task.owed());
            if (carried.clash().isPresent()) {
                return AttemptResult.of(Outcome.ERRORED, carried.clash().get(), "");
            }
            Path workspace = place.enter(task.stage());
            if (inPlace) {
                Optional<KeptFile> changed = changed(workspace);
                if (changed.isPresent()) {
                    return AttemptResult.of(
                            Outcome.ERRORED,
                            changed.get().path() + " is not the file any more that the gate showed",
                            "");
                }
            }
            List<KeptFile> files = new ArrayList<>(carried.files());
            task.asShown().stream()
                    .filter(file -> !inPlace && !files.contains(file))
                    .forEach(files::add);
            StageProgram program = StageProgram.of(task.stage(), values, files, environment(workspace), task.lastUse());
            return converse(program, runnerIn(workspace));
        } catch (IOException | RuntimeException e) {
            return AttemptResult.of(Outcome.ERRORED, InstructionRunner.words(e), "");
        }
    }

    private Optional<KeptFile> changed(Path tree) throws IOException {
        for (KeptFile file : task.asShown()) {
            Path now = tree.resolve(file.path());
            if (!Files.isRegularFile(now) || !Digests.of(now).hex().equals(file.digest())) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private synchronized InstructionRunner runnerIn(Path workspace) {
        String id = task.stage().id();
        Path script = setup.directory().script(id, task.attempt());
        String attempt = task.stage().number() + "-" + task.attempt();
        InstructionRunner made = new InstructionRunner(setup, workspace, log, script, attempt);
        if (!abortReason.isEmpty()) {
            made.abort(abortReason);
        }
        runner = made;
        return made;
    }

    private static AttemptResult converse(StageProgram program, InstructionRunner runner) {
        for (Optional<Instruction> next = program.next(); next.isPresent(); next = program.next()) {
            program.take(runner.run(next.get()));
        }
        return program.result();
    }

    private Map<String, String> environment(Path workspace) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("CI", "true");
        env.put("SLUICE_RUN_ID", values.runId());
        env.put("SLUICE_PIPELINE", task.stage().pipeline());
        env.put("SLUICE_STAGE", task.stage().shortName());
        env.put("SLUICE_ATTEMPT", String.valueOf(task.attempt()));
        env.put("SLUICE_WORKSPACE", workspace.toString());
        env.put(Leftovers.VARIABLE, setup.token());
        return env;
    }
}
