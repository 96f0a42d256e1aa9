package io.jenkins.plugins.sluice.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Files made to hurt: each gets a located problem, soon, and nothing is thrown. */
class HostileInputTest {
    /** Generous: a hang is what this must find, not a slow machine. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static List<Problem> read(byte[] bytes) {
        return assertTimeoutPreemptively(SOON, () -> {
            Problems problems = new Problems();
            ModelReader.read("config.yaml", bytes, problems);
            return problems.list();
        });
    }

    private static List<Problem> read(String text) {
        return read(text.getBytes(UTF_8));
    }

    private static ProblemCode codeOf(List<Problem> problems) {
        assertThat(problems).isNotEmpty();
        return problems.get(0).code();
    }

    @Test
    void aliasBombIsRefusedWhereItExplodes() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 12; i++) {
            String before = "*a" + (i - 1);
            bomb.append("a").append(i).append(": &a").append(i).append(" [");
            bomb.append(String.join(", ", before, before, before, before, before, before, before, before, before));
            bomb.append("]\n");
        }
        List<Problem> problems = read(bomb.toString());
        assertThat(codeOf(problems)).isEqualTo(ProblemCode.YAML_TOO_MANY_VALUES);
        assertThat(problems.get(0).place().location().line()).isGreaterThan(1);
    }

    @Test
    void aliasesThatNestDeeperAndDeeperAreRefused() {
        StringBuilder text = new StringBuilder("a0: &a0 x\n");
        for (int i = 1; i < 3_000; i++) {
            text.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [*a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThat(codeOf(read(text.toString()))).isEqualTo(ProblemCode.YAML_TOO_DEEP);
    }

    @Test
    void depthOfTenThousandIsRefusedAtItsPlace() {
        List<Problem> problems = read("version: 1\nx-a: " + "[".repeat(10_000));
        assertThat(codeOf(problems)).isEqualTo(ProblemCode.YAML_TOO_DEEP);
        assertThat(problems.get(0).place().location().line()).isEqualTo(2);
    }

    @Test
    void depthByIndentationIsRefused() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            text.append(" ".repeat(i)).append("a:\n");
        }
        assertThat(codeOf(read(text.toString()))).isEqualTo(ProblemCode.YAML_TOO_DEEP);
    }

    @Test
    void hundredMegabytesAreRefusedUnread() {
        byte[] big = new byte[100 << 20];
        assertThat(codeOf(read(big))).isEqualTo(ProblemCode.FILE_TOO_LARGE);
    }

    @Test
    void largestAllowedFileOfListItemsIsHandled() {
        String text = "x-a: [" + "a,\n".repeat((YamlReader.MAX_BYTES - 100) / 3) + "a]\n";
        assertThat(codeOf(read(text))).isEqualTo(ProblemCode.YAML_TOO_MANY_VALUES);
    }

    @Test
    void lineThatIsTooLongIsRefusedAtItsPlace() {
        List<Problem> problems = read("version: 1\nx-a: " + "x".repeat(YamlReader.MAX_LINE) + "\n");
        assertThat(codeOf(problems)).isEqualTo(ProblemCode.LINE_TOO_LONG);
        assertThat(problems.get(0).place().location().line()).isEqualTo(2);
    }

    @Test
    void largestAllowedFileOfLongestAllowedLinesIsHandled() {
        String line = "     - '" + "x${a.b}".repeat(YamlReader.MAX_LINE / 7 - 2) + "'\n";
        String text = "version: 1\npipelines:\n  p:\n   stages:\n   - name: a\n     script:\n";
        String many = line.repeat((YamlReader.MAX_BYTES - text.length()) / line.length());
        assertThat(codeOf(read(text + many))).isEqualTo(ProblemCode.UNKNOWN_REFERENCE);
    }

    @Test
    void tagsThatNameClassesAreRefused() {
        for (String tag : List.of(
                "!!javax.script.ScriptEngineManager", "!!java.net.URL", "!<tag:yaml.org,2002:binary>", "!evil")) {
            assertThat(codeOf(read("version: " + tag + " 1\n"))).isEqualTo(ProblemCode.YAML_TAG);
        }
    }

    @Test
    void standardTagsAreHarmless() {
        assertThat(read("version: !!int 1\npipelines: !!map {p: {stages: !!seq [{name: !!str a, script: 'true'}]}}\n"))
                .isEmpty();
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        List<Problem> problems =
                read("version: 1\n\"\\e[31mred\": 1\npipelines: {p: {stages: [{name: a, script: x}]}}\n");
        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).toString()).doesNotContain("\u001b").contains("\\u001b[31mred");
    }

    @Test
    void forbiddenCharacterIsLocated() {
        List<Problem> problems = read("version: 1\nx-a: b\u0007c\n");
        assertThat(codeOf(problems)).isEqualTo(ProblemCode.YAML_SYNTAX);
        assertThat(problems.get(0).place().location()).hasToString("config.yaml:2:7");
    }

    @Test
    void byteOrderMarkAndWindowsLinesAreRead() {
        assertThat(read("\uFEFFversion: 1\r\npipelines:\r\n  p:\r\n    stages:\r\n      - {name: a, script: x}\r\n"))
                .isEmpty();
    }

    @Test
    void emptyFileAndOtherTopsAreToldApart() {
        assertThat(codeOf(read(""))).isEqualTo(ProblemCode.EMPTY_VALUE);
        assertThat(codeOf(read("# nothing\n"))).isEqualTo(ProblemCode.EMPTY_VALUE);
        assertThat(codeOf(read("- a\n"))).isEqualTo(ProblemCode.WRONG_TYPE);
        assertThat(codeOf(read("just text\n"))).isEqualTo(ProblemCode.WRONG_TYPE);
    }

    @Test
    void mergeKeysAreTakenOver() {
        String text =
                """
                version: 1
                x-base: &base {script: make, timeout: 5m}
                pipelines:
                  p:
                    stages:
                      - {<<: *base, name: a}
                      - {name: b, <<: [*base]}
                """;
        assertThat(read(text)).isEmpty();
    }

    @Property(tries = 300)
    void anyTextIsReadWithoutAnException(@ForAll String text) {
        Problems problems = new Problems();
        ModelReader.read("config.yaml", text.getBytes(UTF_8), problems);
        assertThat(problems.list()).allMatch(p -> p.place().location().line() >= 1);
    }

    @Property(tries = 300)
    void anyBytesAreReadWithoutAnException(@ForAll byte[] bytes) {
        Problems problems = new Problems();
        ModelReader.read("config.yaml", bytes, problems);
        assertThat(problems.hasErrors()).isTrue();
    }
}
