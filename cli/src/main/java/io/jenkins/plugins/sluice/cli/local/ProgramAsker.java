package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.report.GateView;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Asks by HTTP. */
final class ProgramAsker implements Asker {

    private final Consumer<Runnable> inbox;

    ProgramAsker(StoredRun run, Secrets secrets, Executor threads, Consumer<Runnable> inbox) {
        this.inbox = inbox;
    }

    @Override
    public void ask(GateView gate, Consumer<Reply> then) {
        inbox.accept(() -> then.accept(new Reply.Failed("no program can be asked yet")));
    }
}
