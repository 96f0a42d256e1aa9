package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.engine.ContainerEngine;
import io.jenkins.plugins.sluice.cli.local.GatePrompt;
import io.jenkins.plugins.sluice.cli.local.HostChecks;
import io.jenkins.plugins.sluice.cli.local.RunOptions;
import io.jenkins.plugins.sluice.cli.local.RunOptions.AtGates;
import io.jenkins.plugins.sluice.cli.local.RunOptions.Progress;
import io.jenkins.plugins.sluice.cli.local.Secrets;
import io.jenkins.plugins.sluice.cli.local.SiteSettings;
import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PolicyChecks;
import io.jenkins.plugins.sluice.plan.SiteChecks;
import io.jenkins.plugins.sluice.problem.Problems;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What {@code run}, {@code resume}, {@code rerun} and {@code serve} have in common: how this machine does the work. */
final class HostOptions {

    private static final String DEFAULT_LIMIT = "2GiB";

    private final ParseResult arguments;
    private final Console console;

    HostOptions(ParseResult arguments, Console console) {
        this.arguments = arguments;
        this.console = console;
    }

    /** Adds the options to a command that works at a run while somebody may watch. */
    static void declare(CommandSpec spec) {
        declareWork(spec);
        spec.addOption(Options.choice(
                "--progress", "Live display, plain lines, or whichever fits the output.", "auto", "live", "plain"));
        spec.addOption(Options.flag("--quiet", "Show no output of stages; it is in their logs."));
        spec.addOption(Options.choice(
                "--at-gates",
                "When only gates are left: ask at this terminal, wait for a decision from elsewhere, or leave the run"
                        + " waiting and end. Default: ask if this is a terminal, else leave.",
                "auto",
                "ask",
                "wait",
                "leave"));
    }

    /** Adds those that say how the work is done. */
    static void declareWork(CommandSpec spec) {
        spec.addOption(Options.number(
                1, "How many stages may run at the same time. Default: one for each processor.", "-j", "--jobs"));
        spec.addOption(Options.text("--secrets", "FILE", "Take secrets from this file (NAME=VALUE lines) as well."));
        spec.addOption(Options.flag("--keep-workspaces", "Keep the agents' directories when the run is over."));
        spec.addOption(Options.text(
                "--carry-limit",
                "SIZE",
                "The most that is put aside to go on with after a gate. Default: " + DEFAULT_LIMIT + "."));
        spec.addOption(SettingsOptions.policy());
        spec.addOption(Voter.option());
    }

    /** The secrets of this start. */
    Secrets secrets() throws IOException {
        Optional<Path> file = arguments.hasMatchedOption("--secrets")
                ? Optional.of(console.resolve(arguments.matchedOptionValue("--secrets", "")))
                : Optional.empty();
        return Secrets.read(console.environment(), file);
    }

    /** What was set up when a run began, with the policy of today if there is one. */
    SiteSettings current(StoredRun run, Problems problems) {
        return SettingsOptions.current(run.settings(), arguments, console, problems);
    }

    /** The options, if this machine has what the plan needs; else what it lacks is among the problems. */
    Optional<RunOptions> read(ExecutionPlan plan, SiteSettings settings, Path state, Problems problems)
            throws IOException {
        PolicyChecks.check(plan, settings.policy(), problems);
        SiteChecks.check(plan, settings.site(), problems);
        Secrets secrets = secrets();
        HostChecks.secrets(plan, secrets, problems);
        HostChecks.secrets(plan, settings.site(), secrets, problems);
        Optional<ContainerEngine> engine = HostChecks.engine(plan, console.environment(), problems);
        if (problems.hasErrors()) {
            return Optional.empty();
        }
        secrets.tooShort().forEach(name -> console.err()
                .println("warning: the secret " + name + " is too short to be hidden in output"));
        Voter voter = Voter.of(arguments, console, state);
        return Optional.of(new RunOptions(
                state,
                arguments.matchedOptionValue("--jobs", Runtime.getRuntime().availableProcessors()),
                arguments.matchedOptionValue("--keep-workspaces", false),
                arguments.matchedOptionValue("--quiet", false),
                progress(),
                secrets,
                voter.name(),
                settings.policy(),
                engine,
                console.environment(),
                atGates(voter),
                Options.size("--carry-limit", arguments.matchedOptionValue("--carry-limit", DEFAULT_LIMIT))));
    }

    /** The live display shows itself only on a terminal that can show it. */
    private Progress progress() {
        return switch (arguments.matchedOptionValue("--progress", "auto")) {
            case "live" -> Progress.LIVE;
            case "plain" -> Progress.PLAIN;
            default -> console.environment().containsKey("CI") ? Progress.PLAIN : Progress.LIVE;
        };
    }

    private AtGates atGates(Voter voter) {
        boolean terminal = GatePrompt.isPossible(console.in(), console.out())
                && !console.environment().containsKey("CI");
        return switch (arguments.matchedOptionValue("--at-gates", "auto")) {
            case "wait" -> new AtGates.Wait();
            case "leave" -> new AtGates.Leave();
            case "ask" -> ask(voter);
            default -> withoutOption(voter, terminal);
        };
    }

    /** Whoever asks for the web page wants to decide there. */
    private AtGates withoutOption(Voter voter, boolean terminal) {
        if (arguments.matchedOptionValue(RunCommand.UI, false)) {
            return new AtGates.Wait();
        }
        return terminal ? ask(voter) : new AtGates.Leave();
    }

    private AtGates ask(Voter voter) {
        return new AtGates.Ask(new GatePrompt(
                console.in(), voter.name(), voter::groupsAt, gate -> "\n" + GateText.of(gate, voter.now())));
    }
}
