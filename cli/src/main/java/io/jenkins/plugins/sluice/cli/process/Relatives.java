package io.jenkins.plugins.sluice.cli.process;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The processes that belong to one leader: all of its session and its descendants, also when the leader itself is gone.
 *
 * <p>The session is asked for and not the group, since a shell with job control (`set -m`) puts each job into a group of
 * its own; they all stay in the session.
 */
record Relatives(ProcessHandle leader) {

    /** Those that are alive, the leader included. */
    List<ProcessHandle> living() {
        return LinuxProcess.isLinux()
                ? handles(family())
                : Stream.concat(Stream.of(leader), leader.descendants())
                        .filter(ProcessHandle::isAlive)
                        .toList();
    }

    /** Those of the living which a signal to the leader's group does not reach. */
    List<ProcessHandle> outsideGroup() {
        return LinuxProcess.isLinux()
                ? handles(
                        family().stream().filter(p -> p.group() != leader.pid()).toList())
                : living();
    }

    private List<LinuxProcess> family() {
        List<LinuxProcess> everything = LinuxProcess.all(pid -> true);
        Set<Long> family = new HashSet<>(Set.of(leader.pid()));
        everything.stream().filter(p -> p.session() == leader.pid()).forEach(p -> family.add(p.pid()));
        while (everything.stream().anyMatch(p -> family.contains(p.parent()) && family.add(p.pid()))) {
            // each round finds children of those found before
        }
        return everything.stream().filter(p -> family.contains(p.pid())).toList();
    }

    /**
     * Those of the session that are alive, found cheaply since it is asked after each process: numbers are given
     * upwards, so only processes that are newer than the leader are looked at.
     */
    List<ProcessHandle> leftBehind() {
        if (!LinuxProcess.isLinux()) {
            return living();
        }
        boolean numbersStartedAgain = LinuxProcess.newest() < leader.pid();
        return handles(LinuxProcess.all(pid -> numbersStartedAgain || pid > leader.pid()).stream()
                .filter(p -> p.session() == leader.pid())
                .toList());
    }

    private static List<ProcessHandle> handles(List<LinuxProcess> processes) {
        return processes.stream()
                .map(p -> ProcessHandle.of(p.pid()))
                .flatMap(Optional::stream)
                .toList();
    }
}
