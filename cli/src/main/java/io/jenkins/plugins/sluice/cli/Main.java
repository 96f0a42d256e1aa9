package io.jenkins.plugins.sluice.cli;

import java.nio.file.Path;

/** Where the process starts. */
public final class Main {

    private Main() {}

    /**
     * Runs one command and ends the process with its {@linkplain ExitCode exit code}.
     *
     * @param arguments the name of a command and what it takes
     */
    public static void main(String[] arguments) {
        // No option of ours is a date or a database driver; looking for java.time and java.sql costs 10 ms at every
        // start.
        System.setProperty("picocli.converters.excludes", "java.*");
        Console console = new Console(System.in, System.out, System.err, System.getenv(), Path.of(""));
        int code = new CommandTree(console).run(arguments);
        if (System.out.checkError() && code == ExitCode.OK) {
            System.err.println("sluice: the output could not be written in full");
            code = ExitCode.ERRORED;
        }
        System.err.flush();
        System.exit(code);
    }
}
