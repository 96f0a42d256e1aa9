package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.report.Timeline;
import java.time.Duration;
import java.time.Instant;

/** A stretch of a run, in milliseconds from its start. */
record Span(long from, long to) {
    static long offset(Timeline timeline, Instant at) {
        return Duration.between(timeline.start(), at).toMillis();
    }

    static Span of(Timeline timeline, Timeline.Bar bar) {
        return new Span(offset(timeline, bar.start()), offset(timeline, bar.end()));
    }

    long length() {
        return to - from;
    }
}
