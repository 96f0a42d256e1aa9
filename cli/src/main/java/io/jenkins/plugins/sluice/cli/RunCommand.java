package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.local.LocalRun;
import io.jenkins.plugins.sluice.cli.local.RunOptions;
import io.jenkins.plugins.sluice.cli.local.RunRequest;
import io.jenkins.plugins.sluice.cli.local.StateDirectory;
import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.cli.web.WebServer;
import io.jenkins.plugins.sluice.gate.Parties;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.report.GateView;
import io.jenkins.plugins.sluice.report.Masker;
import io.jenkins.plugins.sluice.report.ProblemReport;
import io.jenkins.plugins.sluice.run.RunOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice run}: runs the pipelines on this machine. */
final class RunCommand implements Command {

    /** The option for the web page. */
    static final String UI = "--ui";

    @Override
    public String name() {
        return "run";
    }

    @Override
    public String summary() {
        return "Run the pipelines on this machine";
    }

    @Override
    public void declare(CommandSpec spec) {
        PlanOptions.declare(spec);
        spec.addOption(Options.flag("--in-place", "Work in the tree itself instead of in copies under .sluice/."));
        spec.addOption(Options.text("--state", "DIR", "Where runs are kept. Default: .sluice in the repository."));
        spec.addOption(Options.flag(
                UI, "Show the run as a web page as long as it lasts, and wait there for decisions at gates."));
        HostOptions.declare(spec);
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        PlanOptions planOptions = PlanOptions.from(arguments);
        Planning planning = Planning.of(planOptions, arguments, console);
        Problems problems = planning.problems();
        Path repository = planning.config().repository();
        Path state = arguments.hasMatchedOption("--state")
                ? console.resolve(arguments.matchedOptionValue("--state", ""))
                : repository.resolve(StateDirectory.NAME);
        Optional<ExecutionPlan> plan = planning.plan();
        Optional<RunOptions> options = plan.isPresent()
                ? new HostOptions(arguments, console).read(plan.get(), planning.settings(), state, problems)
                : Optional.empty();
        console.err().print(ProblemReport.text(problems.list()));
        if (plan.isEmpty() || options.isEmpty()) {
            return ExitCode.BAD_INPUT;
        }
        GitFacts git = new GitFacts(repository);
        List<String> authors = git.authors(planning.trigger().fact("author"));
        RunRequest request = new RunRequest(
                plan.get(),
                planning.trigger(),
                planning.text(),
                planOptions.pipelines(),
                repository.toRealPath(),
                arguments.matchedOptionValue("--in-place", false),
                git.remote(),
                planOptions.parameters(),
                planning.settings(),
                planning.review(),
                new Parties(authors, List.of(options.get().starter())));
        return arguments.matchedOptionValue(UI, false)
                ? withPage(request, options.get(), arguments, console)
                : ended(
                        LocalRun.start(request, options.get(), console.out()),
                        options.get().secrets().masker(),
                        console);
    }

    private static int withPage(RunRequest request, RunOptions options, ParseResult arguments, Console console)
            throws IOException {
        StateDirectory state = StateDirectory.open(options.state());
        try (WebServer server = WebPlace.start(WebPlace.settings(arguments, console, state, Optional.empty()))) {
            console.out().println("the run is shown at  " + server.address("/runs/last"));
            LocalRun.Ended ended = LocalRun.start(request, options, console.out());
            server.letSeeTheEnd();
            return ended(ended, options.secrets().masker(), console);
        }
    }

    /** Tells what there is to do if the run waits. */
    static int ended(LocalRun.Ended ended, Masker masker, Console console) throws IOException {
        if (ended.outcome().isPresent()) {
            return exitCode(ended.outcome().get());
        }
        StoredRun run = ended.run();
        run.refresh();
        for (int number : run.state().asking()) {
            GateView gate = GateView.of(run.state(), run.keeper(), number);
            console.out().print(masker.mask(GateText.of(gate, Instant.now())).indent(2));
            Hints.votes(run, gate, console).forEach(command -> console.out().println("    " + command));
        }
        console.out().println("  nothing is held meanwhile; afterwards: " + Hints.command("resume", run, console));
        return ExitCode.WAITING;
    }

    private static int exitCode(RunOutcome outcome) {
        return switch (outcome) {
            case SUCCEEDED, UNSTABLE -> ExitCode.OK;
            case FAILED -> ExitCode.FAILED;
            case ERRORED -> ExitCode.ERRORED;
            case ABORTED -> ExitCode.ABORTED;
        };
    }
}
