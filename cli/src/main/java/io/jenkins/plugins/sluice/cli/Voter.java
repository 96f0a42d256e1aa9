package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.model.Gate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * Who uses this command line, as far as a single machine can tell: whoever may write into the state directory can claim to be
 * anyone. The groups are those of the operating system and those of a file with lines {@code group: user, user}, which
 * {@code SLUICE_GROUPS} names, or which is {@code groups} in the state directory.
 */
final class Voter {

    private final String name;
    private final Path groupFile;

    private Voter(String name, Path groupFile) {
        this.name = name;
        this.groupFile = groupFile;
    }

    static OptionSpec option() {
        return Options.text("--as", "USER", "Who you are, at gates. Default: the user of the operating system.");
    }

    static Voter of(ParseResult arguments, Console console, Path state) {
        String given = arguments.matchedOptionValue("--as", "");
        if (arguments.hasMatchedOption("--as") && given.isBlank()) {
            throw new UsageException("--as: give the name of a user");
        }
        String name = given.isEmpty() ? System.getProperty("user.name", "") : given;
        return new Voter(name, groupFile(console, state));
    }

    /** Someone of that name. */
    static Voter named(String name, Console console, Path state) {
        return new Voter(name, groupFile(console, state));
    }

    private static Path groupFile(Console console, Path state) {
        String file = console.environment().getOrDefault("SLUICE_GROUPS", "");
        return file.isEmpty() ? state.resolve("groups") : console.resolve(file);
    }

    String name() {
        return name;
    }

    Instant now() {
        return Instant.now();
    }

    /** The groups of a gate that the voter belongs to. */
    List<String> groupsAt(Gate gate) {
        List<String> asked = gate.approvers().groups();
        if (asked.isEmpty()) {
            return List.of();
        }
        Set<String> groups = new LinkedHashSet<>(ofFile());
        groups.addAll(ofSystem());
        return asked.stream().filter(groups::contains).toList();
    }

    private List<String> ofFile() {
        List<String> groups = new ArrayList<>();
        try {
            int number = 0;
            for (String line : Files.readAllLines(groupFile)) {
                number++;
                int colon = line.indexOf(':');
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (colon < 1) {
                    throw new UsageException(groupFile + ":" + number + ": this is no line 'group: user, user'");
                }
                boolean member = Stream.of(line.substring(colon + 1).split(",", -1))
                        .anyMatch(user -> user.strip().equalsIgnoreCase(name));
                if (member) {
                    groups.add(line.substring(0, colon).strip());
                }
            }
        } catch (NoSuchFileException e) {
            // then there are only those of the operating system
        } catch (IOException e) {
            throw new UncheckedIOException("the groups cannot be read from " + groupFile + ": " + e.getMessage(), e);
        }
        return groups;
    }

    /** Without a program that tells, or for a user whom it does not know, there are none. */
    private List<String> ofSystem() {
        // Numbers are other names of the same users.
        if (name.startsWith("-") || name.matches("[+0-9].*")) {
            return List.of();
        }
        try {
            Process process = new ProcessBuilder("id", "-Gn", "--", name)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Optional<String> known = process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
            return known.map(groups -> List.of(groups.strip().split(" +", -1))).orElse(List.of());
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }
}
