package io.jenkins.plugins.sluice.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusAreaTest {

    private final AtomicLong clock = new AtomicLong();
    private final StatusArea area = new StatusArea(10, new Ansi(false), clock::get);

    @Test
    void showsWhatRunsAndWhatWaits() {
        area.started("api/unit", 1);
        clock.addAndGet(65_400_000_000L);
        area.started("web/x", 2);
        area.waiting("api/deploy", "the lock production");
        area.finished("api/lint", "succeeded");
        area.finished("api/package", "failed");
        area.finished("web/skipped", "skipped");
        clock.addAndGet(3_100_000_000L);
        assertThat(area.rows(new TerminalSize(80, 24)))
                .containsExactly(
                        "* api/unit    1m 08s",
                        "* web/x       3s  attempt 2",
                        "* api/deploy  3s  waits: the lock production",
                        "[======              ] 3/10 done, 1 failed, 2 running, 5 waiting  1m 08s");
    }

    @Test
    void retriedStageRunsAgain() {
        area.finished("a/b", "failed");
        area.started("a/b", 2);
        assertThat(area.rows(new TerminalSize(60, 24))).last().isEqualTo("0/10 done, 1 running, 9 waiting  0s");
    }

    @Test
    void whatHasNoRoomIsCounted() {
        for (int i = 0; i < 9; i++) {
            area.started("stage-" + i, 1);
        }
        assertThat(area.rows(new TerminalSize(50, 12)))
                .containsExactly(
                        "* stage-0  0s", "* stage-1  0s", "  and 7 more", "0/10 done, 9 running, 1 waiting  0s");
        assertThat(area.rows(new TerminalSize(50, 50))).hasSize(9).contains("  and 2 more");
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "40, 10", "20, 4", "5, 2", "1, 1", "300, 100"})
    void rowsFitAnyTerminal(int columns, int rows) {
        for (int i = 0; i < 12; i++) {
            area.started("pipeline/stage-with-a-name-" + i, 1);
        }
        List<String> shown = area.rows(new TerminalSize(columns, rows));
        assertThat(shown).hasSizeLessThanOrEqualTo(Math.max(1, rows / 3));
        assertThat(shown).allSatisfy(row -> assertThat(row.length()).isLessThan(columns));
    }

    @Test
    void wideCharactersCountTwice() {
        Row row = new Row(8, new Ansi(false)).add("", "日本語日本語").add("", "x");
        assertThat(row).hasToString("日本語");
    }

    @Test
    void frameIsWrittenOnlyWhenSomethingChanged() {
        AreaFooter footer = new AreaFooter(area, () -> new TerminalSize(60, 24));
        area.started("a/b", 1);
        assertThat(footer.frame("")).isEqualTo("\r\u001b[J* a/b  0s\n0/10 done, 1 running, 9 waiting  0s\u001b[1A\r");
        assertThat(footer.frame("")).isEmpty();
        assertThat(footer.frame("line\n")).startsWith("\r\u001b[Jline\n* a/b");
        clock.addAndGet(1_000_000_000L);
        assertThat(footer.frame("")).contains("1s");
        assertThat(footer.end("last\n")).isEqualTo("\r\u001b[Jlast\n");
    }
}
