package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.model.Dialect;
import io.jenkins.plugins.sluice.model.Enforcement;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ImageChecks;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.plan.PolicyChecks;
import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.report.ProblemReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice lint}: says what is wrong with a configuration. */
final class LintCommand implements Command {

    @Override
    public String name() {
        return "lint";
    }

    @Override
    public String summary() {
        return "Check configurations and print every problem with its place and a hint";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addPositional(Options.argument(
                "PATH", "0..*", "Repositories or configuration files. Default: the current directory."));
        spec.addOption(SettingsOptions.site());
        spec.addOption(SettingsOptions.policy());
        spec.addOption(Options.choice(
                "--format", "How to print problems: text for people, json for programs.", "text", "json"));
    }

    @Override
    public int run(ParseResult arguments, Console console) {
        List<String> paths = arguments.matchedPositionalValue(0, List.of("."));
        boolean json = arguments.matchedOptionValue("--format", "text").equals("json");
        Problems ofSettings = new Problems();
        Policy policy = SettingsOptions.read(arguments, console, ofSettings).policy();
        List<Problem> all = new ArrayList<>(ofSettings.list());
        if (!json) {
            console.out().print(ProblemReport.text(all));
        }
        for (String path : paths) {
            Problems problems = new Problems();
            ConfigFile file = ConfigFile.find(path, console);
            Optional<PipelineFile> read = file.read(problems);
            read.ifPresent(f -> PolicyChecks.check(f, policy, problems));
            if (!problems.hasErrors()) {
                read.ifPresent(
                        f -> ImageChecks.check(Planner.plan(Enforcement.of(f, policy), Trigger.unknown()), problems));
            }
            all.addAll(problems.list());
            if (!json) {
                console.out().print(ProblemReport.text(problems.list()));
                if (problems.isEmpty()) {
                    boolean old =
                            read.map(f -> f.dialect() == Dialect.PIPELINELIB).orElse(false);
                    String note = old ? " (read by PipelineLib's rules, as it has no 'version: 1')" : "";
                    console.out().println(file.name() + ": ok" + note);
                }
            }
        }
        if (json) {
            console.out().print(ProblemReport.json(all));
        }
        return all.stream().anyMatch(Problem::isError) ? ExitCode.BAD_INPUT : ExitCode.OK;
    }
}
