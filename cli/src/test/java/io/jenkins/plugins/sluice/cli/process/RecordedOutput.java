package io.jenkins.plugins.sluice.cli.process;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what processes say, for tests. */
public final class RecordedOutput implements OutputSink {

    public final List<String> lines = new CopyOnWriteArrayList<>();
    public final List<String> notes = new CopyOnWriteArrayList<>();

    @Override
    public void line(String text) {
        lines.add(text);
    }

    @Override
    public void note(String text) {
        notes.add(text);
    }
}
