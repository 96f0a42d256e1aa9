package io.jenkins.plugins.sluice.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LineDecoderTest {

    private final List<String> lines = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final LineDecoder decoder = new LineDecoder(new Lines(lines), clock::get);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                a;b;          | a,b
                a;b           | a,b
                a^;b^;        | a,b
                a^^;b         | a,b
                10%^55%^100%; | 100%
                10%^100%      | 100%
                10%^100%^;b   | 100%,b
                ^a;           | a
                a^            | a
                """)
    void lineEndsAndProgressBars(String input, String expected) {
        feed(input.replace(';', '\n').replace('^', '\r'));
        assertThat(String.join(",", lines)).isEqualTo(expected);
    }

    @Test
    void emptyLinesAreLines() {
        feed("\n\na\n\r\n");
        assertThat(lines).containsExactly("", "", "a", "");
    }

    @Test
    void progressIsShownOnceASecond() {
        for (int percent = 0; percent <= 100; percent++) {
            decoder.decode(("\r" + percent + "%").getBytes(StandardCharsets.UTF_8));
            clock.addAndGet(50_000_000);
        }
        decoder.finish();
        assertThat(lines).containsExactly("19%", "39%", "59%", "79%", "99%", "100%");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void longLineComesInPiecesOfWholeCharacters(int shift) {
        String text = "x".repeat(shift) + "€😀é".repeat(30_000);
        feed(text);
        assertThat(lines).hasSizeGreaterThan(3);
        assertThat(String.join("", lines)).isEqualTo(text);
    }

    @Test
    void malformedInputIsReplaced() {
        decoder.decode(new byte[] {'a', (byte) 0xFF, (byte) 0xC3, 'b', '\n'});
        byte[] continuations = new byte[LineDecoder.LONGEST + 1];
        java.util.Arrays.fill(continuations, (byte) 0x80);
        decoder.decode(continuations);
        decoder.finish();
        assertThat(lines.get(0)).isEqualTo("a\uFFFD\uFFFDb");
        assertThat(lines).hasSize(3);
    }

    /** Byte by byte, as the worst pipe would deliver it. */
    private void feed(String text) {
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            decoder.decode(new byte[] {b});
        }
        decoder.finish();
    }

    private record Lines(List<String> lines) implements OutputSink {
        @Override
        public void line(String text) {
            lines.add(text);
        }

        @Override
        public void note(String text) {
            lines.add("note: " + text);
        }
    }
}
