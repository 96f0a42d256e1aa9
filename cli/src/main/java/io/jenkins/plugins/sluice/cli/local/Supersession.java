package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.Contender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds the runs that end one another's waits at gates; {@link Contender} decides which do. */
final class Supersession {

    private final StoredRun run;
    private final StateDirectory state;

    Supersession(StoredRun run) {
        this.run = run;
        this.state = run.stateDirectory();
    }

    /** Why a gate of this run is pointless by now; empty if it is not, or if it does not care. */
    Optional<String> newer(PlannedStage gate) {
        if (!Contender.yields(gate)) {
            return Optional.empty();
        }
        try {
            return state.runs().stream()
                    .map(RunDirectory::new)
                    .takeWhile(other -> other.number() > run.directory().number())
                    .flatMap(other -> contender(other).stream())
                    .filter(other -> other.takesPlaceOf(run.contender(), gate))
                    .map(Contender::words)
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty(); // runs that cannot be read take no one's place
        }
    }

    private Optional<Contender> contender(RunDirectory directory) {
        try {
            return directory.hasBegun()
                    ? Optional.of(StoredRun.of(state, directory).contender())
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // as above
        }
    }

    /**
     * Ends the waits of older runs whose place this one takes; gives their ids.
     *
     * @param unreadable is told which run cannot be read, and why
     */
    List<String> supersedeOlder(Consumer<String> unreadable) throws IOException {
        List<String> superseded = new ArrayList<>();
        if (!run.contender().supersedes()) {
            return superseded;
        }
        for (Path other : state.runs()) {
            RunDirectory directory = new RunDirectory(other);
            if (directory.number() < run.directory().number() && directory.hasBegun()) {
                try {
                    StoredRun older = StoredRun.read(state, other);
                    if (older.state().outcome().isEmpty() && end(older)) {
                        superseded.add(older.id());
                    }
                } catch (IOException e) {
                    unreadable.accept(directory.id() + " cannot be read: " + InstructionRunner.words(e));
                }
            }
        }
        return superseded;
    }

    private boolean end(StoredRun older) throws IOException {
        List<Integer> pointless = pointless(older);
        return !pointless.isEmpty()
                && !older.write(now -> pointless(older).stream()
                                .map(gate -> older.keeper()
                                        .decide(
                                                gate,
                                                Verdict.SUPERSEDED,
                                                run.contender().words(),
                                                now))
                                .toList())
                        .isEmpty();
    }

    private List<Integer> pointless(StoredRun older) {
        return older.state().asking().stream()
                .filter(gate -> run.contender()
                        .takesPlaceOf(older.contender(), older.plan().stage(gate)))
                .toList();
    }
}
