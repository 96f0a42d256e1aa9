package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.cli.local.RunOptions.Progress;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.report.Masker;
import io.jenkins.plugins.sluice.report.RunReport;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunOutcome;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.RunValues;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A whole run on this machine, from an empty directory to the report. */
public final class LocalRun {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").withZone(ZoneOffset.UTC);
    private static final int PLACES = 10;
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final ExecutionPlan plan;
    private final Trigger trigger;
    private final RunOptions options;
    private final RunDirectory directory;
    private final StateDirectory state;
    private final String token = UUID.randomUUID().toString().replace("-", "");

    private LocalRun(ExecutionPlan plan, Trigger trigger, RunOptions options, StateDirectory state) throws IOException {
        this.plan = plan;
        this.trigger = trigger;
        this.options = options;
        this.state = state;
        this.directory = state.newRun();
    }

    /** Runs a plan that the checks of {@link HostChecks} have let through, and prints how it went. */
    public static RunOutcome of(ExecutionPlan plan, Trigger trigger, RunOptions options, PrintStream out)
            throws IOException {
        return new LocalRun(plan, trigger, options, StateDirectory.open(options.state())).run(out);
    }

    private RunOutcome run(PrintStream out) throws IOException {
        FileChannel inUse = directory.markInUse();
        try {
            return runMarked(out);
        } finally {
            inUse.close();
        }
    }

    private RunOutcome runMarked(PrintStream out) throws IOException {
        Masker masker = options.secrets().masker();
        RunState runState = new RunState(plan);
        RunReport report = new RunReport(runState, masker);
        RunSetup setup = new RunSetup(
                directory, token, state.store(), options.secrets(), options.environment(), options.engine());
        Workspaces workspaces = Workspaces.of(options.repository(), directory.workspaces(), state.root());
        WorkspacePool pool = new WorkspacePool(workspaces);
        GroupWorkspaces groups = new GroupWorkspaces(plan, pool, options.keepWorkspaces());
        ExecutorService threads = Executors.newCachedThreadPool();
        try (RunConsole console = new MaskedConsole(console(out), masker)) {
            console.runStarted("run " + directory.id() + " of " + plan.file().file());
            workspaces.warning().ifPresent(warning -> console.note("", warning));
            LocalHost host = new LocalHost(
                    runState,
                    new RunValues(runState, facts()),
                    setup,
                    new LocalHost.Parts(
                            groups,
                            options.inPlace() ? Optional.of(options.repository()) : Optional.empty(),
                            options.jobs(),
                            new Locks(state.locks()),
                            console,
                            threads));
            Interrupts interrupts =
                    Interrupts.handledBy(reason -> stop(reason, host, console), () -> stopNow(host, console));
            try {
                host.run();
            } finally {
                endLeftovers(console);
                interrupts.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the run was interrupted", e);
        } finally {
            finish(threads);
            pool.close();
        }
        out.print(report.text(directory.id()));
        out.print(places(runState, groups));
        out.flush();
        write(report);
        return runState.outcome().orElse(RunOutcome.ERRORED);
    }

    private void write(RunReport report) throws IOException {
        try {
            Files.writeString(directory.report(), report.json(directory.id()));
        } catch (IOException e) {
            throw new IOException("the report " + directory.report() + " cannot be written: " + e.getMessage(), e);
        }
    }

    /** Where to look when something went wrong. */
    private String places(RunState runState, GroupWorkspaces groups) {
        StringBuilder text = new StringBuilder();
        List<PlannedStage> wrong = plan.stages().stream()
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

    private RunConsole console(PrintStream out) {
        int width = plan.stages().stream().mapToInt(s -> s.id().length()).max().orElse(0);
        boolean live = options.progress() == Progress.LIVE;
        return live
                ? RunConsole.live(out, plan.stages().size(), width, options.quiet())
                : RunConsole.plain(out, plan.stages().size(), width, options.quiet());
    }

    private void endLeftovers(RunConsole console) {
        for (NamedProcess process : new Leftovers(token).end(GRACE)) {
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

    /** The first Ctrl-C. */
    private static void stop(String reason, LocalHost host, RunConsole console) {
        console.note(
                "",
                reason
                        + ": what runs has 10 s to end, then stages that always run follow; once more ends everything at once");
        host.abort(reason);
    }

    /** The second Ctrl-C: no clean-ups, no grace. */
    private void stopNow(LocalHost host, RunConsole console) {
        host.freeze();
        // Twice: a process may have been on its way when nothing was to be started any more.
        for (int i = 0; i < 2; i++) {
            new Leftovers(token).end(Duration.ZERO);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
        console.note("", "everything was ended at once; this run has no report");
        console.close();
        Runtime.getRuntime().halt(130);
    }

    private RunValues.Facts facts() {
        Map<String, String> run = new LinkedHashMap<>();
        run.put("id", directory.id());
        run.put("number", directory.id());
        run.put("url", directory.root().toUri().toString());
        Map<String, String> setup = new LinkedHashMap<>();
        setup.put("timestamp", TIMESTAMP.format(Instant.now()));
        setup.put("commit", trigger.fact("commit"));
        setup.put("branch", trigger.fact("branch"));
        setup.put("tag", trigger.fact("tag"));
        setup.put("remote", options.remote().orElse(""));
        setup.put("project", project());
        setup.put("projectShortName", project().substring(project().lastIndexOf('/') + 1));
        setup.put("logURL", directory.root().resolve("logs").toUri().toString());
        setup.put("imageLabels", "");
        setup.put("httpProxy", options.environment().getOrDefault("http_proxy", ""));
        options.parameters().forEach((name, value) -> setup.put("params." + name, value));
        return new RunValues.Facts(setup, run, trigger);
    }

    /** The path in the remote's address; the name of the directory if there is no remote. */
    private String project() {
        String remote = options.remote().orElse("").replaceFirst("\\.git$", "");
        Path name = options.repository().getFileName();
        String path = remote.replaceFirst("^[a-z+]+://[^/]*/", "").replaceFirst("^[^/:]+@?[^/:]*:", "");
        return path.isEmpty() ? String.valueOf(name) : path;
    }
}
