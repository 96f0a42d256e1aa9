package io.jenkins.plugins.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.042S, 0.04s",
        "PT1.25S, 1.3s",
        "PT3S, 3s",
        "PT59.9S, 59s",
        "PT60S, 1m",
        "PT185S, 3m 05s",
        "PT2H, 2h",
        "PT26H, 1d 02h"
    })
    void words(Duration duration, String expected) {
        assertThat(Durations.words(duration)).isEqualTo(expected);
    }
}
