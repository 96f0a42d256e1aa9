package io.jenkins.plugins.sluice.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnsiTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                plain text ü    | plain text ü    | plain text ü
                ^[31mred^[0m    | ^[31mred^[0m^[0m | red
                ^[1;38:5:9mx    | ^[1;38:5:9mx^[0m | x
                ^[?25lhid^[2Jden| hidden          | hidden
                ^[>4mx          | x               | x
                a^]0;title~b    | ab              | ab
                a^]52;c;eA==^\\b| ab              | ab
                a^]8;;http://x  | a               | a
                a^(0b^7c^       | abc             | abc
                a~b             | ab              | ab
                """)
    void onlyColoursAreLeft(String line, String coloured, String plain) {
        assertThat(new Ansi(true).clean(escaped(line))).isEqualTo(escaped(coloured));
        assertThat(new Ansi(false).clean(escaped(line))).isEqualTo(plain);
    }

    @Test
    void eightBitControlsAreControlsToo() {
        assertThat(new Ansi(true).clean("a\u009b2Jb\u009d0;x\u009cc\u0085\td")).isEqualTo("abc\td");
    }

    @Test
    void stylesOnlyWhereWanted() {
        assertThat(new Ansi(true).styled(Ansi.RED, "x")).isEqualTo("\u001b[31mx\u001b[0m");
        assertThat(new Ansi(false).styled(Ansi.RED, "x")).isEqualTo("x");
    }

    @Test
    void labelsHaveOneWidthAndStableColours() {
        StageLabels labels = new StageLabels(5, new Ansi(true));
        assertThat(labels.of("a/b"))
                .isEqualTo(new StageLabels(5, new Ansi(true)).of("a/b"))
                .endsWith("]\u001b[0m   ");
        assertThat(List.of("a", "b", "c", "d")).extracting(labels::of).doesNotHaveDuplicates();
        assertThat(new StageLabels(500, new Ansi(false)).of("a/b")).hasSize(35);
        assertThat(labels.of("")).isEmpty();
    }

    private static String escaped(String text) {
        return text.replace('^', '\u001b').replace('~', '\u0007');
    }
}
