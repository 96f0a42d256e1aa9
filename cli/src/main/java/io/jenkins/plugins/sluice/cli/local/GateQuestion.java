package io.jenkins.plugins.sluice.cli.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.sluice.cli.ask.Answer;
import io.jenkins.plugins.sluice.cli.ask.ParsedAnswer;
import io.jenkins.plugins.sluice.cli.ask.Question;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.GateInput;
import io.jenkins.plugins.sluice.report.GateView;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The question of a gate as a program gets it, and the program's answer as a vote. {@code docs/how-to/programs.md} describes
 * both.
 */
final class GateQuestion {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final StoredRun run;
    private final GateView gate;

    GateQuestion(StoredRun run, GateView gate) {
        this.run = run;
        this.gate = gate;
    }

    /** The same whenever the question is asked again, so that the program can tell that it is the same. */
    String id() {
        return "gate_" + code("question").substring(0, 32);
    }

    /** What the one-time address of the answer ends with; nobody can guess it. */
    String token() {
        return code("answer");
    }

    /** Whether a token is that of this question; takes as long for wrong ones as for right ones. */
    boolean hasToken(String token) {
        return MessageDigest.isEqual(token.getBytes(StandardCharsets.UTF_8), token().getBytes(StandardCharsets.UTF_8));
    }

    private String code(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(run.inputs().answerKey().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String text = purpose + "\0" + gate.id() + "\0" + gate.run().openedAt();
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC-SHA256", e);
        }
    }

    /**
     * The question.
     *
     * @param base where answers are taken, such as {@code http://127.0.0.1:8765}; without it the answer must come at once
     */
    Question question(Gate.Ask ask, Optional<String> base) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("type", "sluice.gate").put("id", id());
        json.put("run", run.id()).put("stage", gate.id()).put("question", gate.question());
        json.put("branch", run.branch()).put("commit", run.inputs().facts().getOrDefault("commit", ""));
        run.inputs().parties().author().forEach(json.putArray("author")::add);
        run.inputs().parties().starter().forEach(json.putArray("starter")::add);
        gate.run().deadline().ifPresent(end -> json.put("deadline", end.toString()));
        ArrayNode shown = json.putArray("shown");
        gate.run().shown().forEach(file -> shown.addObject()
                .put("path", file.path())
                .put("sha256", file.digest())
                .put("size", file.size()));
        ArrayNode inputs = json.putArray("inputs");
        gate.toEnter().forEach(input -> input(input, inputs.addObject()));
        json.put("comment", gate.gate().comment().name().toLowerCase(Locale.ROOT));
        json.put("missing", gate.missing());
        gate.next().forEach(json.putArray("next")::add);
        base.ifPresent(url -> json.put("answerUrl", url + "/answer/" + token()));
        return new Question(id(), ask.url(), json.toString());
    }

    private static void input(GateInput input, ObjectNode json) {
        json.put("name", input.name()).put("type", input.type().name().toLowerCase(Locale.ROOT));
        json.put("required", input.required()).put("description", input.description());
        input.choices().forEach(json.putArray("choices")::add);
        input.fallback().ifPresent(value -> json.put("default", value));
    }

    /** An answer as a vote, or why it is none. */
    record Read(Optional<Vote> vote, String reason) {}

    /** Reads an answer of which is known that the program gave it. */
    static Read vote(Gate.Ask ask, String body) {
        ParsedAnswer parsed = Answer.parse(body);
        if (parsed instanceof ParsedAnswer.Invalid invalid) {
            return new Read(Optional.empty(), invalid.reason());
        }
        Answer answer = ((ParsedAnswer.Valid) parsed).answer();
        String by = answer.by()
                .map(name -> name + (answer.comment().isEmpty() ? "" : ": "))
                .orElse("");
        Vote vote = new Vote(
                UUID.randomUUID().toString(),
                ask.program(),
                List.of(),
                answer.approve(),
                by + answer.comment(),
                answer.inputs(),
                Vote.HTTP);
        return new Read(Optional.of(vote), "");
    }
}
