package io.jenkins.plugins.sluice.cli.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TextWidthTest {
    @Test
    void widthsAreThoseOfTheWiderFont() {
        // 64 for a digit and 98 for an m are DejaVu's, 102 for @ is Liberation's.
        assertThat(TextWidth.regular("0m@", 10)).isCloseTo(26.4, within(0.01));
        assertThat(TextWidth.bold("0m@", 10)).isCloseTo(27.5, within(0.01));
        assertThat(TextWidth.regular("", 10)).isZero();
    }

    @Test
    void eachCharacterIsAtLeastAsWideInBold() {
        for (char c = '!'; c <= '~'; c++) {
            if (c != '@') {
                assertThat(TextWidth.bold("" + c, 100))
                        .as("%s", c)
                        .isGreaterThanOrEqualTo(TextWidth.regular("" + c, 100));
            }
        }
    }

    @Test
    void otherScriptsCountAsWide() {
        assertThat(TextWidth.regular("漢字", 10)).isGreaterThanOrEqualTo(20);
        assertThat(TextWidth.regular("😀", 10)).isBetween(12.0, 20.0);
    }

    @Test
    void cutTextFits() {
        String text = "registry.example.org/some/image:1.2.3";
        assertThat(TextWidth.cut(text, 11, 1000)).isEqualTo(text);
        String cut = TextWidth.cut(text, 11, 100);
        assertThat(cut).startsWith("registry").endsWith("…");
        assertThat(TextWidth.regular(cut, 11)).isLessThanOrEqualTo(100);
        assertThat(TextWidth.cut("a " + text, 11, TextWidth.regular("a …", 11) + 1))
                .isEqualTo("a…");
    }

    @Test
    void cutNeverSplitsACharacter() {
        for (int width = 10; width < 80; width++) {
            assertThat(TextWidth.cut("😀😀😀😀😀", 11, width)).matches("(😀)*…?");
        }
    }
}
