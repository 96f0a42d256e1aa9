package io.jenkins.plugins.sluice.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.Golden;
import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.gate.Vote;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {
    private static final EventJson JSON = new EventJson(EventJson.Guard.plain());
    private static final Instant AT = Instant.parse("2025-03-01T09:30:00.123456789Z");
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    /** A result with all that one can have. */
    private static AttemptResult whole() {
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("version", "1.7");
        outputs.put("none", "");
        return new AttemptResult(
                Outcome.FAILED,
                "exit code 3",
                "3",
                outputs,
                List.of(
                        new KeptFile("build/api.jar", DIGEST, 1_234, false),
                        new KeptFile("bin/run", DIGEST, 8L << 40, true)),
                Optional.of(new TestReport(30, 2, 1, 4, List.of("T.one", "T.two", "T.three"))));
    }

    private static AttemptResult approved() {
        Map<String, String> outputs = new LinkedHashMap<>();
        outputs.put("approver", "ada");
        outputs.put("comment", "looks right");
        outputs.put("inputs.window", "now");
        return new AttemptResult(
                Outcome.SUCCEEDED, "approved by ada: looks right", "approved", outputs, List.of(), Optional.empty());
    }

    private static AttemptResult bare() {
        return AttemptResult.of(Outcome.SUCCEEDED, "", "");
    }

    private static Vote wholeVote() {
        return new Vote(
                "v-1", "ada", List.of("release-managers"), true, "looks right", Map.of("window", "now"), Vote.HTTP);
    }

    private static Vote refusedVote() {
        return new Vote("v-3", "bob", List.of("staff"), false, "not today", Map.of(), "command line");
    }

    private static Vote bareVote() {
        return new Vote("v-2", "bob", List.of(), false, "", Map.of(), "terminal");
    }

    /** One event of each kind, with every part that it can have, in the order of the golden file. */
    static List<RunEvent> whole(Instant at) {
        return List.of(
                new RunEvent.RunStarted("7", at),
                new RunEvent.RunResumed(at),
                new RunEvent.StageSkipped("p/a", "nothing changed in docs/**", at),
                new RunEvent.ResultTaken("p/a", "6", whole(), at),
                new RunEvent.AttemptStarted("p/a", 1, at),
                new RunEvent.AttemptEnded("p/a", 2, whole(), at),
                new RunEvent.AttemptLost("p/a", 1, "the process is gone", at),
                new RunEvent.WorkspaceKept("p.a", DIGEST, 8L << 40, at),
                new RunEvent.GateOpened(
                        "p/ok",
                        "Apply 3 changes?",
                        List.of(new KeptFile("plan.txt", DIGEST, 12, false)),
                        Optional.of(at.plusSeconds(7_200)),
                        at),
                new RunEvent.QuestionAsked("p/ok", at),
                new RunEvent.VoteCast("p/ok", wholeVote(), at),
                new RunEvent.VoteRefused("p/ok", refusedVote(), "bob is not among ada", at),
                new RunEvent.GateDecided("p/ok", Verdict.APPROVED, approved(), at),
                new RunEvent.AbortRequested("Ctrl-C", at),
                new RunEvent.RunFinished(RunOutcome.UNSTABLE, at));
    }

    /** The same kinds without what can be left out. */
    static List<RunEvent> bare(Instant at) {
        return List.of(
                new RunEvent.StageSkipped("p/a", "", at),
                new RunEvent.ResultTaken("p/a", "6", bare(), at),
                new RunEvent.AttemptEnded("p/a", 1, bare(), at),
                new RunEvent.AttemptEnded("p/a", 1, withTests(TestReport.EMPTY), at),
                new RunEvent.AttemptLost("p/a", 1, "", at),
                new RunEvent.GateOpened("p/ok", "", List.of(), Optional.empty(), at),
                new RunEvent.VoteCast("p/ok", bareVote(), at),
                new RunEvent.VoteRefused("p/ok", bareVote(), "", at),
                new RunEvent.GateDecided("p/ok", Verdict.TIMED_OUT, bare(), at),
                new RunEvent.AbortRequested("", at));
    }

    private static AttemptResult withTests(TestReport tests) {
        return new AttemptResult(Outcome.SUCCEEDED, "", "", Map.of(), List.of(), Optional.of(tests));
    }

    static Stream<RunEvent> all() {
        Instant whole = Instant.parse("2025-03-01T09:30:00Z");
        return Stream.of(
                        whole(AT), bare(AT), whole(whole), whole(Instant.EPOCH), whole(Instant.MAX.minusSeconds(9_999)))
                .flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("all")
    void whatIsWrittenIsReadBackEqual(RunEvent event) {
        String line = JSON.write(event);
        assertThat(line.lines()).hasSize(1);
        assertThat(JSON.read(line)).isEqualTo(event);
    }

    @Test
    void tableHasOneEventOfEveryKind() {
        assertThat(whole(AT).stream().map(Object::getClass))
                .containsExactlyInAnyOrder(RunEvent.class.getPermittedSubclasses());
    }

    @Test
    void everyKindHasAWordOfItsOwnAndBeginsWithIt() {
        List<String> words = whole(AT).stream()
                .map(JSON::write)
                .map(line -> line.replaceFirst("^\\{\"event\":\"([a-z-]+)\",\"at\":.*", "$1"))
                .toList();
        assertThat(words).doesNotHaveDuplicates().allMatch(word -> word.matches("[a-z]+-[a-z]+"));
    }

    /** Lines are added when events get new parts; those that are there stay as they are, and stay readable. */
    @Test
    void linesOfTheFirstVersionAreWrittenStillAndReadStill() throws IOException {
        Path file = Path.of("src/test/resources/journal/events.jsonl");
        Golden.check(file, whole(AT).stream().map(JSON::write).collect(Collectors.joining("\n", "", "\n")));
        assertThat(Files.readAllLines(file).stream().map(JSON::read)).isEqualTo(whole(AT));
    }

    @ParameterizedTest
    @EnumSource
    void everyVerdictIsReadBack(Verdict verdict) {
        RunEvent event = new RunEvent.GateDecided("p/ok", verdict, bare(), AT);
        assertThat(JSON.read(JSON.write(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @EnumSource
    void everyOutcomeIsReadBack(Outcome outcome) {
        RunEvent event = new RunEvent.AttemptEnded("p/a", 1, AttemptResult.of(outcome, "", ""), AT);
        assertThat(JSON.read(JSON.write(event))).isEqualTo(event);
    }

    @ParameterizedTest
    @EnumSource
    void everyOutcomeOfARunIsReadBack(RunOutcome outcome) {
        RunEvent event = new RunEvent.RunFinished(outcome, AT);
        assertThat(JSON.read(JSON.write(event))).isEqualTo(event);
    }

    @Test
    void orderOfValuesIsKept() {
        Map<String, String> outputs = new LinkedHashMap<>();
        List.of("z", "a", "m", "").forEach(name -> outputs.put(name, name));
        AttemptResult result = new AttemptResult(Outcome.SUCCEEDED, "", "", outputs, List.of(), Optional.empty());
        RunEvent event = new RunEvent.AttemptEnded("p/a", 1, result, AT);
        RunEvent.AttemptEnded read = (RunEvent.AttemptEnded) JSON.read(JSON.write(event));
        assertThat(read.result().outputs().keySet()).containsExactly("z", "a", "m", "");
    }

    private static void refused(String line, String reason) {
        assertThatThrownBy(() -> JSON.read(line))
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run-paused", "gate-closed", "", "RUN-STARTED", "run-started "})
    void unknownEventIsRefused(String word) {
        String reason = "'" + word + "' is no event that this version of Sluice knows";
        refused("{'event':'%s','at':'2025-03-01T09:30:00Z'}".formatted(word).replace('\'', '"'), reason);
        refused(
                "{'event':'%s','at':'2025-03-01T09:30:00Z','stage':'p/a'}"
                        .formatted(word)
                        .replace('\'', '"'),
                reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "\"text\"",
                "[]",
                "{",
                "{}",
                "{\"event\":\"run-resumed\"",
                "not JSON",
                "\u0000",
                "\ufeff{}"
            })
    void whatIsNoObjectOfJsonIsRefused(String line) {
        refused(line, "");
    }

    @Test
    void reasonSaysThatALineIsNotJson() {
        refused("{\"event\":\"run-resu", "it is not JSON: ");
        refused("[".repeat(100_000), "it is not JSON: ");
    }

    @Test
    void twoEventsOnOneLineAreRefused() {
        String line = JSON.write(new RunEvent.RunResumed(AT));
        refused(line + line, "it is not JSON: ");
        refused(line + " x", "it is not JSON: ");
        assertThat(JSON.read(line + "\r\n")).isEqualTo(new RunEvent.RunResumed(AT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2025-03-01", "2025-02-30T00:00:00Z", "2025-03-01T09:30:00", "", "1740821400"})
    void wrongDateIsRefused(String at) {
        refused("{\"event\":\"run-resumed\",\"at\":\"" + at + "\"}", "'" + at + "'");
        String opened =
                "{\"event\":\"gate-opened\",\"at\":\"2025-03-01T09:30:00Z\",\"stage\":\"p/ok\",\"question\":\"\"";
        refused(opened + ",\"deadline\":\"" + at + "\",\"shown\":[]}", "'" + at + "'");
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyKeyThatMustBeThereIsAskedFor(RunEvent event) {
        String line = JSON.write(event);
        for (String key : List.of("event", "at", "stage", "run", "result", "vote", "reason", "attempt", "outcome")) {
            if (line.contains("\"" + key + "\":")) {
                refused(line.replaceFirst("\"" + key + "\":", "\"other\":"), "the key '" + key + "' is missing");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0123456789ABCDEF", "../../etc/passwd"})
    void digestThatIsNoneIsRefused(String digest) {
        RunEvent opened = whole(AT).get(8);
        refused(JSON.write(opened).replace(DIGEST, digest), "is no SHA-256 digest");
        RunEvent ended = whole(AT).get(5);
        refused(JSON.write(ended).replace(DIGEST, digest), "is no SHA-256 digest");
    }

    @Test
    void fileThatLeavesTheWorkspaceIsRefused() {
        refused(JSON.write(whole(AT).get(8)).replace("plan.txt", "../plan.txt"), "is no path of a file");
    }

    @ParameterizedTest
    @CsvSource({
        "gate-decided, verdict, approved, 'maybe' is no decision of a gate",
        "attempt-ended, outcome, failed, 'maybe' is no outcome",
        "run-finished, outcome, unstable, 'maybe' is no outcome of a run",
        "vote-cast, vote, approve, 'maybe' is no vote"
    })
    void unknownWordIsRefused(String kind, String key, String word, String reason) {
        refused(line(kind).replace(quoted(key) + ":" + quoted(word), quoted(key) + ":\"maybe\""), reason);
        String upper = word.toUpperCase(Locale.ROOT);
        refused(
                line(kind).replace(quoted(key) + ":" + quoted(word), quoted(key) + ":" + quoted(upper)),
                "'" + upper + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "attempt-started, attempt, 1",
        "attempt-started, stage, '\"p/a\"'",
        "run-started, run, '\"7\"'",
        "abort-requested, reason, '\"Ctrl-C\"'",
        "workspace-kept, bytes, 8796093022208",
        "attempt-ended, size, 1234",
        "attempt-ended, executable, true",
        "attempt-ended, version, '\"1.7\"'",
        "attempt-ended, detail, '\"exit code 3\"'",
        "attempt-ended, cause, '\"3\"'",
        "attempt-ended, tests, 30",
        "attempt-ended, failures, 2",
        "attempt-ended, failed, '[\"T.one\",\"T.two\",\"T.three\"]'",
        "vote-cast, voter, '\"ada\"'",
        "vote-cast, comment, '\"looks right\"'",
        "vote-cast, groups, '[\"release-managers\"]'",
        "vote-cast, inputs, '{\"window\":\"now\"}'",
        "gate-opened, deadline, '\"2025-03-01T11:30:00.123456789Z\"'"
    })
    void valueOfTheWrongTypeIsRefused(String kind, String key, String value) {
        String line = line(kind);
        String written = quoted(key) + ":" + value;
        assertThat(line).contains(written);
        for (String wrong : List.of("null", "[[]]", "{\"x\":[]}", "1.5", "99999999999999999999", "\"many\"", "false")) {
            boolean text = wrong.startsWith("\"") && value.startsWith("\"") && !key.equals("deadline");
            boolean flag = wrong.equals("false") && value.equals("true");
            if (!text && !flag) {
                refused(line.replace(written, quoted(key) + ":" + wrong), key);
            }
        }
    }

    @Test
    void numberThatIsTooLargeForAnAttemptIsRefused() {
        refused(line("attempt-started").replace("\"attempt\":1", "\"attempt\":4294967297"), "'attempt'");
    }

    @Test
    void collectionOfTheWrongTypeIsRefused() {
        String opened =
                "{\"event\":\"gate-opened\",\"at\":\"2025-03-01T09:30:00Z\",\"stage\":\"p/ok\",\"question\":\"\"";
        String ended = "{\"event\":\"attempt-ended\",\"at\":\"2025-03-01T09:30:00Z\",\"stage\":\"p/a\",\"attempt\":1,"
                + "\"result\":{\"outcome\":\"failed\"";
        assertThat(JSON.read(opened + "}")).isNotNull();
        assertThat(JSON.read(ended + "}}")).isNotNull();
        for (String wrong : List.of("\"x\"", "1", "null", "true")) {
            refused(opened + ",\"shown\":" + wrong + "}", "'shown'");
            refused(opened + ",\"shown\":[" + wrong + "]}", "");
            refused(ended + ",\"kept\":" + wrong + "}}", "'kept'");
            refused(ended + ",\"outputs\":" + wrong + "}}", "'outputs'");
            refused(ended + ",\"tests\":" + wrong + "}}", "'tests'");
        }
        refused(opened + ",\"shown\":{}}", "'shown'");
        refused(ended + ",\"kept\":{}}}", "'kept'");
        refused(ended + ",\"outputs\":[]}}", "'outputs'");
        refused(ended + ",\"outputs\":{\"x\":{}}}}", "'outputs.x' is no text");
    }

    @Property
    void noLineMakesAnythingElseThanAnEventOrAReason(
            @ForAll("kinds") int kind, @ForAll("values") String value, @ForAll int where) {
        String line = JSON.write(whole(AT).get(kind));
        int at = Math.floorMod(where, line.length() + 1);
        String broken = line.substring(0, at) + value + line.substring(Math.min(line.length(), at + value.length()));
        try {
            assertThat(JSON.read(broken).at()).isNotNull();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining("No enum constant").message().isNotBlank();
        }
    }

    @Provide
    static Arbitrary<Integer> kinds() {
        return Arbitraries.integers().between(0, whole(AT).size() - 1);
    }

    @Provide
    static Arbitrary<String> values() {
        return Arbitraries.of(
                "", "x", "\"", "null", "{}", "[]", "1", "-1", "1e9", "true", ",", ":", "\\", "}", "]", "\n");
    }

    private static String line(String kind) {
        return whole(AT).stream()
                .map(JSON::write)
                .filter(line -> line.startsWith("{\"event\":\"" + kind + "\""))
                .findFirst()
                .orElseThrow();
    }

    private static String quoted(String text) {
        return "\"" + text + "\"";
    }

    /** Masks a word, and hides values with it by turning them round. */
    private static final class Turning implements EventJson.Guard {
        private static String turned(String text) {
            return new StringBuilder(text).reverse().toString();
        }

        @Override
        public String masked(String text) {
            return text.replace("s3cret", "****");
        }

        @Override
        public Optional<String> hidden(String value) {
            return value.contains("s3cret") ? Optional.of(turned(value)) : Optional.empty();
        }

        @Override
        public String revealed(String hidden) {
            return turned(hidden);
        }
    }

    @Test
    void hiddenValuesAreNotWrittenButReadBack() {
        EventJson json = new EventJson(new Turning());
        AttemptResult result = new AttemptResult(
                Outcome.SUCCEEDED, "", "", Map.of("token", "a s3cret", "plain", "b"), List.of(), Optional.empty());
        Vote vote = new Vote("1", "ada", List.of(), true, "", Map.of("password", "s3cret", "x", "y"), "terminal");
        for (RunEvent event : List.of(
                new RunEvent.AttemptEnded("p/a", 1, result, AT),
                new RunEvent.ResultTaken("p/a", "6", result, AT),
                new RunEvent.GateDecided("p/ok", Verdict.APPROVED, result, AT),
                new RunEvent.VoteCast("p/ok", vote, AT),
                new RunEvent.VoteRefused("p/ok", vote, "no", AT))) {
            String line = json.write(event);
            assertThat(line).doesNotContain("s3cret").contains("{\"hidden\":\"terc3s");
            assertThat(json.read(line)).isEqualTo(event);
            assertThatThrownBy(() -> JSON.read(line))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a value is hidden, and there is no key");
        }
    }

    @Test
    void textsForPeopleAreMaskedForGood() {
        EventJson json = new EventJson(new Turning());
        TestReport tests = new TestReport(1, 1, 0, 0, List.of("T.s3cret"));
        AttemptResult result =
                new AttemptResult(Outcome.FAILED, "no s3cret", "", Map.of(), List.of(), Optional.of(tests));
        Vote vote = new Vote("1", "ada", List.of(), true, "it is s3cret", Map.of(), "terminal");
        for (RunEvent event : List.of(
                new RunEvent.AttemptEnded("p/a", 1, result, AT),
                new RunEvent.AttemptLost("p/a", 1, "s3cret", AT),
                new RunEvent.StageSkipped("p/a", "s3cret", AT),
                new RunEvent.AbortRequested("s3cret", AT),
                new RunEvent.GateOpened("p/ok", "s3cret?", List.of(), Optional.empty(), AT),
                new RunEvent.VoteCast("p/ok", vote, AT),
                new RunEvent.VoteRefused("p/ok", bareVote(), "s3cret", AT))) {
            String line = json.write(event);
            assertThat(line).doesNotContain("s3cret").contains("****");
            assertThat(json.read(line).toString()).isEqualTo(event.toString().replace("s3cret", "****"));
        }
    }

    @Provide
    static Arbitrary<String> texts() {
        Arbitrary<String> nasty = Arbitraries.strings()
                .withChars('\n', '\r', '\t', '"', '\\', '/', '{', '}', '\0', '\u001b', '\u007f', '\u0085', '\u2028')
                .withChars('\ud83d', '\ude00', '\udfff', '\ufeff', '\uffff', 'u', 'a', '\u00e4')
                .ofMaxLength(12);
        return Arbitraries.oneOf(nasty, Arbitraries.strings().all().ofMaxLength(40));
    }

    @Test
    void onlyHalvesOfPairsAreWrittenAsEscapes() {
        assertThat(JSON.write(new RunEvent.RunStarted("\u00e4 \ud83d\ude00", AT)))
                .contains("\"\u00e4 \ud83d\ude00\"");
        assertThat(JSON.write(new RunEvent.RunStarted("\ude00 \ud83d", AT))).contains("\"\\ude00 \\ud83d\"");
    }

    @Property(tries = 2_000)
    void anyTextSurvivesAsTheBytesOfOneLine(@ForAll("texts") String text, @ForAll("texts") String other) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put(text, other);
        values.put(other, text);
        AttemptResult result = new AttemptResult(
                Outcome.FAILED, text, other, values, List.of(), Optional.of(new TestReport(1, 1, 0, 0, List.of(text))));
        Vote vote = new Vote(text, other, List.of(text, other), true, text, values, other);
        for (RunEvent event : List.of(
                new RunEvent.RunStarted(text, AT),
                new RunEvent.AttemptEnded(text, 1, result, AT),
                new RunEvent.VoteRefused(text, vote, other, AT),
                new RunEvent.GateOpened(text, other, List.of(), Optional.empty(), AT))) {
            String line = JSON.write(event);
            assertThat(line).doesNotContain("\n", "\r");
            assertThat(JSON.read(new String(line.getBytes(UTF_8), UTF_8))).isEqualTo(event);
        }
    }
}
