package io.jenkins.plugins.sluice.cli.web;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Whole lines with something in front, so that several runs can be told apart in one output. */
final class LinesOfRun extends OutputStream {

    private final String prefix;
    private final PrintStream target;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LinesOfRun(String prefix, PrintStream target) {
        this.prefix = prefix;
        this.target = target;
    }

    @Override
    public synchronized void write(int b) {
        if (b == '\n') {
            target.println(prefix + line.toString(StandardCharsets.UTF_8));
            line.reset();
        } else {
            line.write(b);
        }
    }

    @Override
    public synchronized void close() {
        if (line.size() > 0) {
            write('\n');
        }
        target.flush();
    }
}
