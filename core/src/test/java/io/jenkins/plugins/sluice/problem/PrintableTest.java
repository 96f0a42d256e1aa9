package io.jenkins.plugins.sluice.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintableTest {

    @ParameterizedTest
    @CsvSource({
        "a\u202Eb,a\\u202eb",
        "a\u0000b,a\\u0000b",
        "a\u200Fb,a\\u200fb",
        "a\u061Cb,a\\u061cb",
        "a\u0085b,a\\u0085b",
        "a\u2028b,a\\u2028b",
        "a\uFFFFb,a\\uffffb",
        "é→😀,é→😀"
    })
    void whatDeceivesAppearsAsAnEscape(String text, String shown) {
        assertThat(Printable.of(text)).isEqualTo(shown);
        assertThat(Printable.line(text)).isEqualTo(shown);
        assertThat(Printable.lines(text)).isEqualTo(shown);
    }

    @Test
    void halfOfACharacterAppearsAsAnEscape() {
        assertThat(Printable.line("a\uD83Db")).isEqualTo("a\\ud83db");
    }

    @Test
    void lineEndsAndTabsStayOnlyWhereThereMayBeLines() {
        assertThat(Printable.line("a\n\tb")).isEqualTo("a\\n\\tb");
        assertThat(Printable.lines("a\n\tb")).isEqualTo("a\n\tb");
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        assertThat(Printable.of("x".repeat(300))).hasSize(300);
        assertThat(Printable.of("x".repeat(301))).isEqualTo("x".repeat(300) + "…");
        assertThat(Printable.of("x".repeat(299) + "😀")).isEqualTo("x".repeat(299) + "…");
        assertThat(Printable.line("x".repeat(301))).hasSize(301);
    }

    @Property
    void everyResultCanBeWrittenAsUtf8(@ForAll String text) {
        String shown = Printable.lines(text);
        assertThat(new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                .isEqualTo(shown);
    }
}
