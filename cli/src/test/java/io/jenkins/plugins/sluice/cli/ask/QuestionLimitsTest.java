package io.jenkins.plugins.sluice.cli.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class QuestionLimitsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void pausesDouble() {
        assertThat(IntStream.rangeClosed(1, 4)
                        .mapToObj(attempt ->
                                PostLimits.DEFAULT.pauseAfter(attempt, 0.5).toSeconds()))
                .containsExactly(1L, 2L, 4L, 8L);
    }

    @Test
    void chanceMovesAPauseByAQuarter() {
        assertThat(PostLimits.DEFAULT.pauseAfter(3, 0)).isEqualTo(Duration.ofSeconds(3));
        assertThat(PostLimits.DEFAULT.pauseAfter(3, 1)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void manyAttemptsDoNotOverflow() {
        assertThat(PostLimits.DEFAULT.pauseAfter(1_000, 0.5)).isPositive();
    }

    @Test
    void limitsMustLeaveRoomForAnAttempt() {
        assertThatThrownBy(() -> new PostLimits(SECOND, SECOND, 0, SECOND))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PostLimits(Duration.ZERO, SECOND, 1, SECOND))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PostLimits(SECOND, SECOND.negated(), 1, SECOND))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PostLimits(SECOND, SECOND, 1, SECOND.negated()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void questionNeedsAnIdThatCanBeSigned() {
        assertThatThrownBy(() -> new Question("a.b", "http://a", "{}")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyTheHostIsShown() {
        assertThat(new Question("q", "https://decide.example.org:8443/s3cret?t=s3cret", "{}").host())
                .isEqualTo("https://decide.example.org:8443");
        assertThat(new Question("q", "https://decide.example.org/s3cret", "{}").host())
                .isEqualTo("https://decide.example.org");
        assertThat(new Question("q", "s3cret", "{}").host()).isEqualTo("an invalid url");
        assertThat(new Question("q", "https://decide.example.org/s3cret", "{}"))
                .hasToString("question q to https://decide.example.org");
    }

    @Test
    void excerptIsOneShortLineOfPrintableText() {
        assertThat(Excerpt.of("  a\r\n\t b\u0000\u202e\u2028\ue000c\ud800 ")).isEqualTo("a b c");
        assertThat(Excerpt.of("😀".repeat(300))).isEqualTo("😀".repeat(200));
        assertThat(Excerpt.of("")).isEmpty();
    }
}
