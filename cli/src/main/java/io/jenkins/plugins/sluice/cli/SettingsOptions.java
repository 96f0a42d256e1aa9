package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.local.SettingsFile;
import io.jenkins.plugins.sluice.cli.local.SiteSettings;
import io.jenkins.plugins.sluice.config.YamlReader;
import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.workspace.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The administrator's files: how they are named on the command line and in the environment. */
final class SettingsOptions {

    private static final String SITE = "--site";
    private static final String SITE_VARIABLE = "SLUICE_SITE";
    private static final String POLICY = "--policy";
    private static final String POLICY_VARIABLE = "SLUICE_POLICY";

    private SettingsOptions() {}

    static OptionSpec site() {
        return Options.text(
                SITE, "FILE", "Where images, charts and mail go. Default: $" + SITE_VARIABLE + ", or none.");
    }

    static OptionSpec policy() {
        return Options.text(POLICY, "FILE", "What pipelines may do. Default: $" + POLICY_VARIABLE + ", or everything.");
    }

    /** Both files. */
    static SiteSettings read(ParseResult arguments, Console console, Problems problems) {
        return SiteSettings.of(
                file(arguments, console, problems, SITE, SITE_VARIABLE),
                file(arguments, console, problems, POLICY, POLICY_VARIABLE),
                problems);
    }

    /** Those of a run that has begun, with the policy of today if there is one. */
    static SiteSettings current(SiteSettings begun, ParseResult arguments, Console console, Problems problems) {
        return file(arguments, console, problems, POLICY, POLICY_VARIABLE)
                .map(file -> begun.withPolicy(file, problems))
                .orElse(begun);
    }

    private static Optional<SettingsFile> file(
            ParseResult arguments, Console console, Problems problems, String option, String variable) {
        String name = arguments.hasMatchedOption(option)
                ? arguments.matchedOptionValue(option, "")
                : console.environment().getOrDefault(variable, "");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        Path file = console.resolve(name).toAbsolutePath().normalize();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(YamlReader.MAX_BYTES + 1);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(new SettingsFile(name, Objects.requireNonNullElse(file.getParent(), file), text));
        } catch (CharacterCodingException e) {
            return unreadable(name, "it is no UTF-8 text", problems);
        } catch (IOException e) {
            return unreadable(name, FileErrors.words(e), problems);
        }
    }

    private static Optional<SettingsFile> unreadable(String name, String why, Problems problems) {
        problems.add(ProblemCode.FILE_UNREADABLE.at(Place.topOf(name), why));
        return Optional.empty();
    }
}
