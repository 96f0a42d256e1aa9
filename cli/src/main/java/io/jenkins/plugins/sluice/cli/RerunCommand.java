package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.local.LocalRun;
import io.jenkins.plugins.sluice.cli.local.RunOptions;
import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.report.ProblemReport;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice rerun}: a new run that takes over what an earlier one has done before a stage. */
final class RerunCommand implements Command {

    @Override
    public String name() {
        return "rerun";
    }

    @Override
    public String summary() {
        return "Run a stage of an earlier run again, and all after it, with what came before";
    }

    @Override
    public void declare(CommandSpec spec) {
        RunPlace.declareRun(spec, "1");
        spec.addOption(Options.text("--from", "STAGE", "The first stage to run again: api/deploy. Required."));
        HostOptions.declare(spec);
        RunPlace.declare(spec);
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        if (!arguments.hasMatchedOption("--from")) {
            throw new UsageException("--from STAGE is missing: from where?");
        }
        StoredRun earlier = RunPlace.run(arguments, console);
        if (earlier.state().outcome().isEmpty()) {
            throw new UsageException("run " + earlier.id() + " is not over; 'sluice resume' goes on with it");
        }
        Problems problems = new Problems();
        HostOptions host = new HostOptions(arguments, console);
        Optional<RunOptions> options = host.read(
                earlier.plan(),
                host.current(earlier, problems),
                earlier.stateDirectory().root(),
                problems);
        console.err().print(ProblemReport.text(problems.list()));
        if (options.isEmpty()) {
            return ExitCode.BAD_INPUT;
        }
        try {
            PlannedStage from = earlier.stage(arguments.matchedOptionValue("--from", ""));
            return RunCommand.ended(
                    LocalRun.rerun(earlier, from.id(), options.get(), console.out()),
                    options.get().secrets().masker(),
                    console);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
