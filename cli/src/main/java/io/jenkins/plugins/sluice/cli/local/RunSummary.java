package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.run.RunOutcome;
import io.jenkins.plugins.sluice.run.RunState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A run in one line.
 *
 * @param status the outcome; {@code running}, {@code waiting} (at a gate), {@code decided} (every gate is, so that it can go on),
 *     {@code cut off} (its process is gone) or {@code unreadable}
 * @param duration how long it took, once it is over
 * @param rerunOf the run that it repeats
 * @param detail what it waits for, or what is wrong with it
 */
public record RunSummary(
        String id,
        String status,
        Optional<Instant> startedAt,
        Optional<Duration> duration,
        String starter,
        String branch,
        Optional<String> rerunOf,
        String detail) {

    /** The summary of a run, also if it cannot be read. */
    public static RunSummary of(StateDirectory state, Path directory) {
        String id = String.valueOf(directory.getFileName());
        if (!StoredRun.isReadable(directory)) {
            return broken(id, "it was stopped while it was being set up");
        }
        try {
            return of(StoredRun.read(state, directory));
        } catch (IOException | RuntimeException e) {
            return broken(id, InstructionRunner.words(e));
        }
    }

    private static RunSummary broken(String id, String why) {
        return new RunSummary(id, "unreadable", Optional.empty(), Optional.empty(), "", "", Optional.empty(), why);
    }

    /** The summary of a run as it was last read. */
    public static RunSummary of(StoredRun run) throws IOException {
        RunState state = run.state();
        Optional<Duration> took =
                state.startedAt().flatMap(start -> state.finishedAt().map(end -> Duration.between(start, end)));
        List<Integer> asking = state.asking();
        String gates = asking.stream().map(gate -> run.plan().stage(gate).id()).collect(Collectors.joining(", "));
        return new RunSummary(
                run.id(),
                status(run),
                state.startedAt(),
                took,
                run.starter(),
                run.branch(),
                run.rerunOf(),
                detail(run, gates));
    }

    private static String detail(StoredRun run, String gates) throws IOException {
        if (run.state().outcome().isPresent()) {
            return "";
        }
        String asks = gates.isEmpty() ? "" : "asks at " + gates;
        String goesOn = run.canGoOn() && !run.isLive()
                ? "'sluice resume " + run.id() + (isAborting(run) ? "' ends it" : "' goes on")
                : "";
        return Stream.of(asks, goesOn).filter(words -> !words.isEmpty()).collect(Collectors.joining("; "));
    }

    private static String status(StoredRun run) throws IOException {
        Optional<RunOutcome> outcome = run.state().outcome();
        if (outcome.isPresent()) {
            return outcome.get().word();
        }
        if (run.isLive()) {
            return "running";
        }
        if (run.isCutOff()) {
            return "cut off";
        }
        if (isAborting(run)) {
            return "aborting";
        }
        return run.state().asking().isEmpty() ? "decided" : "waiting";
    }

    private static boolean isAborting(StoredRun run) {
        return !run.state().abortReason().isEmpty();
    }
}
