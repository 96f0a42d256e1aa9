package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.report.GateView;
import java.util.function.Consumer;

/** Puts the questions of gates to the programs that decide. */
interface Asker {

    /** What came of a question. */
    sealed interface Reply {
        /** The program has decided at once. */
        record Decided(Vote vote) implements Reply {}

        /** It has the question, and will answer by the address that it was given. */
        record Later() implements Reply {}

        /** It could not be asked, or its answer cannot be trusted. */
        record Failed(String reason) implements Reply {}
    }

    /** Asks on a thread of its own; {@code then} is called on the thread that owns the run. */
    void ask(GateView gate, Consumer<Reply> then);

    /** Gives up a question that was decided otherwise; its reply may still come, and does not matter. */
    void cancel(int gate);
}
