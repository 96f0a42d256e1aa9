package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.cli.process.OutputSink;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the last lines of an output, whether or not all of it goes into a log as well. */
final class LastLines implements OutputSink {

    private final int limit;
    private final @Nullable OutputSink log;
    private final Deque<String> lines = new ArrayDeque<>();

    /** Only keeps them. */
    LastLines(int limit) {
        this(limit, null);
    }

    LastLines(int limit, @Nullable OutputSink log) {
        this.limit = limit;
        this.log = log;
    }

    @Override
    public void line(String text) {
        if (lines.size() == limit) {
            lines.removeFirst();
        }
        lines.addLast(text);
        if (log != null) {
            log.line(text);
        }
    }

    @Override
    public int cut(String text) {
        return log == null ? text.length() : log.cut(text);
    }

    @Override
    public void note(String text) {
        if (log != null) {
            log.note(text);
        }
    }

    List<String> lines() {
        return List.copyOf(lines);
    }
}
