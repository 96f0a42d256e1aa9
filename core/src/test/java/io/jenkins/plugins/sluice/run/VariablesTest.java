package io.jenkins.plugins.sluice.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.jenkins.plugins.sluice.model.Action;
import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.model.UnfitValueException;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** PipelineLib's variables and expressions: each line of the table is a value of stage {@code b}, and what becomes of it. */
class VariablesTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Stage {@code a} comes before {@code b}; stage {@code x} does not. */
    private static final String FILE =
            """
            pipelines:
              p:
                stages:
                  - name: a
                    exports:
                      imageID: abc
                      lines: "1\\n2\\n3"
                      pairs: "v1 t1\\nv2 t2"
                      two-words: 2w
                      zero: 0
                      no: false
                      list: [1, 2]
                      map: {a.b: 1, c: [x]}
                      nothing: {}
                  - name: x
                    exports: {imageID: x}
                  - name: b
                    exports: {mine: M}
                execution: [[a, b], [x]]
            """;

    static Stream<Arguments> table() throws IOException {
        List<Arguments> rows = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("src/test/resources/pipelinelib/variables.jsonl"))) {
            JsonNode row = MAPPER.readTree(line);
            rows.add(Arguments.of(row.get(0).textValue(), row.get(1), row.get(2)));
        }
        return rows.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void valueBecomes(String what, JsonNode value, JsonNode expected) throws IOException {
        JsonNode outcome = outcome(value);
        if (expected.has("problem") || expected.has("fails")) {
            expected.fieldNames()
                    .forEachRemaining(key -> assertThat(outcome.path(key).asText())
                            .as(what)
                            .contains(expected.get(key).textValue()));
        } else {
            assertThat(outcome).as(what).isEqualTo(expected);
        }
    }

    private static JsonNode outcome(JsonNode value) throws IOException {
        // JSON is YAML
        String text = FILE.replace("{mine: M}", "{mine: M, value: " + value + "}");
        Problems problems = new Problems();
        Optional<PipelineFile> file = ModelReader.read("config.yaml", text.getBytes(UTF_8), problems);
        if (problems.hasErrors()) {
            Problem first = problems.list().get(0);
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("problem", first.code().id())
                    .put("says", first.message() + " " + first.hint());
        }
        ExecutionPlan plan = Planner.plan(file.orElseThrow(), Trigger.unknown());
        RunState state = new RunState(plan);
        RunValues values = new RunValues(
                state,
                new RunValues.Facts(Map.of("tag", "", "params.FOO", "value of FOO"), Map.of(), Trigger.unknown()));
        state.apply(new RunEvent.AttemptStarted("p/a", 1, Instant.EPOCH));
        StageProgram a = StageProgram.of(plan.stage(0), values, List.of(), Map.of(), true);
        assertThat(a.next()).isEmpty();
        state.apply(new RunEvent.AttemptEnded("p/a", 1, a.result(), Instant.EPOCH));
        StageContext context = new StageContext(plan.stage(2), values);
        context.put("mine", "M");
        Action exports = plan.stage(2).stage().work().actions().get(0);
        try {
            Map<?, ?> map = Resolved.of(context.data(exports.settings())).map();
            assertThat(context.lacksValues()).isFalse();
            return MAPPER.readTree(MAPPER.writeValueAsString(map.get("value")));
        } catch (UnfitValueException e) {
            return JsonNodeFactory.instance.objectNode().put("fails", e.why());
        }
    }
}
