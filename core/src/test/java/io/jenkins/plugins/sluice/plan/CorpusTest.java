package io.jenkins.plugins.sluice.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.sluice.Golden;
import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.report.PlanJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Real PipelineLib files against what PipelineLib itself computes for them: levels of the graph, agents and stages with their
 * defaults. The files are not part of the project; where the folder is missing, this is left out.
 */
class CorpusTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Path CORPUS = Golden.repository().resolve("../shared/corpus");

    /** What Sluice adds to an action of PipelineLib. */
    private static final List<String> EXTENSIONS = List.of("blubberfile", "dockerfile", "args");

    @Test
    void folderIsThere() {
        assumeTrue(Files.isDirectory(CORPUS), "there is no folder of PipelineLib files beside the project");
        assertThat(CORPUS).isDirectoryContaining("glob:**.yaml");
    }

    @TestFactory
    Stream<DynamicTest> fileIsUnderstoodAsPipelineLibDoes() throws IOException {
        if (!Files.isDirectory(CORPUS)) {
            return Stream.empty();
        }
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> compare(file)));
        }
    }

    private static void compare(Path file) throws IOException {
        Problems problems = new Problems();
        ExecutionPlan plan = Planner.plan(
                ModelReader.read(".pipeline/config.yaml", Files.readAllBytes(file), problems)
                        .orElseThrow(),
                Trigger.unknown());
        assertThat(problems.list()).noneMatch(p -> p.isError());
        JsonNode stages = MAPPER.readTree(PlanJson.of(plan)).get("stages");
        JsonNode expected =
                MAPPER.readTree(Golden.beside(file, ".expected.json").toFile());
        expected.fields().forEachRemaining(pipeline -> {
            Map<String, JsonNode> ours = new HashMap<>();
            stages.forEach(stage -> {
                if (stage.get("pipeline").textValue().equals(pipeline.getKey())) {
                    ours.put(stage.get("name").textValue(), stage);
                }
            });
            levels(pipeline.getValue(), pipeline.getKey(), ours);
            labels(pipeline.getValue(), ours);
            stages(pipeline.getValue(), ours);
        });
    }

    /** Nothing waits for a stage that PipelineLib puts on the same or a later level. */
    private static void levels(JsonNode pipeline, String name, Map<String, JsonNode> ours) {
        Map<String, Integer> level = new HashMap<>();
        for (int i = 0; i < pipeline.get("frames").size(); i++) {
            int number = i;
            pipeline.get("frames").get(i).forEach(stage -> level.put(stage.textValue(), number));
        }
        level.remove("setup");
        level.remove("teardown");
        assertThat(ours.keySet()).isEqualTo(level.keySet());
        ours.forEach((stage, json) -> json.path("needs").forEach(need -> {
            String before = need.textValue().substring(name.length() + 1);
            assertThat(level.get(before)).as("%s before %s", before, stage).isLessThan(level.get(stage));
        }));
    }

    private static void labels(JsonNode pipeline, Map<String, JsonNode> ours) {
        ours.values().forEach(stage -> assertThat(stage.get("agent").textValue())
                .isEqualTo(pipeline.get("labels").textValue()));
    }

    private static void stages(JsonNode pipeline, Map<String, JsonNode> ours) {
        pipeline.get("stages").forEach(expected -> {
            String name = expected.get("name").textValue();
            if (ours.containsKey(name)) {
                assertThat(actions(ours.get(name))).as(name).isEqualTo(actionsOf(expected.get("config")));
            }
        });
    }

    private static JsonNode actions(JsonNode stage) {
        ObjectNode actions = MAPPER.createObjectNode();
        stage.path("actions").fields().forEachRemaining(action -> {
            JsonNode settings = action.getValue().deepCopy();
            if (settings instanceof ObjectNode map && !action.getKey().equals("exports")) {
                map.remove(EXTENSIONS);
                if (map.path("excludes").isEmpty()) {
                    map.remove("excludes");
                }
            }
            actions.set(action.getKey(), settings);
        });
        return actions;
    }

    /** An action that PipelineLib takes for absent, {@code run: false}, is none. */
    private static JsonNode actionsOf(JsonNode config) {
        ObjectNode actions = MAPPER.createObjectNode();
        config.fields().forEachRemaining(entry -> {
            JsonNode settings = entry.getValue();
            String key = entry.getKey();
            boolean absent = settings.isEmpty() && !settings.isTextual() && !settings.booleanValue();
            if (!absent && !List.of("name", "blubberfile").contains(key)) {
                actions.set(key, settings.has("image") && key.equals("publish") ? settings.get("image") : settings);
            }
        });
        return actions;
    }
}
