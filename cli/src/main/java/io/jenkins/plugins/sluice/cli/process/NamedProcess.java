package io.jenkins.plugins.sluice.cli.process;

import java.util.Collection;
import java.util.stream.Collectors;

/**
 * A process as a log names it.
 *
 * @param command its command line, cut to a readable length; the program alone if the line cannot be read
 */
public record NamedProcess(long pid, String command) {

    private static final int LONGEST = 100;
    private static final int MOST_NAMED = 5;

    /** Asks the system for its command line. */
    public static NamedProcess of(ProcessHandle process) {
        ProcessHandle.Info info = process.info();
        String command = info.commandLine().or(info::command).orElse("?");
        return new NamedProcess(
                process.pid(), command.length() > LONGEST ? command.substring(0, LONGEST - 1) + "…" : command);
    }

    /** All of them in one line, or the first few if there are many. */
    public static String list(Collection<ProcessHandle> processes) {
        String named = processes.stream()
                .limit(MOST_NAMED)
                .map(process -> of(process).toString())
                .collect(Collectors.joining(", "));
        int more = processes.size() - MOST_NAMED;
        return more > 0 ? named + " and " + more + " more" : named;
    }

    @Override
    public String toString() {
        return pid + " (" + command + ")";
    }
}
