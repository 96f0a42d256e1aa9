package io.jenkins.plugins.sluice.cli.process;

import java.io.File;
import java.io.IOException;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Sends a signal to a process group and to single processes. */
enum Signals {
    TERM,
    KILL;

    /** To the whole group at once, so that no child is born unnoticed between two of its members' ends. */
    void toGroup(long group) {
        // Java knows no signals to groups; kill is built into every shell, while /bin/kill need not be installed.
        // The form with -s is the only one that dash understands in front of a group.
        ProcessBuilder shell = new ProcessBuilder("/bin/sh", "-c", "kill -s " + name() + " -- -" + group);
        File nowhere = new File("/dev/null");
        shell.redirectErrorStream(true).redirectOutput(nowhere).redirectInput(nowhere);
        try {
            if (!shell.start().waitFor(5, TimeUnit.SECONDS)) {
                throw new IOException("kill did not return");
            }
        } catch (IOException e) {
            System.getLogger(Signals.class.getName())
                    .log(System.Logger.Level.WARNING, "no %s to group %d".formatted(lower(), group), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the signal is on its way all the same
        }
    }

    void to(Collection<ProcessHandle> processes) {
        processes.forEach(this::to);
    }

    private void to(ProcessHandle process) {
        boolean sent = this == KILL ? process.destroyForcibly() : process.destroy();
        if (!sent && process.isAlive()) {
            System.getLogger(Signals.class.getName())
                    .log(System.Logger.Level.DEBUG, "no {0} to {1}", lower(), process.pid());
        }
    }

    private String lower() {
        return name().toLowerCase(Locale.ROOT);
    }
}
