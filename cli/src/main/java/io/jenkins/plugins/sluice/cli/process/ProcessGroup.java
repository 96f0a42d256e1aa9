package io.jenkins.plugins.sluice.cli.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A program that runs in a session of its own together with all that it starts, and that ends with all of it.
 *
 * <p>The session (by {@code setsid}, where there is one) does two things: a signal reaches every process of the group,
 * also those whose parent is gone; and there is no controlling terminal, so that a Ctrl-C is Sluice's to handle and
 * nothing can ask for a password behind the display.
 */
public final class ProcessGroup {

    private static final File NOTHING = new File("/dev/null");
    /** The program that begins a session, where there is one. */
    static final Optional<Path> SETSID =
            Programs.find("setsid", System.getenv().getOrDefault("PATH", "") + ":/usr/bin:/bin");

    private final Process main;
    private final OutputPump output;
    private volatile boolean aborted;

    private ProcessGroup(OutputPump output) {
        this.main = output.process();
        this.output = output;
    }

    /** Starts the command; {@link #await} must be called to let it go on and end. */
    public static ProcessGroup start(Invocation invocation) throws CannotStartException {
        Path program = Programs.find(invocation);
        List<String> argv = new ArrayList<>(invocation.argv());
        SETSID.ifPresentOrElse(setsid -> argv.add(0, setsid.toString()), () -> argv.set(0, program.toString()));
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(invocation.directory().toFile())
                .redirectInput(invocation.input().map(Path::toFile).orElse(NOTHING))
                .redirectErrorStream(invocation.errors());
        if (!invocation.errors()) {
            builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        }
        try {
            Map<String, String> environment = builder.environment();
            environment.clear();
            environment.putAll(invocation.environment());
            return new ProcessGroup(OutputPump.start(builder));
        } catch (IOException | IllegalArgumentException e) {
            throw new CannotStartException("cannot start " + invocation.program() + ": " + e.getMessage(), e);
        }
    }

    /** The number of the main process, which is also that of the group. */
    public long pid() {
        return main.pid();
    }

    /**
     * Blocks until the last process of the group is gone, and hands the output to {@code sink} meanwhile. To be called
     * once. An interruption of this thread aborts the group, and is kept.
     */
    public Ending await(Patience patience, OutputSink sink) {
        return new Vigil(main, output, patience, sink).keep(() -> aborted);
    }

    /** Lets {@link #await} end all processes and return {@link Ending.Aborted}; from any thread, at any time. */
    public void abort() {
        aborted = true;
    }
}
