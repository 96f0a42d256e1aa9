package io.jenkins.plugins.sluice.cli.picture;

import static io.jenkins.plugins.sluice.cli.picture.Timelines.asking;
import static io.jenkins.plugins.sluice.cli.picture.Timelines.row;
import static io.jenkins.plugins.sluice.cli.picture.Timelines.work;
import static io.jenkins.plugins.sluice.run.Outcome.ABORTED;
import static io.jenkins.plugins.sluice.run.Outcome.ERRORED;
import static io.jenkins.plugins.sluice.run.Outcome.FAILED;
import static io.jenkins.plugins.sluice.run.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.report.Timeline;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** The text of a picture. */
class TimelinePictureTest {
    private static final Timeline RUN = Timelines.of(
            row("api/build", 1, 2_000, work(2_000, 10_000, SUCCEEDED)),
            row("api/unit", 2, 0, work(10_000, 60_000, FAILED), work(70_000, 130_000, SUCCEEDED)),
            row("api/lint", 0, 500, work(10_500, 14_000, SUCCEEDED)),
            row("web/build", 0, 0, work(0, 9_000, ERRORED)),
            row("web/test", 0, 0, work(9_000, 12_000, ABORTED)),
            row("api/deploy", 3, 5_000, work(135_000, 140_000, SUCCEEDED)));

    @Test
    void everyStageHasARowInTheAreaOfItsPipeline() {
        TimelineSvg svg = TimelineSvg.of(RUN);
        assertThat(svg.texts("heading")).containsExactly("api", "web");
        assertThat(svg.styled("g", "row"))
                .extracting(e -> e.getAttribute("data-stage"))
                .containsExactly("api/build", "api/unit", "api/lint", "api/deploy", "web/build", "web/test");
        assertThat(svg.texts("name")).containsExactly("build", "unit", "lint", "deploy", "build", "test");
        assertThat(svg.texts("time")).containsExactly("8s", "2m", "3.5s", "5s", "9s", "3s");
    }

    @Test
    void everyAttemptIsABarWithATooltip() {
        TimelineSvg svg = TimelineSvg.of(RUN);
        assertThat(svg.styled("g", "at")).hasSize(7);
        assertThat(svg.titles())
                .contains(
                        "api/unit, attempt 1: failed\nstarted at 10s, took 50s",
                        "api/unit, attempt 2: succeeded\nstarted at 1m 10s, took 1m",
                        "api/unit\nwaited 10s for its next attempt",
                        "api/deploy\nwaited 5s for an agent or a lock",
                        "api/deploy: succeeded\nstarted at 2m 15s, took 5s\nwaited 5s for an agent or a lock\non the critical path",
                        "api/lint: succeeded\nstarted at 10.5s, took 3.5s\nwaited 500ms for an agent or a lock");
        assertThat(svg.styled("g", "failed").stream().filter(e -> TimelineSvg.has(e, "at")))
                .hasSize(1);
    }

    @Test
    void theCriticalPathIsOutlinedJoinedAndNamed() {
        TimelineSvg svg = TimelineSvg.of(RUN);
        assertThat(svg.styled("rect", "ring"))
                .filteredOn(e -> TimelineSvg.has((Element) e.getParentNode(), "at"))
                .as("build, unit twice, deploy")
                .hasSize(4);
        assertThat(svg.styled("path", "dash")).as("each of them waited").hasSize(3);
        assertThat(svg.styled("path", "line")).hasSize(3 + 2);
        assertThat(svg.texts("fact"))
                .contains("Critical path of 3 stages: 2m 03s at work · 17s waiting for agents, locks or next attempts");
    }

    @Test
    void theLegendExplainsWhatIsInThePictureAndNothingElse() {
        assertThat(legend(RUN))
                .containsExactly(
                        "succeeded",
                        "failed",
                        "errored",
                        "aborted",
                        "waits for an agent, a lock or its next attempt",
                        "critical path");
        assertThat(legend(Timelines.longGate())).contains("waits for people", "nothing ran: drawn short");
        assertThat(legend(Timelines.of(row("p/a", 0, 0, work(0, 10))))).containsExactly("running");
    }

    private static List<String> legend(Timeline timeline) {
        return TimelineSvg.of(timeline).styled("g", "sample").stream()
                .map(e -> e.getTextContent().strip())
                .toList();
    }

    @Test
    void aGateIsHatched() {
        TimelineSvg svg = TimelineSvg.of(Timelines.longGate());
        assertThat(svg.styled("g", "asking")).hasSize(2);
        assertThat(svg.elements("rect"))
                .filteredOn(e -> e.getAttribute("fill").equals("url(#sluice-timeline-hatch)"))
                .as("the bar and its sample")
                .hasSize(2);
        assertThat(svg.titles())
                .contains(
                        "p/approve: waits for people\nstarted at 30s, took 1d 23h",
                        "1d 23h in which nothing ran, drawn short");
    }

    @Test
    void aRunThatIsNotOver() {
        Timeline timeline = Timelines.of(
                row("p/a", 1, 0, work(0, 60_000)),
                row("p/b", 0, 0, asking(20_000, 60_000)),
                row("p/c", 0, 0, work(0, 60_000)),
                row("p/d", 0, 9_000));
        TimelineSvg svg = TimelineSvg.of(timeline);
        assertThat(svg.styled("g", "row"))
                .extracting(e -> e.getAttribute("class"))
                .containsExactly("row running critical", "row asking", "row running", "row waiting");
        assertThat(svg.titles())
                .contains(
                        "p/a: running\nstarted at 0, not over after 1m",
                        "p/d: waiting\n" + "waited 9s for an agent or a lock");
        assertThat(svg.texts("fact")).contains("4 stages, not over after 1m · started 2026-03-02 09:12:04 UTC");
    }

    @Test
    void theWholeIsAnImageWithATextForThoseWhoDoNotSee() {
        TimelineSvg svg = TimelineSvg.of(RUN);
        Element root = svg.root();
        assertThat(root.getAttribute("role")).isEqualTo("img");
        assertThat(root.getAttribute("viewBox"))
                .isEqualTo("0 0 " + root.getAttribute("width") + " " + root.getAttribute("height"));
        assertThat(svg.titles().get(0)).isEqualTo("Run 7");
        assertThat(svg.elements("desc").get(0).getTextContent())
                .startsWith("6 stages in 2m 20s · started 2026-03-02 09:12:04 UTC. Critical path of 3 stages")
                .contains("web/test: aborted, started at 9s, took 3s.");
    }

    @Test
    void everyRuleIsAboutThisPictureOnly() {
        assertThat(TimelineStyle.CSS.lines())
                .allMatch(l -> l.startsWith(".sluice-timeline ") || l.startsWith("@media") || l.equals("}"));
        assertThat(TimelineStyle.CSS).contains("prefers-color-scheme:dark");
    }

    @Test
    void everyRuleIsOfUse() {
        Timeline open = Timelines.of(row("p/a", 0, 0, work(0, 10)), row("p/b", 0, 0, asking(0, 10)));
        Set<String> used = new HashSet<>();
        Stream.of(RUN, Timelines.longGate(), open).forEach(timeline -> Pattern.compile("class=\"([a-z -]+)\"")
                .matcher(TimelinePicture.svg(timeline, "x"))
                .results()
                .forEach(match -> used.addAll(List.of(match.group(1).split(" ")))));
        assertThat(Pattern.compile("\\.([a-z-]+)").matcher(TimelineStyle.CSS).results())
                .extracting(match -> match.group(1))
                .allMatch(used::contains);
    }

    @Test
    void nothingIsLoadedFromElsewhere() {
        String svg = TimelinePicture.svg(Timelines.longGate(), "x");
        assertThat(svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", ""))
                .doesNotContain("http:", "https:", "<script", "@import", "<image", "href");
    }

    @Test
    void sameTimelineSameBytes() {
        Locale before = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            String once = TimelinePicture.svg(Timelines.random(17), "x");
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            assertThat(TimelinePicture.svg(Timelines.random(17), "x")).isEqualTo(once);
        } finally {
            Locale.setDefault(before);
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void textFromTheFileStaysText() {
        String nasty = "</text><script>alert(1)</script>\"'&amp; ]]> \u0001\u001b[31m \u202e \ud800 \uffff \n end";
        String svg = TimelinePicture.svg(
                Timelines.of(row(nasty.replace("/", "") + "/" + nasty.replace("/", ""), 1, 0, work(0, 10, SUCCEEDED))),
                nasty);
        TimelineSvg parsed = TimelineSvg.parse(svg);
        assertThat(svg).doesNotContain("<script").doesNotContain("\u202e", "\u0001");
        assertThat(parsed.titles().get(0)).startsWith("</text><script>alert(1)</script>\"'&amp; ]]> \\u0001");
        assertThat(parsed.texts("name").get(0)).startsWith("<text><script>").contains("\\u202e");
    }

    @Test
    void aLongTitleIsCut() {
        TimelineSvg svg = TimelineSvg.parse(TimelinePicture.svg(RUN, "Run ".repeat(100)));
        assertThat(svg.texts("title").get(0)).endsWith("…").hasSizeLessThan(150);
        assertThat(svg.titles().get(0)).isEqualTo("Run ".repeat(100));
    }

    @Test
    void noStageHasRun() {
        assertThat(TimelineSvg.of(Timelines.of()).texts("fact"))
                .contains("no stage has run", "0 stages in 0s · started 2026-03-02 09:12:04 UTC");
    }

    @Test
    void tooManyRowsAreRefused() {
        assertThat(TimelinePicture.tooLarge(Timelines.chain(TimelinePicture.MOST_ROWS)))
                .isEmpty();
        Timeline timeline = Timelines.chain(TimelinePicture.MOST_ROWS + 1);
        assertThat(TimelinePicture.tooLarge(timeline)).contains("it has 2001 stages, and a picture at most 2000");
        assertThatThrownBy(() -> TimelinePicture.svg(timeline, "x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("cannot draw this timeline: it has 2001 stages, and a picture at most 2000");
    }

    @Test
    void twoThousandRows() {
        assertThat(TimelineSvg.of(Timelines.chain(TimelinePicture.MOST_ROWS)).styled("g", "row"))
                .hasSize(2_000);
    }
}
