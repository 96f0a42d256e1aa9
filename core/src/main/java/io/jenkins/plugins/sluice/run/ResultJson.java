package io.jenkins.plugins.sluice.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The written form of {@link InstructionResult}s: one JSON object each. It crosses between a controller and its agents, and is
 * kept while an attempt is on its way; what one version has written, every later one reads.
 */
public final class ResultJson {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ResultJson() {}

    /** The text for a result, without line breaks. */
    public static String write(InstructionResult result) {
        ObjectNode json = MAPPER.createObjectNode();
        String kind =
                writeEnd(result, json).or(() -> writeFinding(result, json)).orElse("done");
        json.put("result", kind);
        return json.toString();
    }

    /** How something ended. */
    private static Optional<String> writeEnd(InstructionResult result, ObjectNode json) {
        if (result instanceof InstructionResult.ScriptEnded ended) {
            json.put("exitCode", ended.exitCode());
            return Optional.of("script-ended");
        }
        if (result instanceof InstructionResult.TimedOut timedOut) {
            json.put("after", timedOut.after().toString());
            return Optional.of("timed-out");
        }
        if (result instanceof InstructionResult.Aborted aborted) {
            json.put("reason", aborted.reason());
            return Optional.of("aborted");
        }
        if (result instanceof InstructionResult.AgentLost lost) {
            json.put("reason", lost.reason());
            return Optional.of("agent-lost");
        }
        if (result instanceof InstructionResult.Broken broken) {
            json.put("message", broken.message());
            return Optional.of("broken");
        }
        if (result instanceof InstructionResult.WorkFailed failed) {
            json.put("why", failed.why());
            return Optional.of("work-failed");
        }
        if (result instanceof InstructionResult.JobStarted started) {
            started.failure().ifPresent(failure -> json.put("failure", failure));
            return Optional.of("job-started");
        }
        return Optional.empty();
    }

    /** What something found or made. */
    private static Optional<String> writeFinding(InstructionResult result, ObjectNode json) {
        if (result instanceof InstructionResult.FileRead read) {
            read.text().ifPresent(text -> json.put("text", text));
            return Optional.of("file-read");
        }
        if (result instanceof InstructionResult.Kept kept) {
            JsonFields.files(kept.files(), json.putArray("files"));
            JsonFields.texts(kept.unmatched(), json.putArray("unmatched"));
            JsonFields.texts(kept.nearby(), json.putArray("nearby"));
            return Optional.of("kept");
        }
        if (result instanceof InstructionResult.TestsRead read) {
            JsonFields.tests(read.report(), UnaryOperator.identity(), json.putObject("report"));
            JsonFields.texts(read.unmatched(), json.putArray("unmatched"));
            return Optional.of("tests-read");
        }
        if (result instanceof InstructionResult.ImageBuilt built) {
            json.put("id", built.id());
            return Optional.of("image-built");
        }
        if (result instanceof InstructionResult.ContainerEnded ended) {
            json.put("container", ended.container()).put("exitCode", ended.exitCode());
            json.put("output", ended.output());
            return Optional.of("container-ended");
        }
        if (result instanceof InstructionResult.ImagePushed pushed) {
            json.put("digest", pushed.digest());
            return Optional.of("image-pushed");
        }
        return Optional.empty();
    }

    /**
     * The result that a text stands for.
     *
     * @throws IllegalArgumentException if it stands for none, with a reason for people
     */
    public static InstructionResult read(String text) {
        return read(JsonFields.parse(MAPPER, text));
    }

    private static InstructionResult read(JsonNode json) {
        String kind = JsonFields.text(json, "result");
        return switch (kind) {
            case "done" -> new InstructionResult.Done();
            case "script-ended" -> new InstructionResult.ScriptEnded(JsonFields.count(json, "exitCode"));
            case "timed-out" -> new InstructionResult.TimedOut(Duration.parse(JsonFields.text(json, "after")));
            case "aborted" -> new InstructionResult.Aborted(JsonFields.text(json, "reason"));
            case "agent-lost" -> new InstructionResult.AgentLost(JsonFields.text(json, "reason"));
            case "broken" -> new InstructionResult.Broken(JsonFields.text(json, "message"));
            case "work-failed" -> new InstructionResult.WorkFailed(JsonFields.text(json, "why"));
            case "job-started" -> new InstructionResult.JobStarted(optional(json, "failure"));
            case "file-read" -> new InstructionResult.FileRead(optional(json, "text"));
            case "kept" ->
                new InstructionResult.Kept(
                        JsonFields.readFiles(json, "files"),
                        JsonFields.readTexts(json, "unmatched"),
                        JsonFields.readTexts(json, "nearby"));
            case "tests-read" ->
                new InstructionResult.TestsRead(
                        JsonFields.readTests(JsonFields.map(json, "report")), JsonFields.readTexts(json, "unmatched"));
            case "image-built" -> new InstructionResult.ImageBuilt(JsonFields.text(json, "id"));
            case "container-ended" ->
                new InstructionResult.ContainerEnded(
                        JsonFields.text(json, "container"),
                        JsonFields.count(json, "exitCode"),
                        JsonFields.text(json, "output"));
            case "image-pushed" -> new InstructionResult.ImagePushed(JsonFields.text(json, "digest"));
            default ->
                throw new IllegalArgumentException("'" + kind + "' is no result that this version of Sluice knows");
        };
    }

    private static Optional<String> optional(JsonNode json, String key) {
        return json.has(key) ? Optional.of(JsonFields.text(json, key)) : Optional.empty();
    }
}
