package io.jenkins.plugins.sluice.cli.local;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what processes say, for tests. */
final class RecordedOutput implements OutputSink {

    final List<String> lines = new CopyOnWriteArrayList<>();
    final List<String> notes = new CopyOnWriteArrayList<>();

    @Override
    public void line(String text) {
        lines.add(text);
    }

    @Override
    public void note(String text) {
        notes.add(text);
    }
}
