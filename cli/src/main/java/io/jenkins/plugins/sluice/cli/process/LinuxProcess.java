package io.jenkins.plugins.sluice.cli.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

/** What Linux tells in {@code /proc} about one process. */
record LinuxProcess(long pid, long parent, long group, long session, char state) {

    private static final File PROC = new File("/proc");
    private static final boolean AVAILABLE = new File(PROC, "self/stat").canRead();

    static boolean isLinux() {
        return AVAILABLE;
    }

    /** The living processes whose number is accepted; empty on other systems. */
    static List<LinuxProcess> all(LongPredicate accepted) {
        List<LinuxProcess> processes = new ArrayList<>();
        for (String name : names()) {
            if (isNumber(name) && accepted.test(Long.parseLong(name))) {
                read(name).filter(LinuxProcess::isAlive).ifPresent(processes::add);
            }
        }
        return processes;
    }

    /** Whether it still does something, on any system. */
    static boolean isRunning(ProcessHandle process) {
        return process.isAlive()
                && (!AVAILABLE
                        || read(Long.toString(process.pid()))
                                .filter(LinuxProcess::isAlive)
                                .isPresent());
    }

    /** The number given to the newest process, from which one can see how far the numbers have come. */
    static long newest() {
        try {
            String load = Files.readString(Path.of("/proc/loadavg"), StandardCharsets.US_ASCII);
            return Long.parseLong(load.substring(load.lastIndexOf(' ') + 1).strip());
        } catch (IOException | NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    /** A zombie is only a number that its parent has not asked about yet; in a container it may stay for ever. */
    private boolean isAlive() {
        return state != 'Z' && state != 'X';
    }

    private static Optional<LinuxProcess> read(String pid) {
        try {
            byte[] stat = Files.readAllBytes(PROC.toPath().resolve(pid).resolve("stat"));
            return Optional.of(parse(pid, new String(stat, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            return Optional.empty(); // it has just ended
        }
    }

    /** Reads {@code pid (name) state parent group session …}, where the name may hold anything, also a bracket. */
    private static LinuxProcess parse(String pid, String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 5);
        return new LinuxProcess(
                Long.parseLong(pid),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[2]),
                Long.parseLong(fields[3]),
                fields[0].charAt(0));
    }

    private static String[] names() {
        String[] names = PROC.list();
        return names == null ? new String[0] : names;
    }

    private static boolean isNumber(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
