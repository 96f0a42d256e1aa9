package io.jenkins.plugins.sluice.cli.deliver;

import io.jenkins.plugins.sluice.cli.process.CannotStartException;
import io.jenkins.plugins.sluice.cli.process.DetachedProcess;
import io.jenkins.plugins.sluice.cli.process.Invocation;
import io.jenkins.plugins.sluice.model.Shell;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Starts what the site says that a job is on this machine. Its command begins in the directory of the site's file. */
final class JobDelivery {

    private final Site site;
    private final Path directory;
    private final Path logs;

    JobDelivery(Site site, Path directory, Path logs) {
        this.site = site;
        this.directory = directory;
        this.logs = logs;
    }

    InstructionResult start(
            Instruction.StartJob job, Map<String, String> inherited, ScriptRunner scripts, Consumer<String> note)
            throws IOException {
        String command = site.jobs().get(job.name());
        if (command == null) {
            return new InstructionResult.WorkFailed("the settings of the site do not say what the job '" + job.name()
                    + "' is here; write 'jobs: {" + job.name() + ": COMMAND}'");
        }
        Map<String, String> parameters = JobCommand.checked(job.parameters(), inherited.keySet());
        return job.awaited()
                ? awaited(command, parameters, scripts)
                : detached(job.name(), command, parameters, inherited, note);
    }

    private InstructionResult awaited(String command, Map<String, String> parameters, ScriptRunner scripts)
            throws IOException {
        InstructionResult result = scripts.run(new Instruction.RunScript(
                Shell.BASH, command, parameters, List.of(), Optional.empty(), directory.toString(), Optional.empty()));
        return result instanceof InstructionResult.ScriptEnded ended
                ? new InstructionResult.JobStarted(
                        ended.exitCode() == 0 ? Optional.empty() : Optional.of("exit code " + ended.exitCode()))
                : result;
    }

    /** Nobody waits for it: like a job of a server it goes on when the stage, and even the run, is over. */
    private InstructionResult detached(
            String name,
            String command,
            Map<String, String> parameters,
            Map<String, String> inherited,
            Consumer<String> note)
            throws CannotStartException, IOException {
        List<String> argv = new ArrayList<>(List.of(Shell.BASH.program()));
        argv.addAll(Shell.BASH.options());
        argv.addAll(List.of("-c", command, name));
        Map<String, String> environment = new LinkedHashMap<>(inherited);
        environment.putAll(parameters);
        Files.createDirectories(logs);
        Path log = Files.createTempFile(logs, "job-", ".log");
        DetachedProcess.start(new Invocation(argv, directory, environment), log);
        note.accept("the job '" + name + "' goes on by itself; its output is in " + log);
        return new InstructionResult.JobStarted(Optional.empty());
    }
}
