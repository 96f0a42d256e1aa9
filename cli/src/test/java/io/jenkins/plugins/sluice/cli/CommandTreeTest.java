package io.jenkins.plugins.sluice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CommandTreeTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        Console console = new Console(
                InputStream.nullInputStream(),
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                Map.of(),
                Path.of(""));
        return new CommandTree(console).run(arguments);
    }

    static Iterable<String> names() {
        return CommandTree.names();
    }

    @Test
    void withoutArgumentsAllCommandsAreShown() {
        assertThat(run()).isZero();
        assertThat(out.toString(UTF_8)).contains(CommandTree.names());
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachCommandHasHelp(String name) {
        assertThat(run(name, "--help")).isZero();
        assertThat(out.toString(UTF_8)).startsWith("Usage: sluice " + name).contains("-h, --help");
        assertThat(CommandTree.command(name)).extracting(Command::name).isEqualTo(name);
    }

    @Test
    void unknownCommandSuggestsTheNearest() {
        assertThat(run("pln")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString(UTF_8)).contains("no command 'pln'").contains("did you mean 'plan'?");
    }

    @Test
    void unknownOptionSuggestsTheNearest() {
        assertThat(run("plan", "--fromat=json")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString(UTF_8)).contains("no option '--fromat=json'").contains("did you mean '--format'?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plan --format jsn",
                "plan a b",
                "plan --output",
                "plan --param x",
                "run -j 0",
                "run -j many",
                "explain",
                "help nothing",
                "--bogus"
            })
    void wrongUsageIsToldInShortAndPointsToTheHelp(String line) {
        assertThat(run(line.split(" "))).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString(UTF_8))
                .startsWith("sluice")
                .contains("Run 'sluice ")
                .hasLineCount(2);
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void missingFileIsToldWithoutStackTrace() {
        assertThat(run("lint", "no/such/file")).isIn(ExitCode.BAD_INPUT, ExitCode.ERRORED);
        assertThat(out.toString(UTF_8)).contains("no/such/file").doesNotContain("Exception");
    }
}
