package io.jenkins.plugins.sluice.handle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.sluice.gate.Parties;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.run.EventJson;
import io.jenkins.plugins.sluice.run.RunEvent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The written form of a run: with what it began, what has happened, and what its attempts have been told so far. A change of
 * the form gets a new number, and a text of each earlier one stays among the tests.
 */
final class HandleJson {
    private static final int FORMAT = 1;
    private static final Set<String> AUDITED = Set.of("gate-opened", "vote-cast", "vote-refused", "gate-decided");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private HandleJson() {}

    static String write(RunHandle run) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("format", FORMAT);
        write(run.basis(), json.putObject("basis"));
        if (run.isRepetition()) {
            json.put("rerunOf", run.rerunOf());
        }
        ObjectNode attempts = json.putObject("attempts");
        run.attempts().onTheirWay().forEach((stage, attempt) -> {
            ObjectNode one = attempts.putObject(String.valueOf(stage));
            Attempt.Written written = attempt.written();
            one.put("number", written.number()).put("carried", written.carried());
            written.told().forEach(one.putArray("told")::add);
        });
        ObjectNode here = json.putObject("here");
        run.presence().here().forEach((group, stages) -> stages.forEach(here.putArray(String.valueOf(group))::add));
        ObjectNode meshes = json.putObject("meshes");
        run.meshes().finished().forEach((mesh, parts) -> parts.forEach(meshes.putArray(String.valueOf(mesh))::add));
        run.shown().forEach(json.putArray("shown")::add);
        Map<Integer, String> reports = run.attempts().reports();
        if (!reports.isEmpty()) {
            ObjectNode texts = json.putObject("reports");
            reports.forEach((stage, files) -> texts.put(String.valueOf(stage), files));
        }
        // The events are most of it, and texts of JSON already.
        String head = json.toString();
        return head.substring(0, head.length() - 1) + ",\"events\":[" + String.join(",", run.events()) + "]}";
    }

    private static void write(RunBasis basis, ObjectNode json) {
        json.put("key", basis.key()).put("file", basis.file()).put("config", basis.config());
        basis.pipelines().forEach(json.putArray("pipelines")::add);
        basis.trigger().facts().forEach(json.putObject("trigger")::put);
        basis.trigger().env().forEach(json.putObject("environment")::put);
        basis.skips().forEach(json.putObject("skips")::put);
        basis.setup().forEach(json.putObject("setup")::put);
        basis.run().forEach(json.putObject("run")::put);
        basis.parties().author().forEach(json.putArray("author")::add);
        basis.parties().starter().forEach(json.putArray("starter")::add);
        basis.source().forEach(json.putObject("source")::put);
        json.put("site", basis.site()).put("policy", basis.policy());
        basis.review().ifPresent(text -> json.put("review", text));
    }

    /**
     * The run again.
     *
     * @throws IllegalArgumentException if the text is of no form that this version knows
     * @throws IllegalStateException if the configuration cannot be read any more
     */
    static RunHandle read(String text, Controller controller) {
        JsonNode json = parse(text);
        RunHandle run = recalled(json, controller);
        json.path("meshes").fields().forEachRemaining(mesh -> {
            Set<Integer> parts = new TreeSet<>();
            mesh.getValue().forEach(part -> parts.add(part.asInt()));
            run.meshes().finished().put(Integer.valueOf(mesh.getKey()), parts);
        });
        json.path("here").fields().forEachRemaining(group -> run.presence()
                .here()
                .put(Integer.valueOf(group.getKey()), new LinkedHashSet<>(texts(group.getValue()))));
        json.path("shown").forEach(stage -> run.shown().add(stage.asInt()));
        Map<Integer, String> reports = run.attempts().reports();
        values(json.path("reports")).forEach((stage, files) -> reports.put(Integer.valueOf(stage), files));
        Map<Integer, Attempt.Written> attempts = new LinkedHashMap<>();
        json.path("attempts")
                .fields()
                .forEachRemaining(attempt -> attempts.put(
                        Integer.valueOf(attempt.getKey()),
                        new Attempt.Written(
                                attempt.getValue().path("number").asInt(),
                                attempt.getValue().path("carried").asText(),
                                texts(attempt.getValue().path("told")))));
        run.takeUp(attempts);
        return run;
    }

    /** The same to look at. */
    static RunHandle view(String text, Controller controller) {
        return recalled(parse(text), controller);
    }

    private static JsonNode parse(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static RunHandle recalled(JsonNode json, Controller controller) {
        if (json.path("format").asInt() != FORMAT) {
            throw new IllegalArgumentException(
                    "it was written by another version of Sluice (format " + json.path("format") + ")");
        }
        RunHandle run = new RunHandle(readBasis(json.path("basis")), controller);
        run.repeats(json.path("rerunOf").asText());
        EventJson events = new EventJson(EventJson.Guard.plain());
        List<RunEvent> happened = new ArrayList<>();
        json.path("events").forEach(event -> happened.add(events.read(event.toString())));
        run.progress().recall(happened);
        return run;
    }

    /** The events that are about gates, a line each. */
    static String audit(List<String> events) {
        List<String> lines =
                events.stream().filter(event -> AUDITED.contains(kind(event))).toList();
        return "[" + String.join(",\n ", lines) + "]\n";
    }

    private static String kind(String event) {
        return parse(event).path("event").asText();
    }

    private static RunBasis readBasis(JsonNode json) {
        return RunBasis.builder(json.path("key").asText(), json.path("file").asText())
                .config(json.path("config").asText())
                .pipelines(texts(json.path("pipelines")))
                .trigger(new Trigger(values(json.path("trigger")), Optional.empty(), values(json.path("environment"))))
                .skips(values(json.path("skips")))
                .setup(values(json.path("setup")))
                .run(values(json.path("run")))
                .parties(new Parties(texts(json.path("author")), texts(json.path("starter"))))
                .source(values(json.path("source")))
                .site(json.path("site").asText())
                .policy(json.path("policy").asText())
                .review(Optional.ofNullable(json.get("review")).map(JsonNode::asText))
                .build();
    }

    private static List<String> texts(JsonNode json) {
        List<String> texts = new ArrayList<>();
        json.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Map<String, String> values(JsonNode json) {
        Map<String, String> values = new LinkedHashMap<>();
        json.fields()
                .forEachRemaining(
                        field -> values.put(field.getKey(), field.getValue().asText()));
        return values;
    }
}
