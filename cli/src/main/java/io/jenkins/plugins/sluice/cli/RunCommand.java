package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.local.ContainerEngine;
import io.jenkins.plugins.sluice.cli.local.HostChecks;
import io.jenkins.plugins.sluice.cli.local.LocalRun;
import io.jenkins.plugins.sluice.cli.local.RunOptions;
import io.jenkins.plugins.sluice.cli.local.RunOptions.Progress;
import io.jenkins.plugins.sluice.cli.local.Secrets;
import io.jenkins.plugins.sluice.cli.local.StateDirectory;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.report.ProblemReport;
import io.jenkins.plugins.sluice.run.RunOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice run}: runs the pipelines on this machine. */
final class RunCommand implements Command {

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
        spec.addOption(Options.number(
                1, "How many stages may run at the same time. Default: one for each processor.", "-j", "--jobs"));
        spec.addOption(Options.flag("--in-place", "Work in the tree itself instead of in copies under .sluice/."));
        spec.addOption(Options.text("--secrets", "FILE", "Take secrets from this file (NAME=VALUE lines) as well."));
        spec.addOption(Options.text("--state", "DIR", "Where runs are kept. Default: .sluice in the repository."));
        spec.addOption(Options.flag("--keep-workspaces", "Keep the agents' directories when the run is over."));
        spec.addOption(Options.choice(
                "--progress", "Live display, plain lines, or whichever fits the output.", "auto", "live", "plain"));
        spec.addOption(Options.flag("--quiet", "Show no output of stages; it is in their logs."));
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        PlanOptions planOptions = PlanOptions.from(arguments);
        Planning planning = Planning.of(planOptions, console);
        Problems problems = planning.problems();
        Secrets secrets = Secrets.read(console.environment(), path(arguments, "--secrets", console));
        Optional<ContainerEngine> engine = planning.plan().flatMap(plan -> {
            HostChecks.secrets(plan, secrets, problems);
            return HostChecks.engine(plan, console.environment(), problems);
        });
        console.err().print(ProblemReport.text(problems.list()));
        if (problems.hasErrors() || planning.plan().isEmpty()) {
            return ExitCode.BAD_INPUT;
        }
        warnOfShortSecrets(secrets, console);
        Path repository = planning.config().repository();
        RunOptions options = new RunOptions(
                repository,
                path(arguments, "--state", console).orElse(repository.resolve(StateDirectory.NAME)),
                arguments.matchedOptionValue("--jobs", Runtime.getRuntime().availableProcessors()),
                arguments.matchedOptionValue("--in-place", false),
                arguments.matchedOptionValue("--keep-workspaces", false),
                arguments.matchedOptionValue("--quiet", false),
                progress(arguments, console),
                secrets,
                engine,
                new GitFacts(repository).remote(),
                planOptions.parameters(),
                console.environment());
        ExecutionPlan plan = planning.plan().get();
        return exitCode(LocalRun.of(plan, planning.trigger(), options, console.out()));
    }

    private static void warnOfShortSecrets(Secrets secrets, Console console) {
        secrets.tooShort().forEach(name -> console.err()
                .println("warning: the secret " + name + " is too short to be hidden in output"));
    }

    private static Optional<Path> path(ParseResult arguments, String option, Console console) {
        return arguments.hasMatchedOption(option)
                ? Optional.of(console.resolve(arguments.matchedOptionValue(option, "")))
                : Optional.empty();
    }

    /** The live display shows itself only on a terminal that can show it. */
    private static Progress progress(ParseResult arguments, Console console) {
        return switch (arguments.matchedOptionValue("--progress", "auto")) {
            case "live" -> Progress.LIVE;
            case "plain" -> Progress.PLAIN;
            default -> console.environment().containsKey("CI") ? Progress.PLAIN : Progress.LIVE;
        };
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
