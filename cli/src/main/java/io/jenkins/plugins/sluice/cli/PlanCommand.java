package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.picture.PlanPicture;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.ImageChecks;
import io.jenkins.plugins.sluice.plan.SiteChecks;
import io.jenkins.plugins.sluice.report.PlanJson;
import io.jenkins.plugins.sluice.report.PlanMermaid;
import io.jenkins.plugins.sluice.report.PlanText;
import io.jenkins.plugins.sluice.report.ProblemReport;
import io.jenkins.plugins.sluice.report.WhatIfText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice plan}: shows what a run would do, without doing it. */
final class PlanCommand implements Command {

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String summary() {
        return "Show what a run would do: stages, order, agents, and what is skipped and why";
    }

    @Override
    public void declare(CommandSpec spec) {
        PlanOptions.declare(spec);
        spec.addOption(SettingsOptions.policy());
        spec.addOption(Options.choice(
                "--format", "Print it as a tree, as data, or as a picture.", "tree", "json", "mermaid", "svg"));
        spec.addOption(Options.choice("--what-if", "Say what 'execution: auto' would gain, and plan with it.", "auto"));
        spec.addOption(Options.text("--output", "FILE", "Write to this file instead of standard output."));
    }

    /** The plan is shown even if something in it cannot be run here; the exit code then says so. */
    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        PlanOptions options = PlanOptions.from(arguments);
        boolean whatIf = arguments.hasMatchedOption("--what-if");
        Planning planning =
                whatIf ? Planning.inferred(options, arguments, console) : Planning.of(options, arguments, console);
        planning.plan().ifPresent(plan -> ImageChecks.check(plan, planning.problems()));
        if (planning.settings().siteFile().isPresent() && planning.plan().isPresent()) {
            SiteChecks.check(planning.plan().get(), planning.settings().site(), planning.problems());
        }
        console.err().print(ProblemReport.text(planning.problems().list()));
        if (planning.plan().isPresent()) {
            ExecutionPlan plan = planning.plan().get();
            String format = arguments.matchedOptionValue("--format", "tree");
            if (whatIf && format.equals("tree")) {
                Planning.of(options, arguments, console).file().ifPresent(listed -> console.out()
                        .println(WhatIfText.of(listed, planning.file().orElse(listed))));
            }
            Optional<String> tooLarge = format.equals("svg") ? PlanPicture.tooLarge(plan) : Optional.empty();
            if (tooLarge.isPresent()) {
                throw new UsageException("cannot draw this plan: " + tooLarge.get());
            }
            String text = text(plan, format);
            if (arguments.hasMatchedOption("--output")) {
                Files.writeString(console.resolve(arguments.matchedOptionValue("--output", "")), text);
            } else {
                console.out().print(text);
            }
        }
        return planning.problems().hasErrors() ? ExitCode.BAD_INPUT : ExitCode.OK;
    }

    private static String text(ExecutionPlan plan, String format) {
        return switch (format) {
            case "json" -> PlanJson.of(plan);
            case "mermaid" -> PlanMermaid.of(plan);
            case "svg" -> PlanPicture.svg(plan);
            default -> PlanText.of(plan);
        };
    }
}
