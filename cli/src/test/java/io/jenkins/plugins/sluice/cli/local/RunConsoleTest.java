package io.jenkins.plugins.sluice.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.cli.process.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 1, unit = TimeUnit.MINUTES)
final class RunConsoleTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8);

    @Test
    void plainConsoleWritesALineForEachEvent() {
        try (RunConsole console = RunConsole.plain(out, 3, 8, false)) {
            tell(console);
        }
        assertThat(text())
                .isEqualTo(
                        """
                run 7
                [api/unit] ==> started
                [web/x]    --> waits: the lock production
                [api/unit] compiling
                [web/x]    ==> started (attempt 2)
                [api/unit] --> killed 12 (sleep)
                [api/unit] ==> succeeded in 3.2s
                [web/x]    ==> failed in 1m 05s: exit code 1
                [a/very-long-name] ==> skipped: web/x failed
                --> the end
                """);
    }

    @Test
    void liveConsoleOnAPipeIsPlain() {
        try (RunConsole console = RunConsole.live(out, 3, 8, false)) {
            tell(console);
        }
        assertThat(text()).startsWith("run 7\n[api/unit] ==> started\n").doesNotContain("\u001b");
    }

    @Test
    void liveConsoleKeepsTheAreaBelowTheLinesAndTakesItAway() {
        Ansi ansi = new Ansi(false);
        StatusArea area = new StatusArea(3, ansi, System::nanoTime);
        OutputWriter writer = new OutputWriter(out, new AreaFooter(area, () -> new TerminalSize(80, 24)));
        try (RunConsole console = new LiveConsole(new PlainConsole(writer, new StageLabels(8, ansi), false), area)) {
            tell(console);
        }
        String text = text();
        assertThat(text).startsWith("\r\u001b[J").endsWith("--> the end\n");
        assertThat(text.lines().filter(line -> line.endsWith("compiling"))).hasSize(1);
    }

    @Test
    void questionTakesTheAreaAwayUntilNothingMoreIsAsked() throws InterruptedException {
        Ansi ansi = new Ansi(false);
        StatusArea area = new StatusArea(3, ansi, () -> 0);
        OutputWriter writer = new OutputWriter(out, new AreaFooter(area, () -> new TerminalSize(60, 24)));
        try (RunConsole console = new LiveConsole(new PlainConsole(writer, new StageLabels(8, ansi), false), area)) {
            tell(console);
            console.say("api/go: Ship it?");
            console.prompt("Yes? ");
            assertThat(screen()).endsWith("--> the end\napi/go: Ship it?\nYes? ");
            String before = text();
            TimeUnit.MILLISECONDS.sleep(500); // more than twice the time after which the area is drawn anew
            assertThat(text()).isEqualTo(before);
            console.note("web/x", "carol approves");
            awaitEnd("Yes? \n[web/x]    --> carol approves\nYes? ");
            bytes.write('\n'); // as the terminal shows what is typed
            console.promptAnswered(true);
            console.say("thanks");
            awaitEnd("carol approves\nYes? \nthanks\n");
            assertThat(text().substring(before.length())).doesNotContain(" done");
            console.promptEnds();
            awaitEnd("thanks\n3/3 done, 1 failed  0s");
            console.prompt("No? ");
            awaitEnd("thanks\nNo? ");
        }
        assertThat(screen()).endsWith("thanks\nNo? \n");
    }

    private void awaitEnd(String end) throws InterruptedException {
        Deadline late = Deadline.in(Duration.ofSeconds(10));
        while (!screen().endsWith(end) && !late.isOver()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(screen()).endsWith(end);
    }

    /** What a terminal without a right margin shows after all that. */
    private String screen() {
        List<String> rows = new ArrayList<>(List.of(""));
        int row = 0;
        int column = 0;
        Matcher matcher = Pattern.compile("\n|\r|\u001b\\[J|\u001b\\[(\\d+)A|[^\n\r\u001b]+")
                .matcher(text());
        while (matcher.find()) {
            String found = matcher.group();
            if (found.equals("\n")) {
                row++;
                column = 0;
                if (row == rows.size()) {
                    rows.add("");
                }
            } else if (found.equals("\r")) {
                column = 0;
            } else if (found.equals("\u001b[J")) {
                rows.subList(row + 1, rows.size()).clear();
                rows.set(row, rows.get(row).substring(0, column));
            } else if (found.startsWith("\u001b")) {
                row -= Integer.parseInt(matcher.group(1));
            } else {
                String old = rows.get(row);
                String rest = old.length() > column + found.length() ? old.substring(column + found.length()) : "";
                rows.set(row, old.substring(0, column) + found + rest);
                column += found.length();
            }
        }
        return String.join("\n", rows);
    }

    @Test
    void quietConsoleLeavesOutTheOutputOfStagesOnly() {
        try (RunConsole console = RunConsole.plain(out, 3, 8, true)) {
            tell(console);
        }
        assertThat(text()).doesNotContain("compiling").contains("killed 12", "succeeded");
    }

    @Test
    void linesOfManyThreadsComeWholeAndInOrder() {
        try (RunConsole console = RunConsole.plain(out, 8, 1, false)) {
            IntStream.range(0, 8).parallel().forEach(thread -> IntStream.range(0, 5_000)
                    .forEach(i -> console.line(String.valueOf(thread), "line " + i)));
        }
        for (int thread = 0; thread < 8; thread++) {
            String label = "[" + thread + "] ";
            assertThat(text().lines().filter(line -> line.startsWith(label)))
                    .containsExactlyElementsOf(IntStream.range(0, 5_000)
                            .mapToObj(i -> label + "line " + i)
                            .toList());
        }
    }

    @Test
    void whatIsSaidAfterTheEndStillComes() {
        RunConsole console = RunConsole.plain(out, 1, 1, false);
        console.close();
        console.close();
        console.note("", "late");
        console.line("a", "later");
        assertThat(text()).isEqualTo("--> late\n[a] later\n");
    }

    @Test
    void eventsDoNotWaitForAStuckTerminal() throws InterruptedException {
        CountDownLatch unstuck = new CountDownLatch(1);
        PrintStream stuck = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) {
                bytes.write(b);
            }

            @Override
            public void write(byte[] data, int offset, int length) throws IOException {
                try {
                    unstuck.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                bytes.write(data, offset, length);
            }
        });
        RunConsole console = RunConsole.plain(stuck, 1, 1, false);
        for (int i = 0; i < 1_000; i++) {
            console.note("a", "note " + i);
        }
        Thread chatty = new Thread(() -> IntStream.range(0, 100_000).forEach(i -> console.line("a", "x".repeat(100))));
        chatty.start();
        chatty.join(200);
        assertThat(chatty.isAlive()).isTrue(); // a stage waits: its output must neither fill the memory nor get lost
        unstuck.countDown();
        chatty.join();
        console.close();
        assertThat(text().lines()).hasSize(101_000);
    }

    @Test
    void closedPipeDoesNotStopTheRun() {
        PrintStream broken = new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("broken pipe");
            }
        });
        try (RunConsole console = RunConsole.plain(broken, 1, 1, false)) {
            IntStream.range(0, 50_000).forEach(i -> console.line("a", "x".repeat(100)));
        }
        assertThat(broken.checkError()).isTrue();
    }

    private static void tell(RunConsole console) {
        console.runStarted("run 7");
        console.stageStarted("api/unit", 1);
        console.waiting("web/x", "the lock production");
        console.line("api/unit", "com\u001b[2Jpiling\u0007");
        console.stageStarted("web/x", 2);
        console.note("api/unit", "killed 12 (sleep)");
        console.stageFinished("api/unit", "succeeded", Duration.ofMillis(3_200), "");
        console.stageFinished("web/x", "failed", Duration.ofSeconds(65), "exit code 1");
        console.stageFinished("a/very-long-name", "skipped", Duration.ZERO, "web/x failed");
        console.note("", "the end");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
