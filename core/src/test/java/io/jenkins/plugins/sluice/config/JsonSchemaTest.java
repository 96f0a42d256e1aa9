package io.jenkins.plugins.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.jenkins.plugins.sluice.Golden;
import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The schema for editors and the checks of the reader say the same of every fixture. */
class JsonSchemaTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final com.networknt.schema.JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(JsonSchema.ofFile());

    /** What is wrong with a single value, and so can be said in a schema too. */
    private static final Set<ProblemCode> OF_FORM = EnumSet.of(
            ProblemCode.UNKNOWN_KEY,
            ProblemCode.MISSING_KEY,
            ProblemCode.WRONG_TYPE,
            ProblemCode.INVALID_VALUE,
            ProblemCode.INVALID_NAME,
            ProblemCode.INVALID_DURATION,
            ProblemCode.EMPTY_VALUE,
            ProblemCode.PATH_OUTSIDE);

    static List<Path> fixtures() throws IOException {
        List<Path> all = new ArrayList<>(Golden.files("problems", ".yaml"));
        all.addAll(Golden.files("plan", ".yaml"));
        try (Stream<Path> found = Files.walk(Golden.repository().resolve("test-fixtures"))) {
            found.filter(f -> f.endsWith(".pipeline/config.yaml")).sorted().forEach(all::add);
        }
        return all;
    }

    @Test
    void shippedSchemaIsTheDeclaredOne() throws IOException {
        Golden.check(
                Golden.repository().resolve("resources/io/jenkins/plugins/sluice/config.schema.json"),
                JsonSchema.ofFile());
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void schemaAndReaderAgree(Path file) throws IOException {
        Problems problems = new Problems();
        Optional<ConfigNode> node = YamlReader.read("config.yaml", Files.readAllBytes(file), problems);
        if (node.isEmpty()) {
            assertThat(problems.hasErrors()).isTrue();
            return;
        }
        Problems ofShape = new Problems();
        new ShapeChecker(ofShape, false).check(node.get(), Format.FILE);
        List<ProblemCode> said = ofShape.list().stream()
                .map(Problem::code)
                .filter(OF_FORM::contains)
                .toList();
        Set<ValidationMessage> violations = SCHEMA.validate(json(node.get()));
        assertThat(violations.isEmpty())
                .as("the reader says %s, the schema %s", said, violations)
                .isEqualTo(said.isEmpty());
    }

    private static JsonNode json(ConfigNode node) {
        if (node instanceof ConfigMap map) {
            ObjectNode json = MAPPER.createObjectNode();
            map.entries().forEach(e -> json.set(e.key(), json(e.value())));
            return json;
        }
        if (node instanceof ConfigList list) {
            ArrayNode json = MAPPER.createArrayNode();
            list.items().forEach(item -> json.add(json(item)));
            return json;
        }
        ConfigScalar scalar = (ConfigScalar) node;
        return switch (scalar.kind()) {
            case NOTHING -> MAPPER.nullNode();
            case BOOLEAN -> MAPPER.getNodeFactory().booleanNode(scalar.text().equalsIgnoreCase("true"));
            case INTEGER -> MAPPER.getNodeFactory().numberNode(Long.parseLong(scalar.text()));
            case DECIMAL -> MAPPER.getNodeFactory().numberNode(Double.parseDouble(scalar.text()));
            case TEXT -> MAPPER.getNodeFactory().textNode(scalar.text());
        };
    }
}
