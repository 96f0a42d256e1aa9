package io.jenkins.plugins.sluice.cli.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Finds at the end of a run the processes that left their group, e.g. daemons: each inherits the run's token in its
 * environment. Only on Linux; elsewhere there are never any.
 *
 * @param token distinguishes this run from any other
 */
public record Leftovers(String token) {

    /** The variable which a host adds to the environment of everything that it starts. */
    public static final String VARIABLE = "SLUICE_RUN_TOKEN";

    public Leftovers {
        if (token.isBlank()) {
            throw new IllegalArgumentException("an empty token would match the processes of others");
        }
    }

    /** Ends them all, with TERM and after {@code grace} with KILL, and says which they were. */
    public List<NamedProcess> end(Duration grace) {
        List<ProcessHandle> found = find();
        List<NamedProcess> named = found.stream().map(NamedProcess::of).toList();
        Signals.TERM.to(found);
        if (!areGone(found, grace)) {
            Signals.KILL.to(find());
            areGone(found, Duration.ofSeconds(5));
        }
        return named;
    }

    private List<ProcessHandle> find() {
        byte[] entry = ("\0" + VARIABLE + "=" + token + "\0").getBytes(StandardCharsets.UTF_8);
        long self = ProcessHandle.current().pid();
        return LinuxProcess.all(pid -> pid != self && hasInEnvironment(pid, entry)).stream()
                .map(process -> ProcessHandle.of(process.pid()))
                .flatMap(Optional::stream)
                .toList();
    }

    private static boolean hasInEnvironment(long pid, byte[] entry) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc/" + pid + "/environ"));
            String text = "\0" + new String(environment, StandardCharsets.ISO_8859_1) + "\0";
            return text.contains(new String(entry, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return false; // it is someone else's, or has just ended
        }
    }

    private static boolean areGone(List<ProcessHandle> processes, Duration limit) {
        Deadline deadline = Deadline.in(limit);
        boolean gone = processes.stream().noneMatch(LinuxProcess::isRunning);
        while (!gone && !deadline.isOver()) {
            try {
                TimeUnit.NANOSECONDS.sleep(deadline.left(Duration.ofMillis(20)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            gone = processes.stream().noneMatch(LinuxProcess::isRunning);
        }
        return gone;
    }
}
