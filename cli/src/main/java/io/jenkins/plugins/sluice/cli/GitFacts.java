package io.jenkins.plugins.sluice.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What Git knows of a directory. Without Git, or outside a repository, it knows nothing. */
final class GitFacts {

    private final Path directory;

    GitFacts(Path directory) {
        this.directory = directory;
    }

    /** {@code commit}, {@code author}, {@code branch} and {@code tag} of what is checked out, as far as there are any. */
    Map<String, String> head() {
        Map<String, String> facts = new LinkedHashMap<>();
        List<String> lines = lines("log", "-1", "--format=%H%n%ae%n%D").orElse(List.of());
        if (lines.size() >= 2) {
            facts.put("commit", lines.get(0));
            facts.put("author", lines.get(1));
            Stream.of((lines.size() > 2 ? lines.get(2) : "").split(", ", -1)).forEach(ref -> {
                if (ref.startsWith("HEAD -> ")) {
                    facts.put("branch", ref.substring("HEAD -> ".length()));
                } else if (ref.startsWith("tag: ")) {
                    facts.putIfAbsent("tag", ref.substring("tag: ".length()));
                }
            });
        }
        return facts;
    }

    /** The names of whoever wrote what is checked out: as somebody says, and the address and the name that Git knows. */
    List<String> authors(String said) {
        List<String> names = new ArrayList<>(List.of(said));
        lines("log", "-1", "--format=%ae%n%an").ifPresent(names::addAll);
        return names.stream().filter(name -> !name.isBlank()).distinct().toList();
    }

    /** The names of each person who wrote a commit after a revision that changes one of some files below the directory. */
    List<List<String>> authorsSince(String revision, List<String> paths) {
        List<String> command =
                new ArrayList<>(List.of("log", "--format=%ae%x09%an", "--end-of-options", revision + "..HEAD", "--"));
        command.addAll(paths);
        return lines(command.toArray(String[]::new)).orElse(List.of()).stream()
                .filter(line -> !line.isBlank())
                .distinct()
                .map(line -> List.of(line.split("\t")))
                .toList();
    }

    /** The address of the remote {@code origin}, without the user and the password that some write into it. */
    Optional<String> remote() {
        return lines("config", "--get", "remote.origin.url")
                .flatMap(l -> l.stream().findFirst())
                .map(url -> url.replaceFirst("^([a-z+]+://)[^/@]*@", "$1"));
    }

    /**
     * The files below the directory that differ from a revision, new and deleted ones included.
     *
     * @throws UsageException if there is no such revision
     */
    List<String> changedSince(String revision) {
        List<String> changed = new ArrayList<>(lines(
                        "diff",
                        "--name-only",
                        "--no-renames",
                        "--relative",
                        "-z",
                        "--end-of-options",
                        revision,
                        "--",
                        ".")
                .orElseThrow(() -> new UsageException("--since: Git knows no revision '" + revision + "' here")));
        changed.addAll(lines("ls-files", "--others", "--exclude-standard", "-z").orElse(List.of()));
        return changed;
    }

    /** A file below the directory as it was in a revision; empty if there was none. */
    Optional<byte[]> fileAt(String revision, String path) {
        return output("show", "--end-of-options", revision + ":./" + path);
    }

    private Optional<List<String>> lines(String... arguments) {
        boolean zeros = List.of(arguments).contains("-z");
        return output(arguments)
                .map(bytes -> Stream.of(new String(bytes, StandardCharsets.UTF_8).split(zeros ? "\0" : "\n", -1))
                        .filter(line -> !zeros || !line.isEmpty())
                        .toList());
    }

    private Optional<byte[]> output(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        // A hook of Git may have set these for another repository.
        builder.environment().keySet().removeIf(name -> name.startsWith("GIT_"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            byte[] bytes = process.getInputStream().readAllBytes();
            return process.waitFor() == 0 ? Optional.of(bytes) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // there is no Git here
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
