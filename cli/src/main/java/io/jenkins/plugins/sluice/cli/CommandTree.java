package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.problem.Suggestion;
import io.jenkins.plugins.sluice.workspace.FileErrors;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * All commands by name. Only the chosen one is created and its options declared: the time to start is spent on nothing
 * else.
 */
final class CommandTree {

    private static final List<String> NAMES = List.of(
            "lint", "plan", "run", "serve", "gates", "approve", "reject", "resume", "abort", "runs", "show", "rerun",
            "clean", "explain", "schema", "version", "help");

    private final Console console;

    CommandTree(Console console) {
        this.console = console;
    }

    /**
     * Runs the command that the arguments name. Whatever happens is told to the user; nothing is thrown.
     *
     * @return one of {@link ExitCode}
     */
    int run(String... arguments) {
        String first = arguments.length == 0 ? "help" : arguments[0];
        String[] rest = arguments.length == 0 ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length);
        Command command = command(aliased(first));
        if (command == null) {
            return unknown(first);
        }
        try {
            return run(command, rest);
        } catch (UsageException e) {
            return misused(command.name(), e.getMessage(), null);
        } catch (IOException e) {
            return broken("sluice " + command.name() + ": " + FileErrors.words(e), e);
        } catch (RuntimeException | Error e) {
            return broken(
                    "sluice: internal error: " + e
                            + (console.debug() ? "" : "; run with SLUICE_DEBUG=1 for the stack trace"),
                    e);
        }
    }

    /** The names of all commands, in the order in which help shows them. */
    static List<String> names() {
        return NAMES;
    }

    /** The command of this name, or null. */
    static @Nullable Command command(String name) {
        return switch (name) {
            case "lint" -> new LintCommand();
            case "plan" -> new PlanCommand();
            case "run" -> new RunCommand();
            case "serve" -> new ServeCommand();
            case "gates" -> new GatesCommand();
            case "approve" -> new VoteCommand(true);
            case "reject" -> new VoteCommand(false);
            case "resume" -> new ResumeCommand();
            case "abort" -> new AbortCommand();
            case "runs" -> new RunsCommand();
            case "show" -> new ShowCommand();
            case "rerun" -> new RerunCommand();
            case "explain" -> new ExplainCommand();
            case "schema" -> new SchemaCommand();
            case "clean" -> new CleanCommand();
            case "version" -> new VersionCommand();
            case "help" -> new HelpCommand();
            default -> null;
        };
    }

    private static String aliased(String word) {
        return switch (word) {
            case "-h", "--help" -> "help";
            case "-V", "--version" -> "version";
            default -> word;
        };
    }

    private int run(Command command, String[] arguments) throws IOException {
        CommandLine line = parser(command);
        ParseResult parsed;
        try {
            parsed = line.parseArgs(arguments);
        } catch (UnmatchedArgumentException e) {
            return misused(command.name(), unmatched(e), suggestion(line, e));
        } catch (ParameterException e) {
            return misused(command.name(), e.getMessage(), null);
        }
        if (parsed.isUsageHelpRequested()) {
            line.usage(console.out(), Ansi.AUTO);
            return ExitCode.OK;
        }
        return command.run(parsed, console);
    }

    /** The parser of one command, without any annotations to scan. */
    static CommandLine parser(Command command) {
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(null, PlainFactory.INSTANCE).name("sluice " + command.name());
        spec.usageMessage()
                .description(command.summary() + ".")
                .sortOptions(false)
                .abbreviateSynopsis(true);
        command.declare(spec);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this text.")
                .build());
        return new CommandLine(spec, PlainFactory.INSTANCE);
    }

    private int unknown(String word) {
        String kind = word.startsWith("-") ? "option" : "command";
        PrintStream err = console.err();
        err.println("sluice: there is no " + kind + " '" + word + "'");
        Suggestion.nearest(word, NAMES).ifPresent(name -> err.println("  hint: did you mean '" + name + "'?"));
        err.println("Run 'sluice help' for all commands.");
        return ExitCode.BAD_INPUT;
    }

    private static String unmatched(UnmatchedArgumentException e) {
        String word = e.getUnmatched().get(0);
        return word.startsWith("-") ? "there is no option '" + word + "'" : "'" + word + "' is one argument too many";
    }

    private static @Nullable String suggestion(CommandLine line, UnmatchedArgumentException e) {
        String word = e.getUnmatched().get(0);
        int equals = word.indexOf('=');
        List<String> options = List.copyOf(line.getCommandSpec().optionsMap().keySet());
        return word.startsWith("-")
                ? Suggestion.nearest(equals < 0 ? word : word.substring(0, equals), options)
                        .orElse(null)
                : null;
    }

    private int misused(String name, @Nullable String message, @Nullable String suggestion) {
        PrintStream err = console.err();
        err.println("sluice " + name + ": " + message);
        if (suggestion != null) {
            err.println("  hint: did you mean '" + suggestion + "'?");
        }
        err.println("Run 'sluice " + name + " --help' for what it takes.");
        return ExitCode.BAD_INPUT;
    }

    private int broken(String message, Throwable cause) {
        console.err().println(message);
        if (console.debug()) {
            cause.printStackTrace(console.err());
        }
        return ExitCode.ERRORED;
    }
}
