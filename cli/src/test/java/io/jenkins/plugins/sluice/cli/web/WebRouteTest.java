package io.jenkins.plugins.sluice.cli.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebRouteTest {

    private static Matcher match(String pattern, String path) {
        return Route.get(pattern, request -> Reply.text(200, "")).regex().matcher(path);
    }

    @Test
    void variablesTakeWhatTheyAreFor() {
        Matcher match = match("/runs/{run}/stages/{stage}/log", "/runs/12/stages/0/log");
        assertThat(match.matches()).isTrue();
        assertThat(match.group("run")).isEqualTo("12");
        assertThat(match.group("stage")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/runs/",
                "/runs/0",
                "/runs/01",
                "/runs/1/",
                "/runs/1x",
                "/runs/-1",
                "/runs/1234567890",
                "/runs/..",
                "/runs/%31",
                "/runs/1/../2",
                "/runs/1\n",
                "/RUNS/1",
                "//runs/1",
                "/runs/１"
            })
    void nothingElseFits(String path) {
        assertThat(match("/runs/{run}", path).matches()).isFalse();
    }

    @Test
    void restOfAPatternIsMeantAsItIsWritten() {
        assertThat(match("/runs/{run}/plan.svg", "/runs/1/planxsvg").matches()).isFalse();
        assertThat(match("/runs/{run}/files/{digest}", "/runs/1/files/" + "A".repeat(64))
                        .matches())
                .isFalse();
        assertThat(match("/runs/{run}/files/{digest}", "/runs/1/files/" + "a".repeat(64))
                        .matches())
                .isTrue();
        assertThat(match("/answer/{token}", "/answer/a_B-9").matches()).isTrue();
        assertThat(match("/answer/{token}", "/answer/a.b").matches()).isFalse();
    }

    @Test
    void lookingIsAlsoForHead() {
        Route route = Route.get("/", request -> Reply.text(200, ""));
        assertThat(route.takes("GET")).isTrue();
        assertThat(route.takes("HEAD")).isTrue();
        assertThat(route.takes("POST")).isFalse();
        assertThat(route.session()).isTrue();
        assertThat(Route.post("/", request -> Reply.text(200, "")).takes("GET")).isFalse();
    }

    @Test
    void keysAreLongAndDifferent() {
        Keys one = Keys.random();
        assertThat(one.token()).hasSize(43).isNotEqualTo(one.session()).isNotEqualTo(one.form());
        assertThat(Keys.random().token()).isNotEqualTo(one.token());
        assertThat(Keys.same("a", "a")).isTrue();
        assertThat(Keys.same("a", "b")).isFalse();
        assertThat(Keys.same("a", "")).isFalse();
    }
}
