package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.local.Secrets;
import io.jenkins.plugins.sluice.cli.local.SiteSettings;
import io.jenkins.plugins.sluice.model.Enforcement;
import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.plan.PolicyChecks;
import io.jenkins.plugins.sluice.plan.Support;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.problem.Suggestion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ParseResult;

/**
 * From what the user typed to a plan.
 *
 * @param config the file it was made from
 * @param text what was in the file
 * @param file as it was read, without what the policy adds; empty if it has errors
 * @param plan empty if the file has errors
 * @param review what a change of the pipeline does, if someone has to look at it first
 * @param trigger what started it
 * @param settings what an administrator has set up
 * @param problems everything found, what this host cannot do included
 */
record Planning(
        ConfigFile config,
        String text,
        Optional<PipelineFile> file,
        Optional<ExecutionPlan> plan,
        Optional<String> review,
        Trigger trigger,
        SiteSettings settings,
        Problems problems) {

    /** The keys of the format, beyond scripts and what goes with them, that this machine executes. */
    private static final Set<String> EXECUTABLE = Set.of("gate");

    static Planning of(PlanOptions options, ParseResult arguments, Console console) {
        return of(options, arguments, console, ModelReader::read);
    }

    /** The plan if every pipeline that says nothing of its order said {@code execution: auto}. */
    static Planning inferred(PlanOptions options, ParseResult arguments, Console console) {
        return of(options, arguments, console, ModelReader::readInferred);
    }

    /** From bytes to a model. */
    @FunctionalInterface
    interface Reader {
        Optional<PipelineFile> read(String file, byte[] bytes, Problems problems);
    }

    private static Planning of(PlanOptions options, ParseResult arguments, Console console, Reader reader) {
        Problems problems = new Problems();
        SiteSettings settings = SettingsOptions.read(arguments, console, problems);
        ConfigFile config = ConfigFile.find(options.path(), console);
        Optional<byte[]> bytes = config.bytes(problems);
        Optional<PipelineFile> file = bytes.flatMap(b -> reader.read(config.name(), b, problems));
        String text = bytes.map(b -> new String(b, StandardCharsets.UTF_8)).orElse("");
        Trigger trigger = trigger(options, config, console);
        if (problems.hasErrors() || file.isEmpty()) {
            return new Planning(
                    config, text, Optional.empty(), Optional.empty(), Optional.empty(), trigger, settings, problems);
        }
        PipelineFile chosen = selected(file.get(), options.pipelines());
        PipelineFile enforced = Enforcement.of(chosen, settings.policy());
        Optional<String> review = new ChangeReview(options, config, trigger, settings.policy())
                .of(Planner.plan(enforced, trigger), reader);
        ExecutionPlan plan = Planner.plan(settings.policy().reviewed(enforced, review), trigger);
        Support.check(plan, EXECUTABLE, problems);
        PolicyChecks.check(plan, settings.policy(), problems);
        return new Planning(config, text, Optional.of(chosen), Optional.of(plan), review, trigger, settings, problems);
    }

    private static PipelineFile selected(PipelineFile file, List<String> names) {
        for (String name : names) {
            if (file.pipeline(name).isEmpty()) {
                throw new UsageException("there is no pipeline '" + name + "'; "
                        + Suggestion.among(
                                name, "defined pipelines", file.byName().keySet()));
            }
        }
        return names.isEmpty() ? file : Planner.select(file, names);
    }

    private static Trigger trigger(PlanOptions options, ConfigFile config, Console console) {
        GitFacts git = new GitFacts(config.repository());
        Map<String, String> facts = new LinkedHashMap<>(git.head());
        facts.put("event", options.event().orElse("manual"));
        options.branch().ifPresent(branch -> facts.put("branch", branch));
        options.author().ifPresent(author -> facts.put("author", author));
        options.tag().ifPresent(tag -> facts.put("tag", tag));
        Map<String, String> environment = new LinkedHashMap<>(console.environment());
        environment.keySet().removeIf(name -> name.startsWith(Secrets.PREFIX));
        return new Trigger(facts, changed(options, git, config), environment);
    }

    private static Optional<List<String>> changed(PlanOptions options, GitFacts git, ConfigFile config) {
        Optional<List<String>> since = options.since().map(git::changedSince);
        if (options.changed().isEmpty()) {
            return since;
        }
        List<String> all = new ArrayList<>(since.orElse(List.of()));
        for (String path : options.changed()) {
            Path file = config.repository().resolve(path).normalize();
            if (!file.startsWith(config.repository())) {
                throw new UsageException("--changed: '" + path + "' is outside of " + config.repository());
            }
            all.add(config.repository().relativize(file).toString());
        }
        return Optional.of(all);
    }
}
