package io.jenkins.plugins.sluice.cli;

import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * One command of {@code sluice}. It is created only when it was asked for, and must be cheap to create.
 *
 * <p>A new command needs this interface and its line in {@link CommandTree}.
 */
interface Command {

    /** What the user types: {@code sluice <name>}. */
    String name();

    /** One line for the list of commands, without a full stop. */
    String summary();

    /**
     * Says which options and arguments the command takes. {@code --help} is there already.
     *
     * @param spec the empty specification to add to
     */
    void declare(CommandSpec spec);

    /**
     * Does the work.
     *
     * @param arguments what the user gave, checked against {@link #declare}
     * @return one of {@link ExitCode}
     * @throws UsageException if the arguments make no sense together: exit code 2
     * @throws IOException if something could not be read or written: its message is shown, exit code 3
     */
    int run(ParseResult arguments, Console console) throws IOException;
}
