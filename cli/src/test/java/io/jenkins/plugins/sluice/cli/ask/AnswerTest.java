package io.jenkins.plugins.sluice.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswerTest {

    @Test
    void everythingIsRead() {
        Answer answer = read(
                """
                {"decision": "approve", "by": "change board", "comment": "CHG-4711\\nfine",
                 "inputs": {"window": "tonight", "replicas": 3, "canary": true, "": ""}}
                """);
        assertThat(answer.approve()).isTrue();
        assertThat(answer.by()).hasValue("change board");
        assertThat(answer.comment()).isEqualTo("CHG-4711\nfine");
        assertThat(answer.inputs())
                .containsExactly(
                        Map.entry("window", "tonight"),
                        Map.entry("replicas", "3"),
                        Map.entry("canary", "true"),
                        Map.entry("", ""));
    }

    @Test
    void decisionIsEnough() {
        assertThat(read("{\"decision\": \"reject\"}")).isEqualTo(new Answer(false, Optional.empty(), "", Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "3, 3",
        "-0.5, -0.5",
        "1.50, 1.50",
        "1e3, 1000",
        "1E-3, 0.001",
        "0, 0",
        "12345678901234567890.12, 12345678901234567890.12"
    })
    void numbersKeepTheirDigits(String number, String expected) {
        assertThat(read("{\"decision\": \"approve\", \"inputs\": {\"n\": " + number + "}}")
                        .inputs())
                .containsEntry("n", expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                ``                                                     | is no JSON object
                null                                                   | is no JSON object
                []                                                     | is no JSON object
                {                                                      | is no valid JSON (line 1, column 2): Unexpected end-of-input
                {"decision": "approve"} {}                             | goes on behind its end (line 1, column 25)
                {"decision": "approve"} x                              | is no valid JSON (line 1, column
                {"decision": "reject", "decision": "approve"}          | is no valid JSON (line 1, column 34): Duplicate field 'decision'
                {"decision": "approve", "inputs": {"a": 1, "a": 2}}    | Duplicate field 'a'
                {'decision': 'approve'}                                | is no valid JSON
                {"decision": "approve",}                               | is no valid JSON
                {"decision": "approve" /* so */}                       | is no valid JSON
                {"decison": "approve"}                                 | has the unknown key 'decison'; did you mean 'decision'?
                {"decision": "approve", "Comment": ""}                 | has the unknown key 'Comment'; did you mean 'comment'?
                {}                                                     | has no 'decision' that is 'approve' or 'reject'
                {"decision": null}                                     | has no 'decision'
                {"decision": true}                                     | has no 'decision'
                {"decision": "Approve"}                                | has no 'decision'
                {"decision": ["approve"]}                              | has no 'decision'
                {"decision": "approve", "by": null}                    | has a 'by' that is no text of 1 to 200 printable characters
                {"decision": "approve", "by": 7}                       | has a 'by'
                {"decision": "approve", "by": " "}                     | has a 'by'
                {"decision": "approve", "by": "a\\u001b[1m"}           | has a 'by'
                {"decision": "approve", "by": "a\\u202eb"}             | has a 'by'
                {"decision": "approve", "comment": 1}                  | has a 'comment' that is no text of up to 10000 characters
                {"decision": "approve", "inputs": []}                  | has 'inputs' that are no object
                {"decision": "approve", "inputs": null}                | has 'inputs' that are no object
                {"decision": "approve", "inputs": {"a": null}}         | has an input 'a' that is no text
                {"decision": "approve", "inputs": {"a": {"b": 1}}}     | has an input 'a' that is no text
                {"decision": "approve", "inputs": {"a": 1e999999999}}  | has an input 'a' that is no text, no number of up to 100 digits
                {"decision": "approve", "inputs": {"a": 1e-999999999}} | has an input 'a'
                {"decision": "approve", "inputs": {"a": 1e99999999999}}| the answer
                {"decision": "approve", "inputs": {"a": NaN}}          | is no valid JSON
                """)
    void whatIsWrongIsSaid(String json, String reason) {
        assertThat(reasonAgainst(json)).startsWith("the answer ").contains(reason);
    }

    @Test
    void lengthsHaveLimits() {
        assertThat(read("{\"decision\": \"approve\", \"by\": \"" + "b".repeat(200) + "\"}")
                        .by())
                .isPresent();
        assertThat(reasonAgainst("{\"decision\": \"approve\", \"by\": \"" + "b".repeat(201) + "\"}"))
                .contains("'by'");
        assertThat(read("{\"decision\": \"approve\", \"comment\": \"" + "c".repeat(10_000) + "\"}")
                        .comment())
                .hasSize(10_000);
        assertThat(reasonAgainst("{\"decision\": \"approve\", \"comment\": \"" + "c".repeat(10_001) + "\"}"))
                .contains("'comment'");
        assertThat(reasonAgainst(" ".repeat(65_537))).isEqualTo("the answer is longer than 65536 characters");
        assertThat(reasonAgainst("[".repeat(60_000))).contains("is nested deeper than 10 levels");
        assertThat(reasonAgainst("{\"n\": " + "1".repeat(5_000) + "}")).contains("a number that is too long");
    }

    @Test
    void reasonsAreSafeToPrint() {
        assertThat(reasonAgainst("{\"a\\u001b[31m\\n\": 1}"))
                .doesNotContain("\u001b", "\n")
                .contains("'a [31m'");
        assertThat(reasonAgainst("\u001b")).doesNotContain("\u001b");
        assertThat(reasonAgainst("{\"" + "k".repeat(5_000) + "\": 1}")).hasSizeLessThan(320);
    }

    @Property
    void neverThrows(@ForAll String json) {
        assertThat(Answer.parse(json)).isNotNull();
        assertThat(Answer.parse("{\"decision\": " + json)).isNotNull();
    }

    private static Answer read(String json) {
        ParsedAnswer parsed = Answer.parse(json);
        assertThat(parsed).isInstanceOf(ParsedAnswer.Valid.class);
        return ((ParsedAnswer.Valid) parsed).answer();
    }

    private static String reasonAgainst(String json) {
        ParsedAnswer parsed = Answer.parse(json);
        assertThat(parsed).isInstanceOf(ParsedAnswer.Invalid.class);
        return ((ParsedAnswer.Invalid) parsed).reason();
    }
}
