package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.local.Interrupts;
import io.jenkins.plugins.sluice.cli.local.LocalRun;
import io.jenkins.plugins.sluice.cli.local.RunOptions;
import io.jenkins.plugins.sluice.cli.local.StateDirectory;
import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.cli.web.WebServer;
import io.jenkins.plugins.sluice.cli.web.WebSettings;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.report.ProblemReport;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice serve}: the web page of this machine, until Ctrl-C. */
final class ServeCommand implements Command {

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String summary() {
        return "Show the runs as a web page, and decide there at gates";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addOption(Options.number(0, 65_535, "The port to listen on. Default: any that is free.", "--port"));
        RunPlace.declare(spec);
        HostOptions.declareWork(spec);
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        WebSettings settings = settings(arguments, console);
        CountDownLatch stopped = new CountDownLatch(1);
        Interrupts interrupts = Interrupts.handledBy(signal -> stopped.countDown(), () -> {});
        try (WebServer server = WebPlace.start(settings)) {
            console.out()
                    .println("the runs in " + settings.state().root() + " are shown at\n\n  " + server.address("/"));
            console.out().println("\nwhoever has this address can decide at gates; Ctrl-C ends it");
            console.out().flush();
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            interrupts.close();
        }
        return ExitCode.OK;
    }

    /** The page that goes on with runs. */
    static WebSettings settings(ParseResult arguments, Console console) throws IOException {
        StateDirectory state =
                StateDirectory.open(RunPlace.state(arguments, console).root());
        HostOptions host = new HostOptions(arguments, console);
        return WebPlace.settings(arguments, console, state, Optional.of((run, out) -> goOn(run, host, out)));
    }

    private static void goOn(StoredRun run, HostOptions host, PrintStream out) throws IOException {
        Problems problems = new Problems();
        Optional<RunOptions> options = host.read(
                run.plan(), host.current(run, problems), run.stateDirectory().root(), problems);
        if (options.isEmpty()) {
            throw new IOException(ProblemReport.text(problems.list()).strip());
        }
        LocalRun.resume(run, options.get().inBackground(), out);
    }
}
