package io.jenkins.plugins.sluice.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * What {@code plan} and {@code run} have in common: which file, which pipelines, and what set it off.
 *
 * @param path the repository, its {@code .pipeline} directory or the file itself
 * @param pipelines the pipelines to take; empty means all
 * @param since the revision to compare with, to know which files changed
 * @param changed changed files given by hand
 * @param event what set the run off
 * @param branch the branch that the run is for
 * @param tag the tag that the run is for
 * @param author who wrote the change
 * @param parameters the values of the run's parameters
 */
record PlanOptions(
        String path,
        List<String> pipelines,
        Optional<String> since,
        List<String> changed,
        Optional<String> event,
        Optional<String> branch,
        Optional<String> tag,
        Optional<String> author,
        Map<String, String> parameters) {

    PlanOptions {
        pipelines = List.copyOf(pipelines);
        changed = List.copyOf(changed);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Adds the options to a command. */
    static void declare(CommandSpec spec) {
        spec.addPositional(Options.argument(
                "PATH", "0..1", "The repository, or its configuration file. Default: the current directory."));
        spec.addOption(Options.texts("--pipeline", "NAME", "Only this pipeline and those it needs; may be repeated."));
        spec.addOption(Options.text("--since", "REV", "Files that changed since this Git revision count as changed."));
        spec.addOption(Options.texts("--changed", "PATH", "This file counts as changed; may be repeated."));
        spec.addOption(Options.text("--event", "NAME", "What set it off, for 'when': push, pull-request, tag …"));
        spec.addOption(Options.text("--branch", "NAME", "The branch, for 'when'. Default: what Git has checked out."));
        spec.addOption(Options.text("--tag", "NAME", "The tag, for 'when'."));
        spec.addOption(Options.text("--author", "NAME", "Who wrote the change. Default: the author of Git's commit."));
        spec.addOption(SettingsOptions.site());
        spec.addOption(Options.pairs("--param", "The value of a parameter of the run; may be repeated."));
    }

    /** What the user gave. */
    static PlanOptions from(ParseResult arguments) {
        return new PlanOptions(
                arguments.matchedPositionalValue(0, "."),
                arguments.matchedOptionValue("--pipeline", List.of()),
                text(arguments, "--since"),
                arguments.matchedOptionValue("--changed", List.of()),
                text(arguments, "--event"),
                text(arguments, "--branch"),
                text(arguments, "--tag"),
                text(arguments, "--author"),
                arguments.matchedOptionValue("--param", Map.of()));
    }

    private static Optional<String> text(ParseResult arguments, String option) {
        return arguments.hasMatchedOption(option)
                ? Optional.of(arguments.matchedOption(option).getValue())
                : Optional.empty();
    }
}
