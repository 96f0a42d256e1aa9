package io.jenkins.plugins.sluice.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.gate.Vote;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The written form of events: one JSON object without line breaks for each. What one version has written, every later one
 * reads: keys and words are never given another meaning, and what is not known is refused.
 */
public final class EventJson {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Guard guard;

    /**
     * Keeps what is written apart from what it stands for, where that must not be written down.
     *
     * @see #plain
     */
    public interface Guard {
        /** A text for people as it may be written. */
        default String masked(String text) {
            return text;
        }

        /** A value of which more than that must be restored later, as it may be written; empty if as it is. */
        default Optional<String> hidden(String value) {
            return Optional.empty();
        }

        /**
         * The value again.
         *
         * @throws HiddenValueException if that is not possible
         */
        String revealed(String hidden);

        /** Writes everything as it is, and cannot show what was hidden. */
        static Guard plain() {
            return hidden -> {
                throw new HiddenValueException("a value is hidden, and there is no key");
            };
        }

        /** The guard of someone who only looks: what is hidden stays so. */
        static Guard viewer() {
            return hidden -> "****";
        }
    }

    public EventJson(Guard guard) {
        this.guard = guard;
    }

    /** The event as one line, without a line break at its end. */
    public String write(RunEvent event) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("event", "");
        json.put("at", event.at().toString());
        json.put("event", fill(event, json));
        try {
            return withoutHalves(MAPPER.writeValueAsString(json));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }

    /** Half a surrogate pair has no bytes in UTF-8, so it is written as an escape. It can only stand inside a text. */
    private static String withoutHalves(String line) {
        if (line.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            return line;
        }
        StringBuilder out = new StringBuilder(line.length() + 16);
        line.codePoints().forEach(c -> {
            boolean half = Character.isBmpCodePoint(c) && Character.isSurrogate((char) c);
            out.append(half ? String.format("\\u%04x", c) : Character.toString(c));
        });
        return out.toString();
    }

    /** Fills in what only this kind of event has, and gives its word. */
    private String fill(RunEvent event, ObjectNode json) {
        if (event instanceof RunEvent.AttemptStarted e) {
            json.put("stage", e.stage()).put("attempt", e.attempt());
            return "attempt-started";
        }
        if (event instanceof RunEvent.AttemptEnded e) {
            json.put("stage", e.stage()).put("attempt", e.attempt());
            json.set("result", result(e.result()));
            return "attempt-ended";
        }
        if (event instanceof RunEvent.AttemptLost e) {
            json.put("stage", e.stage()).put("attempt", e.attempt()).put("reason", guard.masked(e.reason()));
            return "attempt-lost";
        }
        if (event instanceof RunEvent.StageSkipped e) {
            json.put("stage", e.stage()).put("reason", guard.masked(e.reason()));
            return "stage-skipped";
        }
        if (event instanceof RunEvent.ResultTaken e) {
            json.put("stage", e.stage()).put("fromRun", e.fromRun());
            json.set("result", result(e.result()));
            return "result-taken";
        }
        return fillGate(event, json).orElseGet(() -> fillRun(event, json));
    }

    private Optional<String> fillGate(RunEvent event, ObjectNode json) {
        if (event instanceof RunEvent.GateOpened e) {
            json.put("stage", e.stage()).put("question", guard.masked(e.question()));
            e.deadline().ifPresent(end -> json.put("deadline", end.toString()));
            JsonFields.files(e.shown(), json.putArray("shown"));
            return Optional.of("gate-opened");
        }
        if (event instanceof RunEvent.QuestionAsked e) {
            json.put("stage", e.stage());
            return Optional.of("question-asked");
        }
        if (event instanceof RunEvent.VoteCast e) {
            json.put("stage", e.stage());
            json.set("vote", vote(e.vote()));
            return Optional.of("vote-cast");
        }
        if (event instanceof RunEvent.VoteRefused e) {
            json.put("stage", e.stage()).put("reason", guard.masked(e.reason()));
            json.set("vote", vote(e.vote()));
            return Optional.of("vote-refused");
        }
        if (event instanceof RunEvent.GateDecided e) {
            json.put("stage", e.stage()).put("verdict", e.verdict().word());
            json.set("result", result(e.result()));
            return Optional.of("gate-decided");
        }
        return Optional.empty();
    }

    private String fillRun(RunEvent event, ObjectNode json) {
        if (event instanceof RunEvent.RunStarted e) {
            json.put("run", e.run());
            return "run-started";
        }
        if (event instanceof RunEvent.WorkspaceKept e) {
            json.put("workspace", e.workspace()).put("digest", e.digest()).put("bytes", e.bytes());
            return "workspace-kept";
        }
        if (event instanceof RunEvent.AbortRequested e) {
            json.put("reason", guard.masked(e.reason()));
            return "abort-requested";
        }
        if (event instanceof RunEvent.RunFinished e) {
            json.put("outcome", e.outcome().word());
            return "run-finished";
        }
        return "run-resumed";
    }

    private ObjectNode result(AttemptResult result) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("outcome", result.outcome().word());
        if (!result.detail().isEmpty()) {
            json.put("detail", guard.masked(result.detail()));
        }
        if (!result.cause().isEmpty()) {
            json.put("cause", result.cause());
        }
        if (!result.outputs().isEmpty()) {
            values(result.outputs(), json.putObject("outputs"));
        }
        if (!result.kept().isEmpty()) {
            JsonFields.files(result.kept(), json.putArray("kept"));
        }
        result.tests().ifPresent(tests -> JsonFields.tests(tests, guard::masked, json.putObject("tests")));
        return json;
    }

    private void values(Map<String, String> values, ObjectNode json) {
        values.forEach((name, value) -> guard.hidden(value)
                .ifPresentOrElse(hidden -> json.putObject(name).put("hidden", hidden), () -> json.put(name, value)));
    }

    private ObjectNode vote(Vote vote) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("id", vote.id()).put("voter", vote.voter()).put("vote", vote.word());
        json.put("via", vote.via());
        if (!vote.groups().isEmpty()) {
            JsonFields.texts(vote.groups(), json.putArray("groups"));
        }
        if (!vote.comment().isEmpty()) {
            json.put("comment", guard.masked(vote.comment()));
        }
        if (!vote.inputs().isEmpty()) {
            values(vote.inputs(), json.putObject("inputs"));
        }
        return json;
    }

    /**
     * The event that a line stands for.
     *
     * @throws IllegalArgumentException if it stands for none, with a reason for people
     */
    public RunEvent read(String line) {
        return read(JsonFields.parse(MAPPER, line));
    }

    private RunEvent read(JsonNode json) {
        Instant at = JsonFields.instant(json, "at");
        String kind = JsonFields.text(json, "event");
        return switch (kind) {
            case "run-started" -> new RunEvent.RunStarted(JsonFields.text(json, "run"), at);
            case "run-resumed" -> new RunEvent.RunResumed(at);
            case "workspace-kept" ->
                new RunEvent.WorkspaceKept(
                        JsonFields.text(json, "workspace"),
                        JsonFields.text(json, "digest"),
                        JsonFields.number(json, "bytes"),
                        at);
            case "abort-requested" -> new RunEvent.AbortRequested(JsonFields.text(json, "reason"), at);
            case "run-finished" ->
                new RunEvent.RunFinished(
                        word(json, "outcome", List.of(RunOutcome.values()), RunOutcome::word, "outcome of a run"), at);
            default -> readOfStage(kind, json, at);
        };
    }

    private RunEvent readOfStage(String kind, JsonNode json, Instant at) {
        return switch (kind) {
            case "attempt-started" ->
                new RunEvent.AttemptStarted(JsonFields.text(json, "stage"), JsonFields.count(json, "attempt"), at);
            case "attempt-ended" ->
                new RunEvent.AttemptEnded(
                        JsonFields.text(json, "stage"), JsonFields.count(json, "attempt"), readResult(json), at);
            case "attempt-lost" ->
                new RunEvent.AttemptLost(
                        JsonFields.text(json, "stage"),
                        JsonFields.count(json, "attempt"),
                        JsonFields.text(json, "reason"),
                        at);
            case "stage-skipped" ->
                new RunEvent.StageSkipped(JsonFields.text(json, "stage"), JsonFields.text(json, "reason"), at);
            case "result-taken" ->
                new RunEvent.ResultTaken(
                        JsonFields.text(json, "stage"), JsonFields.text(json, "fromRun"), readResult(json), at);
            case "gate-opened" ->
                new RunEvent.GateOpened(
                        JsonFields.text(json, "stage"),
                        JsonFields.text(json, "question"),
                        JsonFields.readFiles(json, "shown"),
                        json.has("deadline") ? Optional.of(JsonFields.instant(json, "deadline")) : Optional.empty(),
                        at);
            case "question-asked" -> new RunEvent.QuestionAsked(JsonFields.text(json, "stage"), at);
            case "vote-cast" ->
                new RunEvent.VoteCast(JsonFields.text(json, "stage"), readVote(JsonFields.map(json, "vote")), at);
            case "vote-refused" ->
                new RunEvent.VoteRefused(
                        JsonFields.text(json, "stage"),
                        readVote(JsonFields.map(json, "vote")),
                        JsonFields.text(json, "reason"),
                        at);
            case "gate-decided" ->
                new RunEvent.GateDecided(
                        JsonFields.text(json, "stage"),
                        Verdict.of(JsonFields.text(json, "verdict")),
                        readResult(json),
                        at);
            default ->
                throw new IllegalArgumentException("'" + kind + "' is no event that this version of Sluice knows");
        };
    }

    private AttemptResult readResult(JsonNode owner) {
        JsonNode json = JsonFields.map(owner, "result");
        Optional<TestReport> tests =
                json.has("tests") ? Optional.of(JsonFields.readTests(JsonFields.map(json, "tests"))) : Optional.empty();
        return new AttemptResult(
                word(json, "outcome", List.of(Outcome.values()), Outcome::word, "outcome"),
                JsonFields.textOrEmpty(json, "detail"),
                JsonFields.textOrEmpty(json, "cause"),
                readValues(json, "outputs"),
                JsonFields.readFiles(json, "kept"),
                tests);
    }

    private Vote readVote(JsonNode json) {
        return new Vote(
                JsonFields.text(json, "id"),
                JsonFields.text(json, "voter"),
                JsonFields.readTexts(json, "groups"),
                word(json, "vote", List.of(true, false), yes -> yes ? "approve" : "reject", "vote"),
                JsonFields.textOrEmpty(json, "comment"),
                readValues(json, "inputs"),
                JsonFields.text(json, "via"));
    }

    private Map<String, String> readValues(JsonNode owner, String key) {
        JsonNode json = owner.has(key) ? JsonFields.map(owner, key) : MAPPER.createObjectNode();
        Map<String, String> values = new LinkedHashMap<>();
        json.fields().forEachRemaining(field -> {
            JsonNode value = field.getValue();
            JsonNode written = value.isObject() ? value.path("hidden") : value;
            JsonFields.expect(written.isTextual(), key + "." + field.getKey(), "text");
            values.put(field.getKey(), value.isObject() ? guard.revealed(written.textValue()) : written.textValue());
        });
        return values;
    }

    /** The one of some values that a word stands for. */
    private static <T> T word(JsonNode json, String key, List<T> values, Function<T, String> words, String what) {
        String word = JsonFields.text(json, key);
        return values.stream()
                .filter(value -> words.apply(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + word + "' is no " + what));
    }
}
