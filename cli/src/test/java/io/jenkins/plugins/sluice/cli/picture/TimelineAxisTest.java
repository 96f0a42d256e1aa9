package io.jenkins.plugins.sluice.cli.picture;

import static io.jenkins.plugins.sluice.cli.picture.Timelines.DAY;
import static io.jenkins.plugins.sluice.cli.picture.Timelines.asking;
import static io.jenkins.plugins.sluice.cli.picture.Timelines.row;
import static io.jenkins.plugins.sluice.cli.picture.Timelines.work;
import static io.jenkins.plugins.sluice.run.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.cli.picture.Axis.Cut;
import io.jenkins.plugins.sluice.cli.picture.Axis.Tick;
import io.jenkins.plugins.sluice.cli.picture.TimeScale.Stretch;
import io.jenkins.plugins.sluice.report.Timeline;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

/** Round ticks, and an axis that is cut short where nothing ran. */
class TimelineAxisTest {
    private static List<String> labels(long length) {
        return Ticks.of(new Stretch(new Span(0, length), 0, 720, false)).stream()
                .map(Ticks::label)
                .toList();
    }

    @Example
    void ticksFromMillisecondsToDays() {
        assertThat(labels(3)).containsExactly("0", "1ms", "2ms", "3ms");
        assertThat(labels(1_700)).startsWith("0", "200ms", "400ms").endsWith("1.4s", "1.6s");
        assertThat(labels(42_000)).startsWith("0", "5s", "10s").endsWith("40s");
        assertThat(labels(754_000)).startsWith("0", "1m").endsWith("12m");
        assertThat(labels(7_000_000)).startsWith("0", "10m").endsWith("1h 50m");
        assertThat(labels(DAY)).startsWith("0", "2h").endsWith("22h", "1d");
        assertThat(labels(9 * DAY)).startsWith("0", "1d").endsWith("9d");
        assertThat(labels(4_000 * DAY)).startsWith("0", "500d").endsWith("4000d");
    }

    @Example
    void labelsAreExact() {
        assertThat(Ticks.label(0)).isEqualTo("0");
        assertThat(Ticks.label(1_500)).isEqualTo("1.5s");
        assertThat(Ticks.label(60_050)).isEqualTo("1m 0.05s");
        assertThat(Ticks.label(2 * DAY + 3 * 3_600_000 + 5_000)).isEqualTo("2d 3h 5s");
    }

    @Property(tries = 200)
    void ticksAreRoundAndApart(
            @ForAll @LongRange(min = 0, max = 40 * DAY) long from,
            @ForAll @LongRange(min = 1, max = 400 * DAY) long length) {
        Stretch stretch = new Stretch(new Span(from, from + length), 0, 720, false);
        List<Long> ticks = Ticks.of(stretch);
        assertThat(ticks).allSatisfy(tick -> assertThat(tick).isBetween(from, from + length));
        for (int i = 1; i < ticks.size(); i++) {
            long step = ticks.get(i) - ticks.get(i - 1);
            assertThat(ticks.get(i) % step).isZero();
            assertThat(stretch.x(ticks.get(i)) - stretch.x(ticks.get(i - 1))).isGreaterThanOrEqualTo(44);
        }
    }

    @Example
    void aLongGateIsCutShort() {
        Timeline timeline = Timelines.longGate();
        TimelineDrawing drawing = TimelineLayout.of(timeline);
        assertThat(drawing.axis().cuts()).extracting(Cut::label).containsExactly("1d 23h");
        double deploy = drawing.lanes().get(3).bars().get(0).width();
        double build = drawing.lanes().get(0).bars().get(0).width();
        assertThat(deploy).isGreaterThan(200);
        assertThat(build / deploy).as("one scale on both sides").isBetween(29.9 / 26 - 0.01, 29.9 / 26 + 0.01);
        assertThat(drawing.axis().ticks()).extracting(Tick::label).contains("0", "30s", "2d 20s");
    }

    @Example
    void whatIsNotLongBesideTheWorkIsNotCut() {
        assertThat(cuts(work(0, 10_000, SUCCEEDED), asking(10_000, 25_000, SUCCEEDED)))
                .isEmpty();
        assertThat(cuts(work(0, 10_000, SUCCEEDED), asking(10_000, 40_000, SUCCEEDED)))
                .hasSize(1);
        assertThat(cuts(asking(0, 2 * DAY, SUCCEEDED))).as("there is no work").isEmpty();
    }

    @Example
    void aGateBesideWorkIsNotCut() {
        assertThat(cuts(work(0, DAY, SUCCEEDED), asking(0, 2 * DAY, SUCCEEDED))).isEmpty();
    }

    private static List<Span> cuts(Timeline.Bar... bars) {
        return QuietTimes.toCut(Timelines.of(
                List.of(bars).stream().map(bar -> row("p/a", 0, 0, bar)).toArray(Timeline.Row[]::new)));
    }

    @Property(tries = 100)
    void laterIsFurtherRight(@ForAll long seed) {
        Timeline timeline = Timelines.random(seed);
        TimeScale scale = TimeScale.of(timeline, 100);
        long end = Span.offset(timeline, timeline.end());
        double before = scale.left();
        for (int i = 0; i <= 50; i++) {
            double x = scale.x(end * i / 50);
            assertThat(x).isBetween(before - 0.001, scale.right() + 0.001);
            before = x;
        }
        assertThat(scale.x(0)).isEqualTo(100);
    }

    @Example
    void whatGoesOnEndsNow() {
        TimelineSvg svg = TimelineSvg.of(Timelines.of(row("p/a", 1, 0, work(0, 61_000))));
        assertThat(svg.texts("now")).containsExactly("now");
        assertThat(TimelineSvg.of(Timelines.longGate()).texts("now")).isEmpty();
    }

    @Example
    void theAxisOfAHighPictureIsAtBothEnds() {
        assertThat(TimelineSvg.of(Timelines.chain(60)).texts("tick"))
                .filteredOn("10s"::equals)
                .hasSize(2);
        assertThat(TimelineSvg.of(Timelines.chain(6)).texts("tick"))
                .filteredOn("1s"::equals)
                .hasSize(1);
    }
}
