package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.cli.ask.Question;
import io.jenkins.plugins.sluice.cli.ask.WebhookKey;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.report.GateView;
import io.jenkins.plugins.sluice.run.GateRun;
import io.jenkins.plugins.sluice.run.Ruling;
import io.jenkins.plugins.sluice.run.StageRun;
import io.jenkins.plugins.sluice.run.StageStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the answers that programs give later, at an address that works once. Who answers must know the address, which only
 * the question told, and sign the answer with the gate's secret.
 */
public final class AnswerDesk {

    private final StateDirectory state;
    private final Secrets secrets;

    public AnswerDesk(StateDirectory state, Secrets secrets) {
        this.state = state;
        this.secrets = secrets;
    }

    /**
     * What to respond.
     *
     * @param status of HTTP
     * @param text one line for people
     * @param run the run whose gate it was about, if the vote counts
     */
    public record Response(int status, String text, Optional<StoredRun> run) {
        static Response refused(int status, String text) {
            return new Response(status, text, Optional.empty());
        }
    }

    private record Found(StoredRun run, GateView gate, GateQuestion question) {}

    /**
     * Takes an answer; from any thread.
     *
     * @param token what the address ends with
     * @param headers all headers of the request
     * @param body all of its bytes
     */
    public Response take(String token, Map<String, List<String>> headers, byte[] body) throws IOException {
        Optional<Found> found = find(token);
        if (found.isEmpty()) {
            return Response.refused(404, "there is no such question");
        }
        Found what = found.get();
        Gate.Ask ask = what.gate().gate().ask().orElseThrow();
        if (isUsed(what, ask)) {
            return Response.refused(410, "this question was answered, or decided by someone else");
        }
        String secret = secrets.value(ask.credential(), Credential.Part.TEXT).orElse("");
        if (WebhookKey.reasonAgainstSecret(secret).isPresent()) {
            return Response.refused(
                    503, "the secret '" + ask.secret() + "' is not there, so no answer can be verified");
        }
        Question question = what.question().question(ask, Optional.empty());
        Optional<String> forged = question.reasonAgainst(headers, body, WebhookKey.of(secret), Instant.now());
        if (forged.isPresent()) {
            return Response.refused(401, "the answer " + forged.get());
        }
        GateQuestion.Read read = GateQuestion.vote(ask, new String(body, StandardCharsets.UTF_8));
        return read.vote().isPresent()
                ? cast(what, read.vote().get())
                : Response.refused(422, "the answer is none: " + read.reason());
    }

    private static boolean isUsed(Found what, Gate.Ask ask) {
        StageRun stage = what.run().state().stage(what.gate().number());
        boolean voted = stage.gate().stream()
                .flatMap(gate -> gate.votes().stream())
                .anyMatch(vote -> vote.via().equals(Vote.HTTP) && vote.voter().equals(ask.program()));
        return voted || stage.status() != StageStatus.ASKING;
    }

    private static Response cast(Found what, Vote vote) throws IOException {
        Optional<String> refusal = what.run().cast(what.gate().number(), vote).flatMap(Ruling::refusal);
        return refusal.isPresent()
                ? Response.refused(422, "the answer does not count: " + refusal.get())
                : new Response(200, "the answer counts", Optional.of(what.run()));
    }

    private Optional<Found> find(String token) throws IOException {
        for (Path directory : state.runs()) {
            Optional<Found> found = StoredRun.isReadable(directory) ? find(directory, token) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** A run that cannot be read has no question that could be answered. */
    private Optional<Found> find(Path directory, String token) {
        try {
            return find(StoredRun.read(state, directory), token);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Found> find(StoredRun run, String token) {
        return run.plan().stages().stream()
                .filter(stage -> stage.stage().work().gate().flatMap(Gate::ask).isPresent())
                .filter(stage -> run.state()
                        .stage(stage.number())
                        .gate()
                        .map(GateRun::openedAt)
                        .isPresent())
                .map(stage -> GateView.of(run.state(), run.keeper(), stage.number()))
                .map(gate -> new Found(run, gate, new GateQuestion(run, gate)))
                .filter(found -> found.question().hasToken(token))
                .findFirst();
    }
}
