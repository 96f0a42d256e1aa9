package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.cli.engine.ContainerWork;
import io.jenkins.plugins.sluice.cli.process.Ending;
import io.jenkins.plugins.sluice.cli.process.Invocation;
import io.jenkins.plugins.sluice.cli.process.Patience;
import io.jenkins.plugins.sluice.cli.process.ProcessRunner;
import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.workspace.FileErrors;
import io.jenkins.plugins.sluice.workspace.FileWork;
import io.jenkins.plugins.sluice.workspace.PatternSearch;
import io.jenkins.plugins.sluice.workspace.TestReports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Does what the instructions of one attempt say, in one workspace. Another thread may {@link #abort} it at any time; all else
 * happens on the thread that calls.
 */
final class InstructionRunner {

    private static final int LONGEST_ARGUMENT = 30_000;

    private final RunSetup setup;
    private final Path workspace;
    private final StageLog log;
    private final Path script;
    private final FileWork files;
    private final ProcessRunner processes = new ProcessRunner();
    private final Optional<ContainerWork> containers;

    /** @param attempt tells the attempt from all others of the run */
    InstructionRunner(RunSetup setup, Path workspace, StageLog log, Path script, String attempt) {
        this.setup = setup;
        this.workspace = workspace;
        this.log = log;
        this.script = script;
        this.files = new FileWork(workspace);
        ContainerWork.Place place = new ContainerWork.Place(
                setup.token(), attempt, workspace, setup.directory().scratch());
        this.containers = setup.engine().map(engine -> engine.work(place, processes, log));
    }

    /** Stops what runs, and whatever would come after it. */
    void abort(String reason) {
        processes.stop(reason);
    }

    /** Does one thing. What gets in the way is a result, not an exception. */
    InstructionResult run(Instruction instruction) {
        if (processes.isStopped()) {
            return new InstructionResult.Aborted(processes.reason());
        }
        try {
            if (instruction instanceof Instruction.RunScript run) {
                return script(run);
            }
            if (instruction instanceof Instruction.RestoreArtifacts restore) {
                return restore(restore);
            }
            if (instruction instanceof Instruction.KeepArtifacts keep) {
                return keep(keep);
            }
            if (instruction instanceof Instruction.PublishTests tests) {
                return tests(tests);
            }
            if (instruction instanceof Instruction.ReadFile read) {
                return files.read(read.path());
            }
            if (instruction instanceof Instruction.WriteFile write) {
                return files.write(write.path(), write.text());
            }
            if (instruction instanceof Instruction.DeleteFiles delete) {
                return files.delete(delete.path());
            }
            if (instruction instanceof Instruction.BuildImage build) {
                return containers().build(build);
            }
            if (instruction instanceof Instruction.RunImage run) {
                return image(run);
            }
            if (instruction instanceof Instruction.CopyFromContainer copy) {
                return containers().copy(copy);
            }
            if (instruction instanceof Instruction.PushImage push) {
                return containers().push(push);
            }
            if (instruction instanceof Instruction.SendMail mail) {
                return setup.deliveries().send(mail);
            }
            if (instruction instanceof Instruction.StartJob job) {
                return setup.deliveries().start(job, setup.inherited(), this::script, log::note);
            }
            if (instruction instanceof Instruction.InstallChart chart) {
                return setup.deliveries().install(chart, workspace, processes::reason, log::note);
            }
            return new InstructionResult.Broken(
                    "this host cannot do that: " + instruction.getClass().getSimpleName());
        } catch (IOException | RuntimeException e) {
            return new InstructionResult.Broken(words(e));
        }
    }

    static String words(Exception e) {
        if (e instanceof IOException io) {
            return FileErrors.words(io);
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }

    private ContainerWork containers() throws IOException {
        return containers.orElseThrow(() -> new IOException("there is no container engine"));
    }

    private InstructionResult script(Instruction.RunScript run) throws IOException {
        try (SecretFiles secrets = secretFiles(run.credentials())) {
            ContainerWork.Grants grants = grants(run.env(), secrets, secrets.files());
            if (run.image().isEmpty()) {
                Path directory = workspace.resolve(run.directory()).normalize();
                return await(run, direct(run, directory, grants.variables()));
            }
            String image = run.image().get();
            if (!setup.secrets().masker().mask(image).equals(image)) {
                throw new IOException("the name of the image holds a secret, and would be on a command line");
            }
            Files.writeString(script, run.text());
            return containers().script(run, script, grants);
        }
    }

    private InstructionResult image(Instruction.RunImage run) throws IOException {
        try (SecretFiles secrets = secretFiles(run.credentials())) {
            List<Path> readable = secrets.stayingDirectory().stream().toList();
            return containers().run(run, grants(run.env(), secrets, readable));
        }
    }

    private SecretFiles secretFiles(List<Credential> credentials) throws IOException {
        return SecretFiles.of(credentials, setup.secrets(), setup.directory().secrets());
    }

    private static ContainerWork.Grants grants(Map<String, String> env, SecretFiles secrets, List<Path> readable) {
        Map<String, String> variables = new LinkedHashMap<>(env);
        variables.putAll(secrets.variables());
        return new ContainerWork.Grants(variables, readable);
    }

    private Invocation direct(Instruction.RunScript run, Path directory, Map<String, String> variables)
            throws IOException {
        List<String> argv = new ArrayList<>(List.of(run.shell().program()));
        argv.addAll(run.shell().options());
        argv.addAll(scriptArguments(run.text()));
        Map<String, String> environment = new LinkedHashMap<>(setup.inherited());
        environment.putAll(variables);
        return new Invocation(argv, directory, environment);
    }

    /** A file for a long script, because an argument has a limit; for all others that would only cost time. */
    private List<String> scriptArguments(String text) throws IOException {
        if (text.length() <= LONGEST_ARGUMENT) {
            return List.of("-c", text, "script");
        }
        Files.writeString(script, text);
        return List.of(script.toString());
    }

    private InstructionResult await(Instruction.RunScript run, Invocation invocation) throws IOException {
        Patience patience = run.timeout().map(Patience.UNLIMITED::withTimeout).orElse(Patience.UNLIMITED);
        Ending ending = processes.run(invocation, patience, log);
        if (ending instanceof Ending.Exited exited) {
            return new InstructionResult.ScriptEnded(exited.code());
        }
        return ending instanceof Ending.TimedOut timedOut
                ? new InstructionResult.TimedOut(timedOut.after())
                : new InstructionResult.Aborted(processes.reason());
    }

    private InstructionResult restore(Instruction.RestoreArtifacts restore) throws IOException {
        for (KeptFile file : restore.files()) {
            setup.store().restore(file, workspace);
        }
        return new InstructionResult.Done();
    }

    private InstructionResult keep(Instruction.KeepArtifacts keep) throws IOException {
        PatternSearch search = new PatternSearch(workspace, keep.patterns());
        List<KeptFile> kept = setup.store().keep(workspace, search::matches, keep.lastUse());
        Optional<String> telling = kept.stream()
                .map(KeptFile::path)
                .filter(path -> !setup.secrets().masker().mask(path).equals(path))
                .findFirst();
        if (telling.isPresent()) {
            return new InstructionResult.Broken("the name of an artifact holds a secret, and names are shown");
        }
        List<String> unmatched =
                search.unmatched(kept.stream().map(KeptFile::path).toList());
        return new InstructionResult.Kept(
                kept, unmatched, unmatched.isEmpty() ? List.of() : search.nearby(unmatched.get(0)));
    }

    private InstructionResult tests(Instruction.PublishTests tests) throws IOException {
        InstructionResult.TestsRead read = TestReports.read(workspace, tests.patterns());
        read.report().failed().forEach(name -> log.note("failed test: " + name));
        return read;
    }
}
