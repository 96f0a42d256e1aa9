package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.config.YamlReader;
import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.workspace.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The configuration file that a user means.
 *
 * @param file where it is
 * @param repository the directory that its paths start from
 * @param name how messages call it
 */
record ConfigFile(Path file, Path repository, String name) {

    private static final List<String> NAMES = List.of(".pipeline/config.yaml", ".pipeline/config.yml");

    /**
     * Finds the file: named itself, or in a named repository, or ({@code .}) in the current directory or above it, as Git
     * finds its repository.
     */
    static ConfigFile find(String path, Console console) {
        Path given = console.resolve(path).toAbsolutePath().normalize();
        if (Files.isDirectory(given)) {
            Path top = given.endsWith(".pipeline") ? parent(given) : given;
            return below(top, console)
                    .or(() -> path.equals(".") ? above(top, console) : Optional.empty())
                    .orElseGet(() -> of(top.resolve(NAMES.get(0)), top, console));
        }
        Path directory = parent(given);
        return of(given, directory.endsWith(".pipeline") ? parent(directory) : directory, console);
    }

    /**
     * The repository with the runs that a user means.
     *
     * @throws UsageException if there is nothing where the path leads: its parent may have runs of its own
     */
    static Path repository(String path, Console console) {
        Path given = console.resolve(path).toAbsolutePath().normalize();
        if (!Files.exists(given)) {
            throw new UsageException("there is nothing at " + given);
        }
        return find(path, console).repository();
    }

    private static Path parent(Path path) {
        return Objects.requireNonNullElse(path.getParent(), path);
    }

    private static Optional<ConfigFile> below(Path top, Console console) {
        return NAMES.stream()
                .map(top::resolve)
                .filter(Files::exists)
                .findFirst()
                .map(file -> of(file, top, console));
    }

    private static Optional<ConfigFile> above(Path start, Console console) {
        for (Path top = start.getParent(); top != null; top = top.getParent()) {
            Optional<ConfigFile> found = below(top, console);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static ConfigFile of(Path file, Path repository, Console console) {
        Path here = console.directory().toAbsolutePath().normalize();
        Path shown = file.startsWith(here) ? here.relativize(file) : file;
        return new ConfigFile(file, repository, shown.toString());
    }

    /** Reads and checks the file. That it cannot be read is a problem like any other. */
    Optional<PipelineFile> read(Problems problems) {
        return bytes(problems).flatMap(bytes -> ModelReader.read(name, bytes, problems));
    }

    /** What is in the file, as far as it counts. */
    Optional<byte[]> bytes(Problems problems) {
        if (!Files.exists(file)) {
            problems.add(ProblemCode.CONFIG_MISSING.at(Place.topOf(name), name));
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(in.readNBytes(YamlReader.MAX_BYTES + 1));
        } catch (IOException e) {
            problems.add(ProblemCode.FILE_UNREADABLE.at(Place.topOf(name), FileErrors.words(e)));
            return Optional.empty();
        }
    }
}
