package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.cli.ask.PostLimits;
import io.jenkins.plugins.sluice.cli.ask.PostOffice;
import io.jenkins.plugins.sluice.cli.ask.Question;
import io.jenkins.plugins.sluice.cli.ask.QuestionPost;
import io.jenkins.plugins.sluice.cli.ask.WebhookKey;
import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.report.GateView;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** Asks by HTTP. */
final class ProgramAsker implements Asker {

    private final StoredRun run;
    private final Secrets secrets;
    private final Executor threads;
    private final Consumer<Runnable> inbox;
    private final Map<Integer, QuestionPost> underWay = new ConcurrentHashMap<>();

    ProgramAsker(StoredRun run, Secrets secrets, Executor threads, Consumer<Runnable> inbox) {
        this.run = run;
        this.secrets = secrets;
        this.threads = threads;
        this.inbox = inbox;
    }

    @Override
    public void ask(GateView gate, Consumer<Reply> then) {
        Gate.Ask ask = gate.gate().ask().orElseThrow();
        String secret = secrets.value(ask.credential(), Credential.Part.TEXT).orElse("");
        Optional<String> against = WebhookKey.reasonAgainstSecret(secret);
        if (against.isPresent()) {
            inbox.accept(() -> then.accept(new Reply.Failed("the secret '" + ask.secret() + "' " + against.get())));
            return;
        }
        threads.execute(() -> {
            Reply reply = send(gate, ask, WebhookKey.of(secret));
            inbox.accept(() -> then.accept(reply));
        });
    }

    private Reply send(GateView gate, Gate.Ask ask, WebhookKey key) {
        try {
            Optional<String> base = run.stateDirectory().answerBase();
            Question question = new GateQuestion(run, gate).question(ask, base);
            QuestionPost post = new PostOffice(PostLimits.DEFAULT).take(question, key);
            underWay.put(gate.number(), post);
            return reply(post.send(), ask, base);
        } catch (IOException | RuntimeException e) {
            return new Reply.Failed(InstructionRunner.words(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply.Failed("interrupted");
        } finally {
            underWay.remove(gate.number());
        }
    }

    private static Reply reply(io.jenkins.plugins.sluice.cli.ask.Reply posted, Gate.Ask ask, Optional<String> base) {
        if (posted instanceof io.jenkins.plugins.sluice.cli.ask.Reply.Answered answered) {
            GateQuestion.Read read = GateQuestion.vote(ask, answered.body());
            return read.vote()
                    .<Reply>map(Reply.Decided::new)
                    .orElseGet(() -> new Reply.Failed("the answer of " + ask.program() + " is none: " + read.reason()));
        }
        if (posted instanceof io.jenkins.plugins.sluice.cli.ask.Reply.Failed failed) {
            return new Reply.Failed(failed.reason());
        }
        if (posted instanceof io.jenkins.plugins.sluice.cli.ask.Reply.Later && base.isEmpty()) {
            return new Reply.Failed(
                    ask.program()
                            + " wants to answer later, but no 'sluice serve' was there to take its answer; start it before, and run the gate again");
        }
        return new Reply.Later();
    }

    @Override
    public void cancel(int gate) {
        QuestionPost post = underWay.get(gate);
        if (post != null) {
            post.cancel();
        }
    }
}
