package io.jenkins.plugins.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.sluice.cli.Sluice.Said;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills Sluice at every event of a run, in every process that works at it, before the event is written and in the middle of
 * its line; then goes on with the run, and compares what came of it with a run that nobody killed.
 */
class KillTest {
    /** Side by side, retried, with artifacts, outputs, a shared workspace, three gates, and stages that fail or never run. */
    private static final String CONFIG =
            """
            version: 1
            pipelines:
              api:
                stages:
                  - {name: unit, needs: [], script: 'echo unit >> "$COUNT"; sleep 0.1'}
                  - name: flaky
                    needs: []
                    retry: {attempts: 5}
                    script: 'echo flaky >> "$COUNT"; test "$SLUICE_ATTEMPT" -ge 2'
                  - name: package
                    needs: [unit, flaky]
                    script: 'echo package >> "$COUNT"; echo jar > a.jar; echo V=1.2 > out.env'
                    artifacts: [a.jar]
                    outputs: {file: out.env}
                  - {name: review, needs: [package], gate: {message: 'Deploy ${package.V}?', show: [a.jar]}}
                  - name: deploy
                    needs: [review]
                    agent: other
                    script: 'echo deploy >> "$COUNT"; cat a.jar VERSION; echo "${package.V} ${gate.approver}" > done.txt'
                    artifacts: [done.txt]
                  - {name: tell, runs: onFailure, script: 'true'}
              web:
                workspace: shared
                stages:
                  - {name: build, script: 'echo build >> "$COUNT"; echo site > index.html; echo changed > VERSION'}
                  - {name: ask, gate: {message: 'Publish?'}}
                  - name: publish
                    script: 'echo publish >> "$COUNT"; cat index.html VERSION > all.txt'
                    artifacts: [all.txt]
              bad:
                stages:
                  - {name: fails, script: 'echo fails >> "$COUNT"; exit 3', allowFailure: true}
                  - {name: never, when: {event: never}, script: 'true'}
                  - {name: no, gate: {message: never mind}}
                  - {name: behind, script: 'echo behind >> "$COUNT"'}
                  - {name: always, runs: always, script: 'echo always >> "$COUNT"'}
              many:
                matrix: {x: [1, 2, 3, 4]}
                stages:
                  - {name: a, needs: [], script: 'true'}
                  - {name: b, needs: [], script: 'true'}
                  - {name: c, needs: [a, b], script: 'true'}
            """;

    private static final int PROCESSES = 3;

    @TempDir
    Path directory;

    private final AtomicInteger places = new AtomicInteger();

    /** A run of its own, in a repository of its own. */
    private final class Scenario {
        private final Path repository;
        private final Path count;
        private final Sluice sluice;

        Scenario() {
            repository = directory.resolve("r" + places.incrementAndGet());
            count = repository.resolveSibling(repository.getFileName() + ".count");
            sluice = new Sluice(repository)
                    .with("CI", "true")
                    .with("COUNT", count.toString())
                    .config(CONFIG)
                    .file("VERSION", "v1\n");
        }

        /** The first run, or the second one if the first was killed before it had begun. */
        String run() {
            return Files.exists(repository.resolve(".sluice/runs/2")) ? "2" : "1";
        }

        boolean isOver() throws IOException {
            return report().has("finishedAt");
        }

        private JsonNode report() throws IOException {
            return new ObjectMapper()
                    .readTree(sluice.call("show", run(), "--format", "json").out());
        }

        /** One process that works at the run; it is killed where the failpoint says, if that is not empty. */
        int work(String failpoint) throws Exception {
            boolean begun = Files.exists(repository.resolve(".sluice/runs/" + run() + "/run.json"));
            String[] command = begun ? new String[] {"resume", run()} : new String[] {"run"};
            if (failpoint.isEmpty()) {
                Said said = sluice.call(command);
                assertThat(said.err()).doesNotContain("internal error");
                return said.exitCode();
            }
            return process(failpoint, command);
        }

        int process(String failpoint, String... command) throws Exception {
            List<String> java = new ArrayList<>(List.of(
                    System.getProperty("java.home") + "/bin/java",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Dsluice.failpoint=" + failpoint,
                    "-cp",
                    System.getProperty("java.class.path"),
                    Main.class.getName()));
            java.addAll(List.of(command));
            ProcessBuilder builder = new ProcessBuilder(java).directory(repository.toFile());
            builder.environment().put("CI", "true");
            builder.environment().put("COUNT", count.toString());
            File log =
                    repository.resolveSibling(repository.getFileName() + ".log").toFile();
            Process process =
                    builder.redirectErrorStream(true).redirectOutput(log).start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        /** A run in a process of its own, which nobody kills but the test. */
        Process start() throws IOException {
            ProcessBuilder builder = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            "run")
                    .directory(repository.toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("CI", "true");
            builder.environment().put("COUNT", count.toString());
            return builder.start();
        }

        /** Says yes, or no where the name says so, at every gate that asks now. */
        void decide() {
            for (String gate : List.of("api/review", "web/ask", "bad/no")) {
                sluice.call(gate.endsWith("no") ? "reject" : "approve", run(), gate, "--as", "ada");
            }
        }

        /** Goes on until the run is over. */
        void finish() throws Exception {
            for (int i = 0; i < 10; i++) {
                int code = work("");
                if (code != ExitCode.WAITING) {
                    // What was over before the kill cannot be resumed.
                    assertThat(isOver()).isTrue();
                    assertThat(code).isIn(ExitCode.FAILED, ExitCode.BAD_INPUT);
                    assertThat(repository.resolve(".sluice/runs/" + run() + "/report.json"))
                            .exists();
                    return;
                }
                decide();
            }
            throw new AssertionError("the run does not end");
        }

        /** What came of the run, without times, numbers of attempts and what a kill is allowed to change. */
        Map<String, String> result() throws IOException {
            JsonNode report = report();
            Map<String, String> result = new TreeMap<>();
            result.put("", report.get("outcome").asText());
            for (JsonNode stage : report.get("stages")) {
                String id = stage.get("id").asText();
                result.put(
                        id,
                        stage.get("outcome") + " " + stage.path("outputs") + " " + stage.path("artifacts") + " "
                                + stage.path("gate").path("verdict"));
                assertThat(ran(id.substring(id.indexOf('/') + 1)))
                        .as("%s is run as often as the journal says", id)
                        .isLessThanOrEqualTo(stage.get("attempts").size());
            }
            return result;
        }

        private int ran(String stage) throws IOException {
            return (int)
                    Files.readAllLines(count).stream().filter(stage::equals).count();
        }
    }

    private Map<String, String> undisturbed() throws Exception {
        Scenario scenario = new Scenario();
        scenario.finish();
        Map<String, String> result = scenario.result();
        assertThat(result.values().stream().filter(r -> r.startsWith("\"succeeded\"")))
                .hasSizeGreaterThan(8);
        return result;
    }

    /** Works at a run with kills at some events: the first number says in which process, the second before which event. */
    private boolean killedAndSame(String kind, int[][] kills, Map<String, String> expected) throws Exception {
        Scenario scenario = new Scenario();
        boolean[] killed = new boolean[kills.length];
        for (int process = 0, next = 0; next < kills.length && process < PROCESSES + kills.length; process++) {
            boolean here = kills[next][0] == process;
            int code = scenario.work(here ? kind + ":" + kills[next][1] : "");
            if (here) {
                killed[next] = code == 137;
                next++;
            }
            if (code == ExitCode.WAITING) {
                scenario.decide();
            }
        }
        scenario.finish();
        assertThat(scenario.result())
                .as(
                        "killed %s %s",
                        kind,
                        List.of(kills).stream().map(k -> k[0] + ":" + k[1]).toList())
                .isEqualTo(expected);
        return killed[kills.length - 1];
    }

    private static <T> List<T> all(List<Callable<T>> tasks) throws Exception {
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void killedAtAnyEventOfAnyProcessTheRunComesToTheSameEnd() throws Exception {
        Map<String, String> expected = undisturbed();
        int points = 0;
        for (int process = 0; process < PROCESSES; process++) {
            for (int event = 1, hits = 1; hits > 0; event += 4) {
                List<Callable<Boolean>> batch = new ArrayList<>();
                for (int e = event; e < event + 4; e++) {
                    int[][] kill = {{process, e}};
                    batch.add(() -> killedAndSame("before", kill, expected));
                    batch.add(() -> killedAndSame("torn", kill, expected));
                }
                hits = (int) all(batch).stream().filter(b -> b).count();
                points += hits;
            }
        }
        assertThat(points).as("kill points").isGreaterThan(100);
    }

    @Test
    void killedTwiceAlsoWhileItResumes() throws Exception {
        Map<String, String> expected = undisturbed();
        Random random = new Random(42);
        List<Callable<Boolean>> batch = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String kind = i % 2 == 0 ? "before" : "torn";
            int[][] kills = {{0, 2 + random.nextInt(36)}, {1, 1 + random.nextInt(8)}};
            batch.add(() -> killedAndSame(kind, kills, expected));
        }
        assertThat(all(batch)).filteredOn(b -> b).hasSizeGreaterThan(30);
    }

    /** Not at an event, but by a signal from outside at any moment. */
    @Test
    void killedBySignalAtAnyMoment() throws Exception {
        Map<String, String> expected = undisturbed();
        List<Callable<Boolean>> batch = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int delay = 150 + i * 60;
            batch.add(() -> {
                Scenario scenario = new Scenario();
                Process process = scenario.start();
                boolean over = process.waitFor(delay, TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
                scenario.finish();
                assertThat(scenario.result()).as("killed after %s ms", delay).isEqualTo(expected);
                return !over;
            });
        }
        assertThat(all(batch)).contains(true);
    }

    @Test
    void killedWhileSomeoneVotes() throws Exception {
        Map<String, String> expected = undisturbed();
        List<Callable<Boolean>> batch = new ArrayList<>();
        for (int event = 1; event <= 2; event++) {
            for (String kind : List.of("before:", "torn:")) {
                String failpoint = kind + event;
                batch.add(() -> {
                    Scenario scenario = new Scenario();
                    assertThat(scenario.work("")).isEqualTo(ExitCode.WAITING);
                    int code = scenario.process(failpoint, "approve", "1", "api/review", "--as", "ada");
                    scenario.finish();
                    assertThat(scenario.result()).as(failpoint).isEqualTo(expected);
                    return code == 137;
                });
            }
        }
        assertThat(all(batch)).containsOnly(true);
    }

    @Test
    void damageInTheMiddleIsAnErrorThatSaysWhere() throws Exception {
        Scenario scenario = new Scenario();
        assertThat(scenario.work("")).isEqualTo(ExitCode.WAITING);
        Path journal = scenario.repository.resolve(".sluice/runs/1/journal");
        List<String> lines = Files.readAllLines(journal);
        List<String> damaged = new ArrayList<>(lines);
        damaged.set(3, damaged.get(3).replace("attempt", "atempt"));
        Files.write(journal, damaged);
        Said said = scenario.sluice.call("resume", "1");
        assertThat(said.exitCode()).isEqualTo(ExitCode.ERRORED);
        assertThat(said.err())
                .contains("journal:4: the journal is damaged at byte ")
                .contains("its checksum does not fit");
        damaged.remove(3);
        Files.write(journal, damaged);
        assertThat(scenario.sluice.call("show", "1").err()).contains("journal:4: the journal is damaged");
        Files.write(journal, lines.subList(0, 6));
        Files.writeString(journal, Files.readString(journal) + lines.get(6).substring(0, 20));
        Said torn = scenario.sluice.call("resume", "1");
        assertThat(torn.exitCode()).isEqualTo(ExitCode.WAITING);
        assertThat(torn.err()).contains("ends in the middle of a line, which is dropped");
    }

    @Test
    void politeEndOfTheProcessIsNoEndOfTheRun() throws Exception {
        Scenario scenario = new Scenario();
        scenario.sluice.config(
                "version: 1\npipelines: {p: {stages: [{name: a, script: 'test $SLUICE_ATTEMPT = 2 || sleep 5432'}]}}\n");
        Process process = scenario.start();
        Path journal = scenario.repository.resolve(".sluice/runs/1/journal");
        while (process.isAlive()
                && !(Files.exists(journal) && Files.readString(journal).contains("attempt-started"))) {
            Thread.sleep(20);
        }
        Thread.sleep(300);
        process.destroy();
        process.waitFor();
        assertThat(Files.readString(journal)).doesNotContain("attempt-ended").doesNotContain("run-finished");
        Said said = scenario.sluice.call("resume");
        assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(ExitCode.OK);
    }

    @Test
    void stageThatWasCutOffSaysSoInItsLogAndLeavesNoProcess() throws Exception {
        Scenario scenario = new Scenario();
        scenario.sluice.config("version: 1\npipelines: {p: {stages: [{name: a, script: 'echo $$ >> pids; "
                + "test $SLUICE_ATTEMPT = 2 || sleep 4321'}]}}\n");
        Process process = scenario.start();
        while (sleeping() == 0 && process.isAlive()) {
            Thread.sleep(20);
        }
        process.destroyForcibly().waitFor();
        Said said = scenario.sluice.call("resume");
        assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(ExitCode.OK);
        assertThat(said.out()).contains("ended a process that was left over").contains("2 attempts");
        String log =
                Files.readString(scenario.repository.resolve(".sluice/runs/1/logs/p.a.log"), StandardCharsets.UTF_8);
        assertThat(log).contains("attempt 1 was cut off: Sluice was stopped while it ran; another one follows");
        assertThat(sleeping()).isZero();
    }

    private static long sleeping() {
        try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
            return all.filter(p -> p.info().commandLine().orElse("").contains("sleep 4321"))
                    .filter(p -> p.info().command().orElse("").endsWith("sleep"))
                    .count();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }
}
