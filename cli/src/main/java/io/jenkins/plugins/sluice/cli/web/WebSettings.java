package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.cli.local.AnswerDesk;
import io.jenkins.plugins.sluice.cli.local.StateDirectory;
import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.report.Masker;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/**
 * What a web page is about.
 *
 * @param state where the runs are
 * @param port where to listen; 0 for any that is free
 * @param name what the page calls the place of the runs
 * @param voter who its user probably is
 * @param groups knows who belongs to which groups
 * @param masker hides the secrets that this process knows
 * @param answers takes the answers of programs
 * @param work goes on with runs; empty if this page only shows them
 * @param log where it is told how runs go that the page goes on with
 */
public record WebSettings(
        StateDirectory state,
        int port,
        String name,
        String voter,
        Groups groups,
        Masker masker,
        AnswerDesk answers,
        Optional<Work> work,
        PrintStream log) {

    /** Knows who belongs to which groups. */
    @FunctionalInterface
    public interface Groups {
        /** The groups of a gate that somebody belongs to. */
        List<String> of(String voter, Gate gate) throws IOException;
    }

    /** Goes on with runs. */
    @FunctionalInterface
    public interface Work {
        /**
         * Goes on with a run until it is over or waits at gates; several runs at the same time are possible.
         *
         * @throws IOException if that is impossible, with words for people
         */
        void goOn(StoredRun run, PrintStream out) throws IOException;
    }
}
