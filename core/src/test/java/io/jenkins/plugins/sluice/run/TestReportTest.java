package io.jenkins.plugins.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TestReportTest {

    @Test
    void plusAddsCountsAndKeepsTheFirstNames() {
        List<String> many = IntStream.range(0, 15).mapToObj(i -> "T.t" + i).toList();
        TestReport both = new TestReport(30, 10, 5, 1, many).plus(new TestReport(20, 15, 0, 2, many));
        assertThat(both.tests()).isEqualTo(50);
        assertThat(both.failures()).isEqualTo(25);
        assertThat(both.errors()).isEqualTo(5);
        assertThat(both.skipped()).isEqualTo(3);
        assertThat(both.failed())
                .hasSize(TestReport.MOST_NAMED)
                .startsWith("T.t0")
                .endsWith("T.t4");
    }

    @Test
    void isGoodWithoutFailures() {
        assertThat(TestReport.EMPTY.isGood()).isTrue();
        assertThat(new TestReport(1, 0, 1, 0, List.of("a")).isGood()).isFalse();
        assertThat(new TestReport(1, 1, 0, 0, List.of("a")).isGood()).isFalse();
    }

    @Test
    void negativeCountsAreRefused() {
        assertThatThrownBy(() -> new TestReport(0, 0, -1, 0, List.of())).isInstanceOf(IllegalArgumentException.class);
    }
}
