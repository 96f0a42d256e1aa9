package io.jenkins.plugins.sluice.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.problem.Problems;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with it is among the fixtures of problems. */
class FetchReaderTest {
    private static Fetch fetch(String top, String key) {
        String file = top + "pipelines:\n  p:\n" + key + "    stages: [{name: a, build: x, run: true}]\n";
        Problems problems = new Problems();
        Fetch fetch = ModelReader.read("f", file.getBytes(UTF_8), problems)
                .flatMap(read -> read.pipeline("p"))
                .orElseThrow()
                .fetch();
        assertThat(problems.hasErrors()).isFalse();
        return fetch;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "version: 1\n"})
    void withoutTheKeyPipelineLibsDefaultsHold(String top) {
        Fetch fetch = fetch(top, "");
        assertThat(fetch).isEqualTo(Fetch.UNSAID);
        assertThat(fetch.isShallow()).isTrue();
        assertThat(fetch.commits()).isEqualTo(20);
        assertThat(fetch.hasSubmodules()).isTrue();
        assertThat(fetch.hasTags()).isFalse();
        assertThat(fetch.said()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "version: 1\n"})
    void everyKeyIsRead(String top) {
        Fetch fetch = fetch(top, "    fetch: {shallow: TRUE, depth: 2, submodules: false, tags: true}\n");
        assertThat(fetch.isShallow()).isTrue();
        assertThat(fetch.commits()).isEqualTo(2);
        assertThat(fetch.hasSubmodules()).isFalse();
        assertThat(fetch.hasTags()).isTrue();
        assertThat(fetch.said()).isEqualTo(Map.of("shallow", true, "depth", 2, "submodules", false, "tags", true));
    }

    @Test
    void whatIsNotSaidStaysUnsaid() {
        assertThat(fetch("", "    fetch: {tags: false}\n").said()).isEqualTo(Map.of("tags", false));
        assertThat(fetch("", "    fetch: {submodules: true}\n").said()).isEqualTo(Map.of("submodules", true));
        assertThat(fetch("", "    fetch: {shallow: false, depth: 3}\n").said()).isEqualTo(Map.of("shallow", false));
    }

    @Test
    void aDepthAloneIsShallowAndShallowAloneHasADepth() {
        Map<String, Object> three = Map.of("shallow", true, "depth", 3);
        assertThat(fetch("", "    fetch: {depth: 3}\n").said()).isEqualTo(three);
        assertThat(fetch("", "    fetch: {shallow: true}\n").said()).isEqualTo(Map.of("shallow", true, "depth", 20));
    }

    @Test
    void anEmptyMapOfPipelineLibSaysNothing() {
        assertThat(fetch("", "    fetch: {}\n")).isEqualTo(Fetch.UNSAID);
    }
}
