package io.jenkins.plugins.sluice.library;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The events of a run without what differs from run to run, and from host to host, by nature. */
final class EventLog {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** What only one of the hosts has a reason to say. */
    private static final Set<String> OF_HOSTS =
            Set.of("run-started", "run-resumed", "workspace-kept", "question-asked");

    /** Images and containers, which are no other run's, and where a host keeps artifacts. */
    private static final Pattern OWN_NAME = Pattern.compile(
            "(file|http):[^,]*?/artifact/([a-z-]+/make/)?|(sha256:)?[0-9a-f]{64}|sluice-(image-)?[0-9a-f]{16,32}(-[0-9]+)*");

    private EventLog() {}

    /** What the command line has written down of a run. */
    static List<String> ofJournal(Path journal) {
        try {
            List<String> events = new ArrayList<>();
            for (String line : Files.readAllLines(journal)) {
                events.add(line.substring(line.indexOf(' ') + 1));
            }
            return events;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By stage, in their order; those of the run itself under an empty name. */
    static Map<String, List<String>> normal(List<String> events) {
        Map<String, List<String>> byStage = new TreeMap<>();
        for (String event : events) {
            ObjectNode json = parse(event);
            if (!OF_HOSTS.contains(json.path("event").asText())) {
                json.remove("at");
                json.remove("deadline");
                forget(json.path("vote"), "id", "via", "groups");
                json.path("result").path("kept").forEach(file -> forget(file, "digest", "size"));
                json.path("shown").forEach(file -> forget(file, "digest", "size"));
                byStage.computeIfAbsent(json.path("stage").asText(), s -> new ArrayList<>())
                        .add(OWN_NAME.matcher(json.toString()).replaceAll("<its own>"));
            }
        }
        return byStage;
    }

    private static ObjectNode parse(String event) {
        try {
            return (ObjectNode) MAPPER.readTree(event);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void forget(JsonNode json, String... keys) {
        if (json instanceof ObjectNode object) {
            object.remove(List.of(keys));
        }
    }
}
