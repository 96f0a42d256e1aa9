package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.cli.engine.ContainerEngine;
import io.jenkins.plugins.sluice.cli.process.Leftovers;
import io.jenkins.plugins.sluice.workspace.FileErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Says in the directory of a run that an engine may have containers and images of it, so that somebody removes them whatever
 * happens. A run that waits at a gate keeps them; one whose process died without a word does not.
 */
final class EngineMark {

    private static final String AT_WORK = "at-work";
    private static final String KEPT = "kept";
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final RunDirectory directory;
    private final String token;
    private final ContainerEngine engine;

    EngineMark(RunDirectory directory, String token, ContainerEngine engine) {
        this.directory = directory;
        this.token = token;
        this.engine = engine;
    }

    /** From now on there may be something; containers that run on from before are ended. */
    void begin() throws IOException {
        boolean again = Files.exists(directory.engineMark());
        write(AT_WORK);
        if (again) {
            engine.traces(token).stop();
        }
    }

    /** Ends the containers, and leaves all else for whoever goes on with the run. */
    void keep() throws IOException {
        write(KEPT);
        engine.traces(token).stop();
    }

    private void write(String state) throws IOException {
        Path half = directory.engineMark().resolveSibling("engine.half");
        Files.writeString(half, state + "\n" + engine.program() + "\n");
        Files.move(half, directory.engineMark(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes everything. What goes wrong is said, and tried again when the next run begins. */
    void clear(Consumer<String> warnings) {
        try {
            List<String> left = engine.traces(token).remove();
            if (left.isEmpty()) {
                Files.deleteIfExists(directory.engineMark());
            } else {
                warnings.accept("could not be removed: " + String.join(", ", left));
            }
        } catch (IOException e) {
            warnings.accept("containers and images could not be removed: " + FileErrors.words(e));
        }
    }

    /** Removes what runs have left that nobody works at any more and that are not waiting. */
    static void clearDead(StateDirectory state, Map<String, String> environment, Consumer<String> notes)
            throws IOException {
        for (Path root : state.runs()) {
            RunDirectory directory = new RunDirectory(root);
            if (lines(directory).stream().findFirst().orElse("").equals(AT_WORK)) {
                clear(directory, environment, notes);
            }
        }
    }

    private static List<String> lines(RunDirectory directory) throws IOException {
        return Files.exists(directory.engineMark()) ? Files.readAllLines(directory.engineMark()) : List.of();
    }

    /**
     * Removes what one run has left, unless somebody works at it.
     *
     * @return whether there is nothing left of it
     */
    static boolean clear(RunDirectory directory, Map<String, String> environment, Consumer<String> notes)
            throws IOException {
        List<String> lines = lines(directory);
        if (lines.size() < 2) {
            return true;
        }
        RunDirectory.InUse mark = directory.tryToMark().orElse(null);
        if (mark == null) {
            return false;
        }
        try {
            String token = RunInputs.read(directory.inputs()).token();
            new Leftovers(token).end(GRACE);
            Map<String, String> same = new LinkedHashMap<>(environment);
            same.put(ContainerEngine.VARIABLE, lines.get(1));
            ContainerEngine.Search search = ContainerEngine.find(same);
            if (search.engine().isPresent()) {
                new EngineMark(directory, token, search.engine().get())
                        .clear(warning -> notes.accept("of run " + directory.id() + ": " + warning));
            } else {
                notes.accept("containers and images of run " + directory.id() + " may be left over, but "
                        + search.reasons());
            }
            return !Files.exists(directory.engineMark());
        } finally {
            mark.close();
        }
    }
}
