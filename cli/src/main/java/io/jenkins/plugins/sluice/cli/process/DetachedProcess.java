package io.jenkins.plugins.sluice.cli.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program that goes on whatever becomes of Sluice. */
public final class DetachedProcess {

    private static final File NOTHING = new File("/dev/null");

    private DetachedProcess() {}

    /** Starts it in a session of its own; its output goes to a file. */
    public static void start(Invocation invocation, Path output) throws CannotStartException {
        Path program = Programs.find(invocation);
        List<String> argv = new ArrayList<>(invocation.argv());
        ProcessGroup.SETSID.ifPresentOrElse(
                setsid -> argv.add(0, setsid.toString()), () -> argv.set(0, program.toString()));
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(invocation.directory().toFile())
                .redirectInput(NOTHING)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(invocation.environment());
        try {
            builder.start();
        } catch (IOException e) {
            throw new CannotStartException("cannot start " + invocation.program() + ": " + e.getMessage(), e);
        }
    }
}
