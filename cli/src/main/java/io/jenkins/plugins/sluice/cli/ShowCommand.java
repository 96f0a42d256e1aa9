package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.cli.picture.PlanPicture;
import io.jenkins.plugins.sluice.cli.picture.StageLook;
import io.jenkins.plugins.sluice.cli.picture.TimelinePicture;
import io.jenkins.plugins.sluice.report.Masker;
import io.jenkins.plugins.sluice.report.RunReport;
import io.jenkins.plugins.sluice.report.RunTree;
import io.jenkins.plugins.sluice.report.Timeline;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice show}: everything about one run. */
final class ShowCommand implements Command {

    @Override
    public String name() {
        return "show";
    }

    @Override
    public String summary() {
        return "Show a run: its tree, durations, reasons, votes and artifacts";
    }

    @Override
    public void declare(CommandSpec spec) {
        RunPlace.declareRun(spec, "0..1");
        spec.addOption(Options.choice(
                "--format",
                "As a tree, as data, as a picture of the plan, or along the time.",
                "tree",
                "json",
                "svg",
                "timeline"));
        spec.addOption(Options.text("--output", "FILE", "Write to this file instead of standard output."));
        RunPlace.declare(spec);
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        StoredRun run = RunPlace.run(arguments, console);
        String text = text(run, arguments.matchedOptionValue("--format", "tree"));
        if (arguments.hasMatchedOption("--output")) {
            Files.writeString(console.resolve(arguments.matchedOptionValue("--output", "")), text);
        } else {
            console.out().print(text);
        }
        return ExitCode.OK;
    }

    private static String text(StoredRun run, String format) {
        return switch (format) {
            case "json" -> new RunReport(run.state(), run.keeper(), Masker.NONE).json(run.id());
            case "svg" -> picture(run);
            case "timeline" -> timeline(run);
            default -> RunTree.of(run.id(), run.state(), run.keeper());
        };
    }

    private static String picture(StoredRun run) {
        Optional<String> tooLarge = PlanPicture.tooLarge(run.plan());
        if (tooLarge.isPresent()) {
            throw new UsageException("cannot draw this run: " + tooLarge.get());
        }
        return PlanPicture.svg(run.plan(), StageLook.of(run.state()));
    }

    private static String timeline(StoredRun run) {
        Timeline timeline = Timeline.of(run.state(), Instant.now());
        TimelinePicture.tooLarge(timeline).ifPresent(why -> {
            throw new UsageException("cannot draw this run: " + why);
        });
        return TimelinePicture.svg(timeline, "run " + run.id());
    }
}
