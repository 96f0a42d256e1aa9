package io.jenkins.plugins.sluice.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The JSON Schema (draft 2020-12) of a shape, for editors. It says what the {@link ShapeChecker} says about form; what
 * values mean together, such as cycles, no schema can say.
 */
public final class JsonSchema {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String INSIDE = "^(?![/~])[^\\\\\\u0000]*\\S[^\\\\\\u0000]*$";

    private final Map<String, ObjectNode> definitions = new LinkedHashMap<>();

    private JsonSchema() {}

    /** The schema of {@code .pipeline/config.yaml}, indented, with a line end. */
    public static String ofFile() {
        JsonSchema schema = new JsonSchema();
        ObjectNode json = MAPPER.createObjectNode();
        json.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.put("title", "Sluice pipelines (.pipeline/config.yaml)");
        json.setAll(schema.keyed((Shape.Keyed) Format.FILE));
        ObjectNode all = json.putObject("$defs");
        schema.definitions.forEach(all::set);
        try {
            return MAPPER.writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }

    private ObjectNode of(Shape shape) {
        if (shape instanceof Shape.Keyed keyed) {
            return defined(keyed.name(), keyed);
        }
        if (shape instanceof Shape.Later later) {
            return reference(later.name());
        }
        ObjectNode json = MAPPER.createObjectNode();
        if (shape instanceof Shape.Text text) {
            text(text.kind(), json);
        } else if (shape instanceof Shape.Choice choice) {
            choice(choice, json);
        } else if (shape instanceof Shape.ListOf list) {
            json.put("type", "array").set("items", of(list.item()));
            if (!list.mayBeEmpty()) {
                json.put("minItems", 1);
            }
        } else if (shape instanceof Shape.MapOf map) {
            json.put("type", "object").put("minProperties", 1);
            ObjectNode keys = MAPPER.createObjectNode();
            text(map.keys(), keys);
            if (keys.has("pattern")) {
                json.putObject("propertyNames")
                        .put("pattern", keys.get("pattern").asText());
            }
            json.set("additionalProperties", of(map.value()));
        } else if (shape instanceof Shape.Either either) {
            ArrayNode any = json.putArray("anyOf");
            either.shapes().forEach(one -> any.add(of(one)));
        } else {
            json.set("not", MAPPER.createObjectNode().put("type", "null"));
        }
        return json;
    }

    private ObjectNode defined(String name, Shape.Keyed keyed) {
        if (!definitions.containsKey(name)) {
            definitions.put(name, MAPPER.createObjectNode());
            definitions.put(name, keyed(keyed));
        }
        return reference(name);
    }

    private static ObjectNode reference(String name) {
        return MAPPER.createObjectNode().put("$ref", "#/$defs/" + name);
    }

    private ObjectNode keyed(Shape.Keyed shape) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("type", "object");
        ObjectNode properties = json.putObject("properties");
        shape.keys().forEach((key, value) -> {
            ObjectNode property = of(value.shape());
            property.put("description", value.about());
            properties.set(key, property);
        });
        ArrayNode required = MAPPER.createArrayNode();
        shape.keys().forEach((key, value) -> {
            if (value.required()) {
                required.add(key);
            }
        });
        if (!required.isEmpty()) {
            json.set("required", required);
        }
        if (shape.name().equals("file")) {
            json.putObject("patternProperties").putObject("^x-");
        }
        if (!shape.mayBeEmpty()) {
            json.put("minProperties", 1);
        }
        shape.others()
                .ifPresentOrElse(
                        other -> json.set("additionalProperties", of(other)),
                        () -> json.put("additionalProperties", false));
        return json;
    }

    private static void choice(Shape.Choice choice, ObjectNode json) {
        ArrayNode words = json.putArray("enum");
        choice.words().forEach(word -> {
            if (word.matches("[0-9]+")) {
                words.add(Integer.parseInt(word));
            }
            words.add(word);
        });
    }

    private static void text(Shape.TextKind kind, ObjectNode json) {
        switch (kind) {
            case BOOLEAN -> json.put("type", "boolean");
            case INTEGER -> json.put("type", "integer").put("minimum", 1);
            case COUNT -> json.put("type", "integer").put("minimum", 0);
            case DURATION -> json.put("type", "string").put("pattern", "^" + Words.DURATION_PATTERN + "$");
            case NAME -> scalar(json).put("pattern", "^" + Words.NAME_PATTERN + "$");
            case ENV_NAME -> scalar(json).put("pattern", "^" + Words.ENV_NAME_PATTERN + "$");
            case PATH, GLOB -> scalar(json).put("pattern", INSIDE);
            case TEXT -> scalar(json);
        }
    }

    /** A text may be written without quotes even where YAML sees a number or a boolean in it. */
    private static ObjectNode scalar(ObjectNode json) {
        json.putArray("type").add("string").add("number").add("boolean");
        return json;
    }
}
