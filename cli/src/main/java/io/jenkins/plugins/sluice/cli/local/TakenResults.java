package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.run.Repetition;
import io.jenkins.plugins.sluice.run.RunEvent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what a run takes over from the one that it repeats; {@link Repetition} decides what that is. */
final class TakenResults {

    private TakenResults() {}

    /** The results that a run takes over; none if it is not the repetition of another one. */
    static List<RunEvent> of(StoredRun run, Secrets secrets) throws IOException {
        Optional<RunInputs.Again> again = run.inputs().again();
        if (again.isEmpty()) {
            return List.of();
        }
        StateDirectory state = run.stateDirectory();
        StoredRun earlier =
                StoredRun.of(state, new RunDirectory(state.run(again.get().run())));
        earlier.reveal(secrets);
        return of(earlier, again.get().from()).taken(earlier.id(), run.keeper(), Instant.now());
    }

    /** What people should know about a run that repeats another one, a line each. */
    static List<String> remarks(StoredRun run) throws IOException {
        Optional<RunInputs.Again> again = run.inputs().again();
        if (again.isEmpty()) {
            return List.of();
        }
        StateDirectory state = run.stateDirectory();
        StoredRun earlier = StoredRun.read(state, state.run(again.get().run()));
        String sources = run.inputs().source().isPresent() ? "configuration and sources" : "configuration";
        List<String> remarks = new ArrayList<>(List.of("repeats run " + earlier.id() + " from "
                + again.get().from() + ", with the " + sources + " of that run"));
        remarks.addAll(of(earlier, again.get().from()).remarks(run.keeper()));
        return remarks;
    }

    /**
     * Checks that a run can be repeated from a stage on.
     *
     * @throws IllegalArgumentException if it cannot, with a reason for people
     */
    static void check(StoredRun earlier, String from) {
        Optional<String> reason = of(earlier, from).reasonAgainst();
        if (reason.isPresent()) {
            throw new IllegalArgumentException("run " + earlier.id() + ": " + reason.get());
        }
    }

    private static Repetition of(StoredRun earlier, String from) {
        return new Repetition(
                earlier.state(), earlier.stage(from).number(), !earlier.inputs().inPlace());
    }
}
