package io.jenkins.plugins.sluice.cli;

/** What the exit code of the process says. */
final class ExitCode {

    /** All went well. */
    static final int OK = 0;

    /** The run failed: the work said no. */
    static final int FAILED = 1;

    /** The file or the command line is wrong. */
    static final int BAD_INPUT = 2;

    /** We could not find out, or Sluice itself is broken. */
    static final int ERRORED = 3;

    /** The run is not over: it waits for decisions at gates. */
    static final int WAITING = 4;

    /** Someone stopped it. */
    static final int ABORTED = 130;

    private ExitCode() {}
}
