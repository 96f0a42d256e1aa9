package io.jenkins.plugins.sluice.cli.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ProcessGroupTest {

    private static final Patience QUICK = Patience.UNLIMITED.withGrace(Duration.ofMillis(500));
    private static final String TOKEN = "test-" + ProcessHandle.current().pid();

    private final RecordedOutput output = new RecordedOutput();

    @TempDir
    private Path directory;

    @AfterEach
    void nothingIsLeft() {
        assertThat(new Leftovers(TOKEN).end(Duration.ofSeconds(5))).isEmpty();
    }

    @Test
    void exitCodeAndBothStreamsArrive() throws IOException {
        Ending ending = bash("echo out; echo err >&2; exit 3").await(QUICK, output);
        assertThat(ending).isEqualTo(new Ending.Exited(3));
        assertThat(ending.isSuccess()).isFalse();
        assertThat(output.lines).containsExactly("out", "err");
        assertThat(output.notes).isEmpty();
    }

    @Test
    void signalBecomesExitCode() throws IOException {
        assertThat(bash("kill -SEGV $$").await(QUICK, output)).isEqualTo(new Ending.Exited(128 + 11));
    }

    @Test
    void argumentsAreNotTouched() throws IOException {
        ProcessGroup group = start(List.of("printf", "%s\\n", "a b", "$HOME", "", "it's"));
        assertThat(group.await(QUICK, output).isSuccess()).isTrue();
        assertThat(output.lines).containsExactly("a b", "$HOME", "", "it's");
    }

    @Test
    void environmentIsExactlyTheGivenOne() throws IOException {
        ProcessGroup group =
                ProcessGroup.start(new Invocation(List.of("/usr/bin/env"), directory, Map.of("A", "ü\nb")));
        group.await(QUICK, output);
        assertThat(output.lines).containsExactly("A=ü", "b");
    }

    @Test
    void runsInItsDirectoryWithoutInputOrTerminal() throws IOException {
        bash("pwd; cat; (: < /dev/tty) 2>/dev/null || echo no terminal").await(QUICK, output);
        assertThat(output.lines).containsExactly(directory.toRealPath().toString(), "no terminal");
    }

    @Test
    void unknownProgramIsNamed() {
        assertThatThrownBy(() -> start(List.of("no-such-program", "x")))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("no-such-program is not on the PATH");
        assertThatThrownBy(() -> start(List.of("./missing.sh")))
                .isInstanceOf(CannotStartException.class)
                .hasMessage("the program ./missing.sh does not exist in " + directory);
    }

    @Test
    void fileWithoutPermissionIsNamed() throws IOException {
        Files.writeString(directory.resolve("tool"), "#!/bin/sh\n");
        assertThatThrownBy(() -> start(List.of("./tool")))
                .isInstanceOf(CannotStartException.class)
                .hasMessageContaining("is not executable");
    }

    @Test
    void missingDirectoryIsNamed() {
        Path missing = directory.resolve("gone");
        assertThatThrownBy(() -> ProcessGroup.start(new Invocation(List.of("true"), missing, System.getenv())))
                .isInstanceOf(CannotStartException.class)
                .hasMessage("the directory " + missing + " does not exist");
    }

    @Test
    void impossibleArgumentCannotStart() {
        assertThatThrownBy(() -> start(List.of("echo", "a\0b"))).isInstanceOf(CannotStartException.class);
        assertThatThrownBy(() -> ProcessGroup.start(new Invocation(List.of("true"), directory, Map.of("A", "\0"))))
                .isInstanceOf(CannotStartException.class);
    }

    @Test
    void timeoutEndsTheWholeGroup() throws IOException {
        Ending ending = bash("sleep 600 & sleep 601 & echo started; wait")
                .await(QUICK.withTimeout(Duration.ofSeconds(1)), output);
        assertThat(ending).isEqualTo(new Ending.TimedOut(Duration.ofSeconds(1)));
        assertThat(output.lines).containsExactly("started");
    }

    @Test
    void whatIsSaidOnTermIsHeardOnce() throws IOException {
        Ending ending = bash("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.1; done")
                .await(QUICK.withTimeout(Duration.ofSeconds(1)).withGrace(Duration.ofSeconds(20)), output);
        assertThat(ending).isInstanceOf(Ending.TimedOut.class);
        assertThat(output.lines).contains("up", "bye").containsOnlyOnce("bye");
        assertThat(output.notes).isEmpty();
    }

    @Test
    void whoIgnoresTermIsKilled() throws IOException {
        Ending ending = bash("trap '' TERM; (trap '' TERM; while :; do sleep 1; done) & while :; do sleep 1; done")
                .await(QUICK.withTimeout(Duration.ofMillis(500)), output);
        assertThat(ending).isInstanceOf(Ending.TimedOut.class);
        assertThat(output.notes)
                .singleElement()
                .asString()
                .startsWith("killed after 500 ms")
                .contains("bash");
    }

    @Test
    void abortComesFromAnotherThread() throws IOException {
        ProcessGroup group = bash("echo up; sleep 600");
        Ending ending = group.await(QUICK, new OutputSink() {
            @Override
            public void line(String text) {
                new Thread(group::abort).start();
            }

            @Override
            public void note(String text) {
                throw new AssertionError(text);
            }
        });
        assertThat(ending).isEqualTo(new Ending.Aborted());
    }

    @Test
    void abortRightAfterTheStartIsNotLost() throws IOException {
        for (int i = 0; i < 20; i++) {
            ProcessGroup group = bash("sleep 600");
            group.abort();
            assertThat(group.await(QUICK, output)).isEqualTo(new Ending.Aborted());
        }
    }

    @Test
    void interruptionAbortsAndIsKept() throws IOException {
        ProcessGroup group = bash("sleep 600");
        Thread.currentThread().interrupt();
        assertThat(group.await(QUICK, output)).isEqualTo(new Ending.Aborted());
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void backgroundProcessThatHoldsTheOutputIsEnded() throws IOException {
        Ending ending = bash("sleep 600 & echo main").await(QUICK.withLeftovers(Duration.ofMillis(300)), output);
        assertThat(ending).isEqualTo(new Ending.Exited(0));
        assertThat(output.lines).containsExactly("main");
        assertThat(output.notes)
                .singleElement()
                .asString()
                .contains("still runs in the background")
                .contains("sleep 600");
    }

    @Test
    void backgroundProcessWithoutOutputIsEnded() throws IOException {
        Ending ending =
                bash("sleep 600 >/dev/null 2>&1 & exit 7").await(QUICK.withLeftovers(Duration.ofMillis(300)), output);
        assertThat(ending).isEqualTo(new Ending.Exited(7));
        assertThat(output.notes).singleElement().asString().contains("sleep 600");
    }

    @Test
    void jobWithAGroupOfItsOwnIsEnded() throws IOException {
        bash("set -m; sleep 600 >/dev/null & exit 0").await(QUICK.withLeftovers(Duration.ofMillis(300)), output);
        assertThat(output.notes).singleElement().asString().contains("sleep 600");
    }

    @Test
    void chattyBackgroundProcessIsEnded() throws IOException {
        Ending ending = bash("yes & exit 0").await(QUICK.withLeftovers(Duration.ofMillis(300)), new OutputSink() {
            @Override
            public void line(String text) {}

            @Override
            public void note(String text) {
                output.note(text);
            }
        });
        assertThat(ending).isEqualTo(new Ending.Exited(0));
        assertThat(output.notes).singleElement().asString().contains("(/usr/bin/yes");
    }

    @Test
    void lateOutputOfTheBackgroundIsNotLost() throws IOException {
        for (int i = 0; i < 20; i++) {
            bash("exec > >(sleep 0.05; cat); echo first; echo second").await(Patience.UNLIMITED, output);
        }
        assertThat(output.lines).hasSize(40);
        assertThat(output.notes).isEmpty();
    }

    @Test
    void escapedProcessDoesNotBlock() throws IOException {
        Ending ending = bash("setsid sleep 600 & sleep 0.3; echo main")
                .await(QUICK.withLeftovers(Duration.ofMillis(300)), output);
        assertThat(ending).isEqualTo(new Ending.Exited(0));
        assertThat(output.lines).containsExactly("main");
        assertThat(output.notes).singleElement().asString().contains("no longer listens");
        assertThat(new Leftovers(TOKEN).end(Duration.ofSeconds(5)))
                .singleElement()
                .satisfies(ended -> assertThat(ended.command()).contains("sleep 600"));
    }

    @Test
    void descendantOutsideTheSessionIsEndedOnTimeout() throws IOException {
        bash("setsid -w bash -c 'sleep 600 & wait' & wait").await(QUICK.withTimeout(Duration.ofSeconds(1)), output);
        assertThat(output.notes).isEmpty();
    }

    @Test
    void closedOutputIsNotTheEnd() throws IOException {
        Ending ending = bash("exec >&- 2>&-; sleep 0.5; exit 4").await(QUICK, output);
        assertThat(ending).isEqualTo(new Ending.Exited(4));
    }

    @Test
    void muchOutputOfASlowReaderIsComplete() throws IOException {
        bash("seq 1 200000").await(QUICK, output);
        assertThat(output.lines).hasSize(200_000).startsWith("1", "2").endsWith("199999", "200000");
    }

    @Test
    void failingSinkLeavesNoProcess() throws IOException {
        ProcessGroup group = bash("echo x; sleep 600");
        OutputSink broken = new OutputSink() {
            @Override
            public void line(String text) {
                throw new IllegalStateException("disk full");
            }

            @Override
            public void note(String text) {}
        };
        assertThatThrownBy(() -> group.await(QUICK, broken)).hasMessage("disk full");
    }

    @Test
    void manyGroupsSideBySideKeepTheirOutputApart() {
        List<String> found = IntStream.range(0, 100)
                .parallel()
                .mapToObj(i -> {
                    RecordedOutput mine = new RecordedOutput();
                    try {
                        bash("echo " + i).await(QUICK, mine);
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                    return String.join("|", mine.lines);
                })
                .toList();
        assertThat(found)
                .isEqualTo(IntStream.range(0, 100).mapToObj(Integer::toString).toList());
    }

    private ProcessGroup bash(String script) throws IOException {
        return start(List.of("bash", "-c", script));
    }

    private ProcessGroup start(List<String> argv) throws IOException {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put(Leftovers.VARIABLE, TOKEN);
        return ProcessGroup.start(new Invocation(argv, directory, environment));
    }
}
