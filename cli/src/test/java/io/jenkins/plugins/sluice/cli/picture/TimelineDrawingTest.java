package io.jenkins.plugins.sluice.cli.picture;

import static io.jenkins.plugins.sluice.cli.picture.Timelines.DAY;
import static io.jenkins.plugins.sluice.cli.picture.Timelines.asking;
import static io.jenkins.plugins.sluice.cli.picture.Timelines.row;
import static io.jenkins.plugins.sluice.cli.picture.Timelines.work;
import static io.jenkins.plugins.sluice.run.Outcome.FAILED;
import static io.jenkins.plugins.sluice.run.Outcome.SUCCEEDED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Point;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Rect;
import io.jenkins.plugins.sluice.cli.picture.TimelineDrawing.Lane;
import io.jenkins.plugins.sluice.cli.picture.TimelineDrawing.Link;
import io.jenkins.plugins.sluice.report.Timeline;
import io.jenkins.plugins.sluice.report.Timeline.Bar;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Where things are: texts apart and inside the picture, bars in the plot and apart, lines from bar to bar. */
class TimelineDrawingTest {
    private static void check(Timeline timeline) {
        TimelineSvg svg = TimelineSvg.of(timeline);
        List<TimelineSvg.Text> texts = svg.places();
        for (int i = 0; i < texts.size(); i++) {
            TimelineSvg.Text one = texts.get(i);
            inside(one.text(), one.place(), svg.page());
            for (TimelineSvg.Text other : texts.subList(i + 1, texts.size())) {
                assertThat(meet(one.place(), other.place()))
                        .as("%s upon %s", one, other)
                        .isFalse();
            }
        }
        TimelineDrawing drawing = TimelineLayout.of(timeline);
        drawing.lanes().forEach(lane -> bars(lane, drawing.plot()));
        texts.forEach(
                text -> drawing.lanes().forEach(lane -> lane.bars().forEach(bar -> assertThat(meet(bar, text.place()))
                        .as("%s upon %s", text, bar)
                        .isFalse())));
        path(drawing);
    }

    private static boolean meet(Rect one, Rect other) {
        return one.x() < other.x() + other.width()
                && other.x() < one.x() + one.width()
                && one.y() < other.y() + other.height()
                && other.y() < one.y() + one.height();
    }

    private static void inside(String what, Rect inner, Rect outer) {
        boolean fits = inner.x() >= outer.x() - 0.01
                && inner.y() >= outer.y() - 0.01
                && inner.x() + inner.width() <= outer.x() + outer.width() + 0.01
                && inner.y() + inner.height() <= outer.y() + outer.height() + 0.01;
        assertThat(fits).as("%s at %s in %s", what, inner, outer).isTrue();
    }

    private static void bars(Lane lane, Rect plot) {
        assertThat(lane.bars()).hasSameSizeAs(lane.row().bars());
        for (int i = 0; i < lane.bars().size(); i++) {
            Rect bar = lane.bars().get(i);
            inside(lane.row().stage(), bar, plot);
            assertThat(bar.width()).isPositive();
            if (i > 0) {
                Rect before = lane.bars().get(i - 1);
                assertThat(before.x() + before.width()).as("%s", lane).isLessThan(bar.x());
            }
        }
        assertThat(lane.waits()).allSatisfy(wait -> {
            assertThat(wait.left()).isGreaterThanOrEqualTo(plot.x());
            assertThat(wait.right()).isLessThanOrEqualTo(plot.x() + plot.width() + 0.01);
        });
    }

    /** Each line leaves a bar of the path at its edge and arrives at the next. */
    private static void path(TimelineDrawing drawing) {
        List<Lane> path = drawing.lanes().stream()
                .filter(lane -> lane.row().critical())
                .sorted((a, b) -> Integer.compare(a.row().step(), b.row().step()))
                .toList();
        List<Link> links = drawing.path().stream()
                .filter(link -> link.from().y() != link.to().y())
                .toList();
        assertThat(links).hasSize(Math.max(0, path.size() - 1));
        for (int i = 1; i < path.size(); i++) {
            Rect last = path.get(i - 1).bars().get(path.get(i - 1).bars().size() - 1);
            Rect first = path.get(i).bars().get(0);
            assertThat(touches(links.get(i - 1).from(), last)).isTrue();
            assertThat(touches(links.get(i - 1).to(), first)).isTrue();
        }
    }

    private static boolean touches(Point point, Rect bar) {
        return point.x() >= bar.x() - 2.01
                && point.x() <= bar.x() + bar.width() + 0.01
                && point.y() >= bar.y() - 0.01
                && point.y() <= bar.y() + bar.height() + 0.01;
    }

    @Property(tries = 150)
    void anything(@ForAll long seed) {
        check(Timelines.random(seed));
    }

    @Example
    void aGateOfTwoDays() {
        check(Timelines.longGate());
    }

    @Example
    void labelsOfCutsAreClearOfTheTicksBesideThem() {
        for (long length = 30_000; length < 90_000; length += 1_000) {
            check(Timelines.of(
                    row("p/a", 1, 0, work(0, length, SUCCEEDED)),
                    row("p/b", 2, 0, asking(length, length + 2 * DAY, SUCCEEDED)),
                    row("p/c", 3, 0, work(length + 2 * DAY, 2 * length + 2 * DAY, SUCCEEDED))));
        }
    }

    @Example
    void nothingAtAll() {
        check(Timelines.of());
        check(Timelines.of(row("p/a", 0, 0)));
        check(Timelines.of(row("p/a", 1, 0, work(0, 0, SUCCEEDED))));
    }

    @Example
    void moreAttemptsThanPixels() {
        Bar[] bars =
                IntStream.range(0, 1_500).mapToObj(i -> work(i, i + 1, FAILED)).toArray(Bar[]::new);
        check(Timelines.of(row("p/a", 1, 0, bars)));
    }

    @Example
    void shortAttemptsAtTheEndOfALongRunAreAllSeen() {
        Timeline timeline = Timelines.of(
                row("p/a", 0, 0, work(0, 3_600_000, SUCCEEDED)),
                row(
                        "p/b",
                        0,
                        0,
                        work(3_599_990, 3_599_991, FAILED),
                        work(3_599_995, 3_599_996, FAILED),
                        work(3_599_999, 3_600_000, SUCCEEDED)));
        check(timeline);
        assertThat(TimelineLayout.of(timeline).lanes().get(1).bars())
                .allSatisfy(bar -> assertThat(bar.width()).isGreaterThanOrEqualTo(2.99));
    }

    @Example
    void longNamesGetTheirRoom() {
        String name = "a-rather-long-name-of-a-stage[browser=firefox,os=windows-server-2022,node=18]";
        check(Timelines.of(
                row("p/" + name, 1, 0, work(0, 10, SUCCEEDED)),
                row("a-pipeline-with-a-name-that-is-much-longer-than-its-stage/a", 2, 5, work(15, 20, SUCCEEDED))));
    }

    @Example
    void barsHaveTheLengthOfTheirTimes() {
        TimelineDrawing drawing = TimelineLayout.of(Timelines.of(
                row("p/a", 1, 0, work(0, 60_000, SUCCEEDED)), row("p/b", 2, 0, work(60_000, 240_000, SUCCEEDED))));
        Rect a = drawing.lanes().get(0).bars().get(0);
        Rect b = drawing.lanes().get(1).bars().get(0);
        assertThat(b.width()).isCloseTo(3 * a.width(), within(0.01));
        assertThat(b.x()).isCloseTo(a.x() + a.width(), within(0.01));
        assertThat(a.x()).isEqualTo(drawing.plot().x());
    }
}
