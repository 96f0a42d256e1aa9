package io.jenkins.plugins.sluice.cli.local;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where runs, artifacts and locks are kept; usually {@code .sluice} in the repository. It tells Git to ignore it.
 *
 * @param root the directory itself
 */
public record StateDirectory(Path root) {

    private static final Pattern DIGEST = Pattern.compile("\\b[0-9a-f]{64}\\b");

    /** The name of the directory in a repository. */
    public static final String NAME = ".sluice";

    /** The directory, made if it is not there. */
    public static StateDirectory open(Path root) throws IOException {
        try {
            Files.createDirectories(root.resolve("runs"));
        } catch (AccessDeniedException e) {
            throw new FileSystemException(
                    e.getFile(), null, "permission denied; --state DIR keeps runs somewhere else");
        }
        // What stages have made can tell more than others should know.
        Files.setPosixFilePermissions(
                Files.createDirectories(root.resolve("store")), PosixFilePermissions.fromString("rwx------"));
        Path ignore = root.resolve(".gitignore");
        if (!Files.exists(ignore)) {
            Files.writeString(ignore, "*\n");
        }
        return new StateDirectory(root.toRealPath());
    }

    /** Whether it is where the runs of a repository are if nobody says otherwise. */
    public boolean isOf(Path repository) {
        return root.equals(repository.resolve(NAME));
    }

    /** Begins a run: takes the next free number and makes its directory, also if other processes do so too. */
    RunDirectory newRun() throws IOException {
        int number = runs().stream().findFirst().map(StateDirectory::number).orElse(0) + 1;
        while (true) {
            Path directory = root.resolve("runs").resolve(String.valueOf(number));
            try {
                Files.createDirectory(directory);
                return RunDirectory.in(directory);
            } catch (FileAlreadyExistsException e) {
                number++;
            }
        }
    }

    /** The directories of all runs, the newest first. */
    public List<Path> runs() throws IOException {
        if (!Files.isDirectory(root.resolve("runs"))) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(root.resolve("runs"))) {
            return found.filter(path -> number(path) > 0)
                    .sorted(Comparator.comparingInt(StateDirectory::number).reversed())
                    .toList();
        }
    }

    /** The directory of a run by its number, be there such a run or not. */
    public Path run(String id) {
        return root.resolve("runs").resolve(id);
    }

    static int number(Path run) {
        String name = run.getFileName().toString();
        return name.matches("[1-9][0-9]{0,8}") ? Integer.parseInt(name) : 0;
    }

    /** The file that says where answers of programs are taken, as long as somebody takes them. */
    public Path answerBaseFile() {
        return root.resolve("serve.url");
    }

    /** Where answers of programs are taken now; empty if nowhere. */
    Optional<String> answerBase() throws IOException {
        Path file = answerBaseFile();
        return Files.exists(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
    }

    ArtifactStore store() {
        // Root can write through a read-only link, by accident too, so that a stage could change what others have been
        // given.
        boolean root = ProcessHandle.current().info().user().map("root"::equals).orElse(false);
        return new ArtifactStore(this.root.resolve("store"), !root);
    }

    Path locks() throws IOException {
        return Files.createDirectories(root.resolve("locks"));
    }

    /**
     * What was removed and what was not.
     *
     * @param removed how many runs were removed
     * @param notOver how many runs were left because they are not over
     */
    public record Cleaned(int removed, int notOver) {}

    /**
     * Removes runs, all but some of the newest and those that go on, and the artifacts that then belong to none.
     *
     * <p>A run stays as long as there are containers or images of it that cannot be removed.
     *
     * @param waiting whether those go too that are not over, but that nobody works at
     * @param environment where container engines are found
     * @param notes takes what cannot be removed
     */
    public Cleaned clean(int keep, boolean waiting, Map<String, String> environment, Consumer<String> notes)
            throws IOException {
        int removed = 0;
        int notOver = 0;
        for (Path run : runs().stream().skip(keep).toList()) {
            if (RunDirectory.isInUse(run)) {
                continue;
            }
            if (!waiting && !isOver(run)) {
                notOver++;
            } else if (EngineMark.clear(new RunDirectory(run), environment, notes)) {
                Workspaces.delete(run);
                removed++;
            }
        }
        List<Path> left = runs();
        if (left.isEmpty()) {
            Workspaces.delete(root.resolve("store"));
        } else if (removed > 0) {
            forgetUnused(left);
        }
        return new Cleaned(removed, notOver);
    }

    /** A run that cannot be read may yet be mended: nobody knows what waits there. */
    private boolean isOver(Path run) {
        try {
            return !StoredRun.isReadable(run)
                    || StoredRun.read(this, run).state().outcome().isPresent();
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    /** Removes artifacts that no run names. While a run goes on nobody can tell which it will need. */
    private void forgetUnused(List<Path> left) throws IOException {
        Set<String> used = new HashSet<>();
        for (Path run : left) {
            if (RunDirectory.isInUse(run)) {
                return;
            }
            RunDirectory directory = new RunDirectory(run);
            for (Path file : List.of(directory.inputs(), directory.journal())) {
                if (Files.exists(file)) {
                    addDigests(Files.readString(file), used);
                }
            }
        }
        // Some of these are lists of files, which name more.
        for (String digest : List.copyOf(used)) {
            store().listOfFiles(digest).ifPresent(list -> addDigests(list, used));
        }
        store().retain(used);
    }

    private static void addDigests(String text, Set<String> digests) {
        DIGEST.matcher(text).results().forEach(match -> digests.add(match.group()));
    }
}
