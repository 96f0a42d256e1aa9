package io.jenkins.plugins.sluice.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What is common to the written forms: parts that occur in several of them, and fields that must be what they are said to be. */
final class JsonFields {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonFields() {}

    /** @param mapper which says how strict the form is */
    static JsonNode parse(ObjectMapper mapper, String text) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not JSON: " + e.getOriginalMessage(), e);
        }
    }

    static void files(List<KeptFile> files, ArrayNode json) {
        files.forEach(file -> {
            ObjectNode one = json.addObject();
            one.put("path", file.path()).put("digest", file.digest()).put("size", file.size());
            if (file.executable()) {
                one.put("executable", true);
            }
        });
    }

    static void texts(List<String> texts, ArrayNode json) {
        texts.forEach(json::add);
    }

    /** @param names how the names of tests may be written */
    static void tests(TestReport tests, UnaryOperator<String> names, ObjectNode json) {
        json.put("tests", tests.tests()).put("failures", tests.failures());
        json.put("errors", tests.errors()).put("skipped", tests.skipped());
        texts(tests.failed().stream().map(names).toList(), json.putArray("failed"));
    }

    static TestReport readTests(JsonNode json) {
        return new TestReport(
                count(json, "tests"),
                count(json, "failures"),
                count(json, "errors"),
                count(json, "skipped"),
                readTexts(json, "failed"));
    }

    static List<KeptFile> readFiles(JsonNode owner, String key) {
        List<KeptFile> files = new ArrayList<>();
        list(owner, key)
                .forEach(file -> files.add(new KeptFile(
                        text(file, "path"), text(file, "digest"), number(file, "size"), flag(file, "executable"))));
        return files;
    }

    static List<String> readTexts(JsonNode owner, String key) {
        List<String> texts = new ArrayList<>();
        list(owner, key).forEach(text -> {
            expect(text.isTextual(), key, "list of texts");
            texts.add(text.textValue());
        });
        return texts;
    }

    static Instant instant(JsonNode json, String key) {
        String text = text(json, key);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + key + "' is no time: '" + text + "'", e);
        }
    }

    static String text(JsonNode json, String key) {
        expect(need(json, key).isTextual(), key, "text");
        return need(json, key).textValue();
    }

    static String textOrEmpty(JsonNode json, String key) {
        return json.has(key) ? text(json, key) : "";
    }

    static int count(JsonNode json, String key) {
        long number = number(json, key);
        expect(number == (int) number, key, "number of that size");
        return (int) number;
    }

    static long number(JsonNode json, String key) {
        JsonNode number = need(json, key);
        expect(number.isIntegralNumber() && number.canConvertToLong(), key, "whole number");
        return number.longValue();
    }

    static boolean flag(JsonNode json, String key) {
        expect(!json.has(key) || need(json, key).isBoolean(), key, "flag");
        return json.path(key).booleanValue();
    }

    static JsonNode list(JsonNode owner, String key) {
        JsonNode list = owner.has(key) ? need(owner, key) : MAPPER.createArrayNode();
        expect(list.isArray(), key, "list");
        return list;
    }

    static JsonNode map(JsonNode owner, String key) {
        expect(need(owner, key).isObject(), key, "map");
        return need(owner, key);
    }

    /** Nothing is turned into what it is not: a number that is none would become 0, and an attempt of that number. */
    static void expect(boolean holds, String key, String what) {
        if (!holds) {
            throw new IllegalArgumentException("'" + key + "' is no " + what);
        }
    }

    static JsonNode need(JsonNode json, String key) {
        JsonNode value = json.get(key);
        if (value == null) {
            throw new IllegalArgumentException("the key '" + key + "' is missing");
        }
        return value;
    }
}
