package io.jenkins.plugins.sluice.cli.ask;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.sluice.problem.Printable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads the JSON of an answer. */
final class AnswerReader {

    private static final int DEEPEST = 10;
    private static final int LONGEST = LimitedBody.MOST_BYTES;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // The keys come from strangers: interned, they would stay for as long as the process.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
            .build();

    /** Keeps numbers as they were written: 1.50 may be a version. */
    private static final ObjectMapper MAPPER = JsonMapper.builder(FACTORY)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private AnswerReader() {}

    static ParsedAnswer read(String json) {
        if (json.length() > LONGEST) {
            return invalid("is longer than " + LONGEST + " characters");
        }
        try {
            JsonNode tree = MAPPER.readTree(json);
            Optional<String> reason = AnswerChecks.reasonAgainst(tree);
            return reason.isPresent() ? invalid(reason.get()) : new ParsedAnswer.Valid(answer(tree));
        } catch (StreamConstraintsException e) {
            return invalid("is nested deeper than " + DEEPEST + " levels, or has a number that is too long");
        } catch (MismatchedInputException e) {
            return invalid("goes on behind its end" + place(e));
        } catch (JsonProcessingException e) {
            return invalid("is no valid JSON" + place(e) + ": " + e.getOriginalMessage());
        }
    }

    private static String place(JsonProcessingException e) {
        JsonLocation place = e.getLocation();
        return place == null ? "" : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    }

    private static ParsedAnswer invalid(String what) {
        return new ParsedAnswer.Invalid(Printable.of("the answer " + what));
    }

    private static Answer answer(JsonNode tree) {
        boolean approve = tree.path("decision").textValue().equals(AnswerChecks.APPROVE);
        Optional<String> by = Optional.ofNullable(tree.path("by").textValue());
        return new Answer(approve, by, tree.path("comment").asText(), inputs(tree.path("inputs")));
    }

    private static Map<String, String> inputs(JsonNode entered) {
        Map<String, String> inputs = new LinkedHashMap<>();
        entered.fields().forEachRemaining(entry -> inputs.put(entry.getKey(), text(entry.getValue())));
        return inputs;
    }

    private static String text(JsonNode value) {
        return value.isNumber() ? value.decimalValue().toPlainString() : value.asText();
    }
}
