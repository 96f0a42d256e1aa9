package io.jenkins.plugins.sluice.cli.ask;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.sluice.problem.Suggestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What the JSON of an answer must look like. Reasons go on after {@code the answer}. */
final class AnswerChecks {

    static final String APPROVE = "approve";
    static final String REJECT = "reject";

    private static final List<String> KEYS = List.of("decision", "by", "comment", "inputs");

    /** More is no number of anything, and {@code 1e999999999} written out would fill the memory. */
    private static final int MOST_DIGITS = 100;

    private AnswerChecks() {}

    /** The first thing that is wrong; empty if nothing is. */
    static Optional<String> reasonAgainst(JsonNode answer) {
        if (!answer.isObject()) {
            return Optional.of("is no JSON object");
        }
        return Stream.<Function<JsonNode, Optional<String>>>of(
                        AnswerChecks::unknownKey,
                        AnswerChecks::badDecision,
                        AnswerChecks::badName,
                        AnswerChecks::badComment,
                        AnswerChecks::badInputs)
                .flatMap(check -> check.apply(answer).stream())
                .findFirst();
    }

    private static Optional<String> unknownKey(JsonNode answer) {
        return names(answer).stream()
                .filter(name -> !KEYS.contains(name))
                .findFirst()
                .map(name -> "has the unknown key '" + Excerpt.of(name) + "'; "
                        + Suggestion.among(Excerpt.of(name), "known keys", KEYS));
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Optional<String> badDecision(JsonNode answer) {
        String decision = answer.path("decision").asText();
        boolean known = decision.equals(APPROVE) || decision.equals(REJECT);
        return known && answer.path("decision").isTextual()
                ? Optional.empty()
                : Optional.of("has no 'decision' that is 'approve' or 'reject'");
    }

    private static Optional<String> badName(JsonNode answer) {
        JsonNode by = answer.path("by");
        boolean fits = by.isMissingNode()
                || (by.isTextual()
                        && !by.textValue().isBlank()
                        && by.textValue().length() <= Answer.LONGEST_NAME
                        && Excerpt.isPrintable(by.textValue()));
        return fits
                ? Optional.empty()
                : Optional.of("has a 'by' that is no text of 1 to " + Answer.LONGEST_NAME + " printable characters");
    }

    private static Optional<String> badComment(JsonNode answer) {
        JsonNode comment = answer.path("comment");
        boolean fits = comment.isMissingNode()
                || (comment.isTextual() && comment.textValue().length() <= Answer.LONGEST_COMMENT);
        return fits
                ? Optional.empty()
                : Optional.of("has a 'comment' that is no text of up to " + Answer.LONGEST_COMMENT + " characters");
    }

    private static Optional<String> badInputs(JsonNode answer) {
        JsonNode inputs = answer.path("inputs");
        if (inputs.isMissingNode()) {
            return Optional.empty();
        }
        if (!inputs.isObject()) {
            return Optional.of("has 'inputs' that are no object of names and values");
        }
        Iterator<Map.Entry<String, JsonNode>> entries = inputs.fields();
        while (entries.hasNext()) {
            Map.Entry<String, JsonNode> entry = entries.next();
            if (!isValue(entry.getValue())) {
                return Optional.of(
                        "has an input '" + Excerpt.of(entry.getKey()) + "' that is no text, no number of up to "
                                + MOST_DIGITS + " digits, and neither true nor false");
            }
        }
        return Optional.empty();
    }

    private static boolean isValue(JsonNode value) {
        return value.isTextual() || value.isBoolean() || (value.isNumber() && isShort(value.decimalValue()));
    }

    private static boolean isShort(BigDecimal number) {
        return number.precision() <= MOST_DIGITS && Math.abs((long) number.scale()) <= MOST_DIGITS;
    }
}
