package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.report.Timeline;
import io.jenkins.plugins.sluice.report.Timeline.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The times in which nothing worked: every stage waited, for people, for an agent, or for its next attempt. */
final class QuietTimes {
    /** A picture with more of them would be nothing but gaps. */
    private static final int MOST = 12;

    private QuietTimes() {}

    /**
     * Those that are to be drawn short, in the order of time: the longest, until work has a third of the axis. Where little is
     * won the axis stays as it is: each of them is long beside all the work of the run.
     */
    static List<Span> toCut(Timeline timeline) {
        List<Span> all = new ArrayList<>(all(timeline));
        long quiet = all.stream().mapToLong(Span::length).sum();
        long work = Span.offset(timeline, timeline.end()) - quiet;
        all.sort(Comparator.comparingLong(Span::length).reversed().thenComparing(Span::from));
        List<Span> cut = new ArrayList<>();
        for (Span next : all) {
            if (work == 0 || quiet <= 2 * work || next.length() <= work / 2 || cut.size() == MOST) {
                break;
            }
            cut.add(next);
            quiet -= next.length();
        }
        cut.sort(Comparator.comparingLong(Span::from));
        return cut;
    }

    private static List<Span> all(Timeline timeline) {
        List<Span> all = new ArrayList<>();
        long reached = 0;
        for (Span work : work(timeline)) {
            if (work.from() > reached) {
                all.add(new Span(reached, work.from()));
            }
            reached = Math.max(reached, work.to());
        }
        long end = Span.offset(timeline, timeline.end());
        if (end > reached) {
            all.add(new Span(reached, end));
        }
        return all;
    }

    private static List<Span> work(Timeline timeline) {
        return timeline.rows().stream()
                .flatMap(row -> row.bars().stream())
                .filter(bar -> bar.kind() == Kind.WORK)
                .map(bar -> Span.of(timeline, bar))
                .sorted(Comparator.comparingLong(Span::from))
                .toList();
    }
}
