package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.cli.local.StoredRun;
import java.nio.file.Path;

/** Commands that a person can type next. */
final class Hints {

    private Hints() {}

    /** The command for a run, with what it takes to find the run from here. */
    static String command(String command, StoredRun run, Console console) {
        return "sluice " + command + " " + run.id() + place(run, console);
    }

    /** The command to vote at a gate of a run. */
    static String vote(String command, StoredRun run, String gate, Console console) {
        return "sluice " + command + " " + run.id() + " " + gate + place(run, console);
    }

    private static String place(StoredRun run, Console console) {
        Path here = console.directory().toAbsolutePath().normalize();
        Path repository = run.repository();
        boolean inside = here.startsWith(repository);
        String place = inside ? "" : " -C " + (repository.startsWith(here) ? here.relativize(repository) : repository);
        boolean usual = run.stateDirectory().isOf(repository);
        return usual ? place : " --state " + run.stateDirectory().root();
    }
}
