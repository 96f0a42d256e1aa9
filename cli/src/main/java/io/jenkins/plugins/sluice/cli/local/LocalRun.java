package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.cli.deliver.Deliveries;
import io.jenkins.plugins.sluice.cli.engine.ContainerEngine;
import io.jenkins.plugins.sluice.cli.engine.Login;
import io.jenkins.plugins.sluice.cli.local.RunOptions.Progress;
import io.jenkins.plugins.sluice.cli.process.Leftovers;
import io.jenkins.plugins.sluice.cli.process.NamedProcess;
import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.report.RunReport;
import io.jenkins.plugins.sluice.run.EventJson;
import io.jenkins.plugins.sluice.run.GateKeeper;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunOutcome;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.RunValues;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The work at a run on this machine, from where it is to its end, or to the gates that nobody here waits for. */
public final class LocalRun {

    private static final int PLACES = 10;
    private static final Duration GRACE = Duration.ofSeconds(2);
    private static final Duration LAST_ANSWER = Duration.ofSeconds(10);

    private final StoredRun run;
    private final RunInputs inputs;
    private final ExecutionPlan plan;
    private final RunOptions options;
    private final RunDirectory directory;
    private final StateDirectory state;
    private final PrintStream out;

    private LocalRun(StoredRun run, RunOptions options, PrintStream out) {
        this.run = run;
        this.inputs = run.inputs();
        this.plan = run.plan();
        this.options = options;
        this.directory = run.directory();
        this.state = run.stateDirectory();
        this.out = out;
    }

    /**
     * What came of the work.
     *
     * @param outcome how the run ended; empty if it waits for decisions
     */
    public record Ended(StoredRun run, Optional<RunOutcome> outcome) {}

    /**
     * Runs a plan that the checks of {@link HostChecks} have let through, and prints how it went.
     */
    public static Ended start(RunRequest request, RunOptions options, PrintStream out) throws IOException {
        return new NewRun(options).begin(request, run -> new LocalRun(run, options, out).work());
    }

    /**
     * Goes on with a run that nobody works at.
     *
     * @throws IOException if somebody works at it
     */
    public static Ended resume(StoredRun run, RunOptions options, PrintStream out) throws IOException {
        RunDirectory.InUse mark = NewRun.mark(run.directory());
        try {
            new Leftovers(run.inputs().token())
                    .end(GRACE)
                    .forEach(process -> out.println("ended a process that was left over: " + process));
            return new LocalRun(run, options, out).work();
        } finally {
            mark.close();
        }
    }

    /**
     * Runs a stage of an earlier run again, and everything after it, in a new run; other results are taken over.
     *
     * @param from the id of the stage
     * @throws IllegalArgumentException if that cannot be done, with a reason for people
     */
    public static Ended rerun(StoredRun earlier, String from, RunOptions options, PrintStream out) throws IOException {
        return new NewRun(options).again(earlier, from, run -> new LocalRun(run, options, out).work());
    }

    private Ended work() throws IOException {
        ExecutorService threads = Executors.newCachedThreadPool();
        RunState runState = new RunState(plan);
        EventJson json = new EventJson(new SecretGuard(options.secrets(), inputs.token()));
        try (Journal journal = Journal.open(directory, json);
                RunConsole console =
                        new MaskedConsole(console(), options.secrets().masker());
                WorkspacePool pool = new WorkspacePool(workspaces(console), state.store())) {
            console.runStarted("run " + directory.id() + " of " + plan.file().file());
            work(new Chronicle(runState, journal), pool, console, threads);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the run was interrupted", e);
        } finally {
            finish(threads);
        }
        return new Ended(run, runState.outcome());
    }

    private Workspaces workspaces(RunConsole console) throws IOException {
        if (inputs.source().isEmpty()) {
            Workspaces workspaces = Workspaces.of(inputs.repository(), directory.workspaces(), state.root());
            workspaces.warning().ifPresent(warning -> console.note("", warning));
            checkFingerprint(workspaces.source(), console);
            return workspaces;
        }
        boolean fresh = !Files.exists(directory.journal()) || Files.size(directory.journal()) == 0;
        if (!fresh || !Files.isDirectory(directory.source())) {
            // Also if a copy is left of a process that was killed: nobody knows what was done to it since.
            Workspaces.delete(directory.source());
            Path half = directory.source().resolveSibling("source.half");
            Workspaces.delete(half);
            Files.createDirectories(half);
            KeptTree.parse(state.store().text(inputs.source().get())).restore(half, state.store());
            Files.move(half, directory.source(), StandardCopyOption.ATOMIC_MOVE);
        }
        return Workspaces.ofCopy(directory.source(), directory.workspaces());
    }

    /** Without a copy of the sources, whoever goes on should at least know that they have changed. */
    private void checkFingerprint(SourceTree tree, RunConsole console) throws IOException {
        Path file = directory.fingerprint();
        if (inputs.inPlace()) {
            return;
        }
        if (!Files.exists(file)) {
            Files.writeString(file, tree.fingerprint());
        } else if (!Files.readString(file).equals(tree.fingerprint())) {
            console.note(
                    "",
                    "files of " + tree.root() + " have changed since the run began; stages see them as they are now");
        }
    }

    private void work(Chronicle chronicle, WorkspacePool pool, RunConsole console, ExecutorService threads)
            throws IOException, InterruptedException {
        RunState runState = chronicle.state();
        RunValues values = new RunValues(
                runState,
                new RunValues.Facts(
                        inputs.setup(),
                        inputs.run(),
                        run.trigger(),
                        run.settings().site(),
                        options.policy()));
        GateKeeper keeper = new GateKeeper(runState, inputs.parties());
        Inbox inbox = new Inbox();
        GroupWorkspaces groups = new GroupWorkspaces(plan, pool, options.keepWorkspaces());
        if (Files.size(directory.journal()) == 0) {
            TakenResults.remarks(run).forEach(remark -> console.note("", remark));
        }
        chronicle.journal().exclusively(() -> {
            chronicle.begin(directory.id(), () -> TakenResults.of(run, options.secrets()));
            return chronicle;
        });
        groups.adopt(runState, kept -> KeptTree.parse(state.store().text(kept.digest())));
        Carrier carrier = new Carrier(
                chronicle,
                console,
                new Carrier.Parts(groups, pool, state.store(), options.carryLimit(), threads, inbox::add));
        Supersession supersession = new Supersession(run);
        Asker asker = new ProgramAsker(run, options.secrets(), threads, inbox::add);
        GateDesk desk =
                new GateDesk(chronicle, keeper, values, console, new GateDesk.Parts(carrier, asker, supersession));
        EngineMark.clearDead(state, options.environment(), note -> console.note("", note));
        @Nullable
        EngineMark mark = options.engine()
                .map(engine -> new EngineMark(directory, inputs.token(), engine))
                .orElse(null);
        if (mark != null) {
            mark.begin();
        }
        Deliveries deliveries = new Deliveries(
                run.settings().site(),
                options.secrets()::value,
                run.settings().directory().orElse(inputs.repository()),
                directory.root());
        RunSetup setup = new RunSetup(
                directory,
                inputs.token(),
                state.store(),
                options.secrets(),
                options.environment(),
                engine(),
                deliveries);
        LocalHost host = new LocalHost(
                chronicle,
                values,
                setup,
                new LocalHost.Parts(
                        groups,
                        inputs.inPlace() ? Optional.of(inputs.repository()) : Optional.empty(),
                        options.jobs(),
                        new Locks(state.locks()),
                        console,
                        threads,
                        inbox,
                        desk,
                        carrier,
                        options.atGates()));
        tellOlder(supersession, console);
        Interrupts interrupts = Interrupts.handledBy(
                signal -> interrupted(signal, host, console),
                () -> stopNow("everything was ended at once", host, console));
        boolean waits = false;
        try {
            host.run();
            waits = runState.outcome().isEmpty();
        } finally {
            endLeftovers(console);
            if (!waits) {
                deliveries.end(problem -> console.note("", problem));
            }
            if (mark != null) {
                leave(mark, waits, console);
            }
            interrupts.close();
        }
        console.close();
        report(runState, keeper, groups);
        if (runState.outcome().isPresent() || !inputs.inPlace()) {
            Workspaces.delete(directory.source());
        }
    }

    /** The engine, logged in to the registry of the site if that asks for it. */
    private Optional<ContainerEngine> engine() {
        Optional<Site.Registry> registry = run.settings().site().registry();
        Optional<Credential> credential = registry.flatMap(Site.Registry::credential);
        return options.engine().map(engine -> {
            if (registry.isEmpty() || credential.isEmpty()) {
                return engine;
            }
            Secrets secrets = options.secrets();
            return engine.with(new Login(
                    registry.get().host(),
                    secrets.value(credential.get(), Credential.Part.USERNAME).orElse(""),
                    secrets.value(credential.get(), Credential.Part.PASSWORD).orElse("")));
        });
    }

    /** A run that waits keeps its images and containers. What goes wrong here does not change how the run ended. */
    private static void leave(EngineMark mark, boolean waits, RunConsole console) {
        if (!waits) {
            mark.clear(warning -> console.note("", warning));
            return;
        }
        try {
            mark.keep();
        } catch (IOException e) {
            console.note("", "containers may run on: " + InstructionRunner.words(e));
        }
    }

    private static void tellOlder(Supersession supersession, RunConsole console) throws IOException {
        List<String> older = supersession.supersedeOlder(problem -> console.note("", "run " + problem));
        if (!older.isEmpty()) {
            console.note(
                    "",
                    "takes the place of run " + String.join(", ", older)
                            + ", which waited at a gate ('sluice resume' runs what is left of it)");
        }
    }

    private void report(RunState runState, GateKeeper keeper, GroupWorkspaces groups) throws IOException {
        RunReport report = new RunReport(runState, keeper, options.secrets().masker());
        out.print(report.text(directory.id()));
        out.print(places(runState, groups));
        out.flush();
        write(report, directory);
    }

    private static void write(RunReport report, RunDirectory directory) throws IOException {
        Path half = directory.report().resolveSibling("report.json.half");
        try {
            Files.writeString(half, report.json(directory.id()));
            Files.move(half, directory.report(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IOException("the report " + directory.report() + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Writes the report of a run that is over, if whoever worked at it was stopped before. */
    public static void completeReport(StoredRun run, Secrets secrets) throws IOException {
        Path file = run.directory().report();
        boolean current = Files.exists(file) && Files.readString(file).contains("\"finishedAt\"");
        if (!current) {
            write(new RunReport(run.state(), run.keeper(), secrets.masker()), run.directory());
        }
    }

    /** Where to look when something went wrong. */
    private String places(RunState runState, GroupWorkspaces groups) {
        StringBuilder text = new StringBuilder();
        List<PlannedStage> wrong = plan.stages().stream()
                .filter(s -> s.stage().work().holdsAgent())
                .filter(s -> runState.stage(s.number())
                        .outcome()
                        .map(Outcome::isTrouble)
                        .orElse(false))
                .limit(PLACES)
                .toList();
        for (PlannedStage stage : wrong) {
            Path log = directory.log(stage.id());
            text.append("  ").append(stage.id());
            text.append(Files.exists(log) ? ": log " + shown(log) : ": no output");
            groups.directory(stage).filter(Files::exists).ifPresent(w -> text.append(", workspace ")
                    .append(shown(w)));
            text.append('\n');
        }
        return text.toString();
    }

    /** A path as short as it can be typed from here. */
    private static String shown(Path path) {
        Path here = Path.of("").toAbsolutePath();
        return path.startsWith(here) ? here.relativize(path).toString() : path.toString();
    }

    private RunConsole console() {
        int width = plan.stages().stream().mapToInt(s -> s.id().length()).max().orElse(0);
        boolean live = options.progress() == Progress.LIVE;
        return live
                ? RunConsole.live(out, plan.stages().size(), width, options.quiet())
                : RunConsole.plain(out, plan.stages().size(), width, options.quiet());
    }

    private void endLeftovers(RunConsole console) {
        for (NamedProcess process : new Leftovers(inputs.token()).end(GRACE)) {
            console.note("", "ended a process that was left over: " + process);
        }
    }

    private static void finish(ExecutorService threads) {
        threads.shutdown();
        try {
            threads.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ctrl-C is about the run; a closed terminal or a machine that shuts down is only about this process. */
    private void interrupted(String signal, LocalHost host, RunConsole console) {
        if (signal.equals(Interrupts.CTRL_C)) {
            host.abort(signal);
        } else {
            host.freeze();
            new Leftovers(inputs.token()).end(GRACE);
            stopNow("Sluice was ended by " + signal, host, console);
        }
    }

    /** No clean-ups, no grace. */
    private void stopNow(String why, LocalHost host, RunConsole console) {
        host.freeze();
        // Twice: a process may have been on its way when nothing was to be started any more.
        for (int i = 0; i < 2; i++) {
            new Leftovers(inputs.token()).end(Duration.ZERO);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        endContainers();
        console.note("", why + "; 'sluice resume " + directory.id() + "' goes on with the run");
        console.close();
        Runtime.getRuntime().halt(130);
    }

    /** An engine that does not answer does not keep this process from ending. */
    private void endContainers() {
        options.engine().ifPresent(engine -> {
            EngineMark mark = new EngineMark(directory, inputs.token(), engine);
            try {
                CompletableFuture.runAsync(() -> {
                            try {
                                mark.keep();
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        })
                        .get(LAST_ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                out.println("containers may run on: " + e.getMessage());
            }
        });
    }
}
