package io.jenkins.plugins.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "services/api/** | services/api/src/Main.java | true",
                "services/api/** | services/apis/Main.java | false",
                "services/api/** | services/api | true",
                "services/api | services/api/src/Main.java | true",
                "**/*.md | README.md | true",
                "**/*.md | docs/a/b.md | true",
                "**/*.md | docs/a/b.mdx | false",
                "*.jar | target/a.jar | false",
                "target/*.jar | target/a.jar | true",
                "target/*.jar | target/sub/a.jar | false",
                "a?c | abc | true",
                "a?c | a/c | false",
                "a*b*c | aXbYbZc | true",
                "a*b*c | aXbYbZ | false",
                "{services,libs}/** | libs/x | true",
                "{services,libs}/** | docs/x | false",
                "a/**/z | a/z | true",
                "a/**/z | a/b/c/z | true",
                "./out/a | out/a | true",
                "** | any/thing | true",
                ". | any/thing | true",
                "{a,b | {a,b | true",
            })
    void paths(String pattern, String path, boolean matches) {
        assertThat(PathPattern.parse(pattern).matches(path)).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "main, main, true",
        "main, main/x, false",
        "release/*, release/1.0, true",
        "release/*, release/1.0/fix, false",
        "release/**, release/1.0/fix, true",
        "v*, v1.2, true"
    })
    void wholeWords(String pattern, String word, boolean matches) {
        assertThat(PathPattern.parse(pattern).matchesWhole(word)).isEqualTo(matches);
    }

    @Test
    void noPatternTakesLong() {
        String stars = "*a".repeat(2_000);
        String doubleStars = "**/x/".repeat(500) + "y";
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(PathPattern.parse(stars).matches("a".repeat(5_000) + "b"))
                    .isFalse();
            assertThat(PathPattern.parse(doubleStars).matches("x/".repeat(2_000) + "z"))
                    .isFalse();
            assertThat(PathPattern.parse("{a,b}".repeat(40)).matches("c")).isFalse();
        });
    }
}
