package io.jenkins.plugins.sluice.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SuggestionTest {
    private static final List<String> WORDS = List.of("build", "test", "package");

    @Test
    void swapsMissesAndExtrasAreNear() {
        assertThat(Suggestion.nearest("tset", WORDS)).contains("test");
        assertThat(Suggestion.nearest("biuld", WORDS)).contains("build");
        assertThat(Suggestion.nearest("Package", WORDS)).contains("package");
        assertThat(Suggestion.nearest("packages", WORDS)).contains("package");
    }

    @Test
    void farWordsAreNotSuggested() {
        assertThat(Suggestion.nearest("deploy", WORDS)).isEmpty();
        assertThat(Suggestion.nearest("", WORDS)).isEmpty();
    }

    @Test
    void longListsAreCut() {
        List<String> many = IntStream.range(0, 30).mapToObj(i -> "stage" + i).toList();
        assertThat(Suggestion.among("x", "Defined stages", many)).endsWith("stage19 and 10 more.");
        assertThat(Suggestion.among("x", "Defined stages", List.of())).isEqualTo("Defined stages: none.");
    }
}
