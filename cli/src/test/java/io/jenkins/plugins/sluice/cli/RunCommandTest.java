package io.jenkins.plugins.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.sluice.cli.Sluice.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole runs on this machine, with real processes and files. */
class RunCommandTest {
    @TempDir
    Path repository;

    private Sluice sluice = new Sluice(Path.of("."));

    @BeforeEach
    void here() {
        sluice = new Sluice(repository);
    }

    private Said run(String config, String... options) {
        sluice.config(config);
        return sluice.call(Stream.concat(Stream.of("run"), Stream.of(options)).toArray(String[]::new));
    }

    private JsonNode report(int run) throws IOException {
        return new ObjectMapper()
                .readTree(repository
                        .resolve(".sluice/runs/" + run + "/report.json")
                        .toFile());
    }

    private Map<String, String> outcomes() throws IOException {
        Map<String, String> outcomes = new HashMap<>();
        report(1)
                .get("stages")
                .forEach(s -> outcomes.put(
                        s.get("id").asText(),
                        s.get("outcome").asText()
                                + (s.has("detail") ? ": " + s.get("detail").asText() : "")));
        return outcomes;
    }

    @Test
    void artifactsAreCarriedAndNothingElse() throws IOException {
        sluice.file("app/source.txt", "x");
        Said said = run(
                """
                version: 1
                pipelines:
                  p:
                    directory: app
                    stages:
                      - name: build
                        script: [mkdir -p out, echo content > out/a.txt, echo '#!/bin/sh' > out/tool.sh, chmod +x out/tool.sh, touch other]
                        artifacts: [out/**]
                      - name: use
                        agent: other
                        script:
                          - test "$(cat out/a.txt)" = content
                          - test -x out/tool.sh
                          - test ! -e other
                          - test -e source.txt
                """);
        assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(ExitCode.OK);
        JsonNode kept = report(1).get("stages").get(0).get("artifacts");
        assertThat(kept).hasSize(2);
        assertThat(kept.get(0).get("path").asText()).isEqualTo("app/out/a.txt");
        assertThat(repository.resolve("app/out")).as("the user's tree").doesNotExist();
    }

    @Test
    void chainSharesAWorkspaceAndBranchesDoNot() {
        Said said = run(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: a, needs: [], script: touch made-by-a}
                      - {name: b, needs: [a], script: test -e made-by-a}
                      - {name: c, needs: [], script: 'sleep 0.3; test ! -e made-by-a'}
                """);
        assertThat(said.exitCode()).as(said.out()).isEqualTo(ExitCode.OK);
    }

    @Test
    void sharedWorkspaceIsOne() {
        Said said = run(
                """
                version: 1
                pipelines:
                  p:
                    workspace: shared
                    stages:
                      - {name: a, needs: [], script: touch made-by-a}
                      - {name: b, needs: [a], script: touch made-by-b}
                      - {name: c, needs: [a], script: test -e made-by-a}
                      - {name: d, agent: other, needs: [b, c], script: test -e made-by-a -a -e made-by-b}
                """);
        assertThat(said.exitCode()).as(said.out()).isEqualTo(ExitCode.OK);
    }

    @Test
    void untouchedWorkspaceIsHandedOnAndTouchedOneIsNot() throws IOException {
        StringBuilder stages = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            String script = i % 3 == 0 ? "echo more >> f.txt" : i % 3 == 1 ? "touch new" : "true";
            stages.append("      - {name: s")
                    .append(i)
                    .append(", needs: [], script: 'test \"$(cat f.txt)\" = same; test ! -e new; ")
                    .append(script)
                    .append("'}\n");
        }
        sluice.file("f.txt", "same\n");
        Said said = run("version: 1\npipelines:\n  p:\n    stages:\n" + stages, "--jobs", "1");
        assertThat(said.exitCode()).as(said.out()).isEqualTo(ExitCode.OK);
        assertThat(repository.resolve(".sluice/runs/1/workspaces")).isEmptyDirectory();
    }

    @Test
    void outputsReachLaterStagesAsDataAndNeverAsCommands() throws IOException {
        Said said = run(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - name: a
                        script: |
                          echo 'EVIL=$(touch pwned); `touch pwned` " touch pwned' > out.env
                        outputs: {file: out.env}
                      - name: b
                        script: |
                          test "${a.EVIL}" = '$(touch pwned); `touch pwned` " touch pwned'
                          test "$COPY" = "${a.EVIL}"
                          test ! -e pwned
                        env: {COPY: '${a.EVIL}'}
                """);
        assertThat(said.exitCode()).as(said.out()).isEqualTo(ExitCode.OK);
    }

    @Test
    void parametersAndTriggerAreThere() {
        Said said = run(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - name: a
                        when: {branch: main, event: nightly}
                        script: test "${setup.params.who} ${trigger.branch} ${trigger.event} ${run.number} ${.stage}" = "me main nightly 1 a"
                """,
                "--param",
                "who=me",
                "--branch",
                "main",
                "--event",
                "nightly");
        assertThat(said.exitCode()).as(said.out()).isEqualTo(ExitCode.OK);
        assertThat(said.out()).contains("1 succeeded");
    }

    @Test
    void timeoutEndsTheWholeProcessGroup() throws IOException {
        Said said = run(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: hang, timeout: 1s, script: 'sleep 3599 & sleep 3599'}
                """);
        assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(outcomes()).containsEntry("p/hang", "failed: timed out after 1s");
        assertThat(ProcessHandle.allProcesses()
                        .filter(p -> p.info().commandLine().orElse("").contains("sleep 3599")))
                .isEmpty();
    }

    @Test
    void locksKeepStagesApart() {
        Said said = run(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: a, needs: [], lock: l, script: '[ ! -e "$SLUICE_WORKSPACE/../held" ]; touch "$SLUICE_WORKSPACE/../held"; sleep 0.3; rm "$SLUICE_WORKSPACE/../held"'}
                      - {name: b, needs: [], lock: l, script: '[ ! -e "$SLUICE_WORKSPACE/../held" ]; touch "$SLUICE_WORKSPACE/../held"; sleep 0.3; rm "$SLUICE_WORKSPACE/../held"'}
                      - {name: c, needs: [], lock: l, script: '[ ! -e "$SLUICE_WORKSPACE/../held" ]; touch "$SLUICE_WORKSPACE/../held"; sleep 0.3; rm "$SLUICE_WORKSPACE/../held"'}
                """,
                "--jobs",
                "3");
        assertThat(said.exitCode()).as(said.out()).isEqualTo(ExitCode.OK);
        assertThat(said.out()).contains("waits: for the lock 'l'");
    }

    @Test
    void secretsAreMaskedEverywhereAndInheritedByNoOne() throws IOException {
        String secret = "s3cr3t-value-42";
        String encoded = Base64.getEncoder().encodeToString(("user:" + secret).getBytes(StandardCharsets.UTF_8));
        sluice.with("SLUICE_SECRET_TOKEN", secret);
        Said said = run(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - name: a
                        credentials: [{id: token, variable: TOKEN}]
                        script: |
                          echo "plain $TOKEN"
                          printf 'user:%s' "$TOKEN" | base64
                          tr '\\0' ' ' < /proc/$$/cmdline
                          echo "OUT=$TOKEN" > out.env
                        outputs: {file: out.env}
                      - name: b
                        script: test -z "${TOKEN:-}" && test -z "${SLUICE_SECRET_TOKEN:-}" && test -n "${a.OUT}"
                """);
        assertThat(said.exitCode()).as(said.out()).isEqualTo(ExitCode.OK);
        assertThat(said.out()).contains("plain ****").doesNotContain(secret).doesNotContain(encoded);
        try (Stream<Path> files = Files.walk(repository.resolve(".sluice/runs/1"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file))
                        .as("%s", file)
                        .doesNotContain(secret)
                        .doesNotContain(encoded);
            }
        }
    }

    @Test
    void missingSecretIsAProblemBeforeAnythingRuns() {
        Said said = run(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: a, script: 'true'}
                      - name: b
                        script: 'true'
                        credentials: [{id: my-login, type: usernamePassword, usernameVariable: U, passwordVariable: P}]
                """);
        assertThat(said.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.err())
                .contains("error[missing-secret]")
                .contains("set SLUICE_SECRET_MY_LOGIN_USERNAME and SLUICE_SECRET_MY_LOGIN_PASSWORD");
        assertThat(repository.resolve(".sluice")).doesNotExist();
    }

    @Test
    void secretFileHasKeysAndLogins() throws IOException {
        sluice.file("secrets", "# mine\nMY_LOGIN_USERNAME=ada\nMY_LOGIN_PASSWORD=p=w\nKEY=-----BEGIN\n");
        Said said = run(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - name: b
                        script: |
                          test "$U" = ada -a "$P" = p=w
                          test "$(cat "$KEY_FILE")" = "-----BEGIN"
                          test "$(stat -c %a "$KEY_FILE")" = 600
                          echo "$KEY_FILE" > key-file-name
                        artifacts: [key-file-name]
                        credentials:
                          - {id: my-login, type: usernamePassword, usernameVariable: U, passwordVariable: P}
                          - {id: key, type: sshKey, keyFileVariable: KEY_FILE}
                """,
                "--secrets", "secrets", "--keep-workspaces");
        assertThat(said.exitCode()).as(said.out()).isEqualTo(ExitCode.OK);
        String file = Files.readString(repository.resolve(".sluice/runs/1/workspaces/p.b/key-file-name"))
                .strip();
        assertThat(Path.of(file)).doesNotExist();
    }

    @Test
    void reportsAreCountedAndFailedTestsMakeTheRunUnstable() throws IOException {
        Said said = run(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - name: a
                        reports: {junit: 'r/*.xml'}
                        script: |
                          mkdir r
                          echo '<testsuite><testcase classname="C" name="good"/><testcase classname="C" name="bad"><failure/></testcase></testsuite>' > r/x.xml
                """);
        assertThat(said.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(report(1).get("outcome").asText()).isEqualTo("unstable");
        assertThat(said.out()).contains("failed test: ").contains("2 tests, 1 failed");
    }

    @Test
    void sameArtifactFromTwoBranchesIsAnErrorUnlessEqual() throws IOException {
        Said said = run(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: a, needs: [], script: 'echo 1 > same; echo a > differs', artifacts: [same, d*]}
                      - {name: b, needs: [], script: 'echo 1 > same; echo b > differs', artifacts: [s*, differs]}
                      - {name: c, needs: [a, b], script: 'true'}
                """);
        assertThat(said.exitCode()).as(said.out()).isEqualTo(ExitCode.ERRORED);
        assertThat(outcomes().get("p/c"))
                .contains("the artifact differs comes with different content from p/a and p/b");
    }

    @Test
    void stageCannotChangeWhatOthersAreGiven() throws IOException {
        Said said = run(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: a, script: 'echo good > f', artifacts: [f]}
                      - {name: b, needs: [a], agent: x, script: 'chmod u+w f; echo evil > f'}
                      - {name: c, needs: [b], agent: y, script: 'cat f'}
                """);
        boolean root = ProcessHandle.current().info().user().map("root"::equals).orElse(false);
        assertThat(said.exitCode()).as(said.out()).isEqualTo(root ? ExitCode.OK : ExitCode.ERRORED);
        assertThat(said.out()).doesNotContain("evil");
    }

    @Test
    void secretsAreMaskedInEverythingThatSluiceSaysItself() {
        sluice.with("SLUICE_SECRET_TOKEN", "s3cr3t-value/42");
        Said said = run(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - name: a
                        credentials: [{id: token, variable: TOKEN}]
                        script: |
                          echo "T=$TOKEN" > out.env
                          head -c 65530 /dev/zero | tr '\\0' a; echo "$TOKEN"
                          echo "s3cr3t-value%2F42 and s3cr3t-value/42"
                        outputs: {file: out.env}
                      - {name: b, needs: [a], agent: b, lock: 'l-${a.T}', script: sleep 0.5}
                      - {name: c, needs: [a], agent: c, lock: 'l-${a.T}', script: sleep 0.5}
                """,
                "--jobs", "2");
        assertThat(said.exitCode()).as(said.out()).isEqualTo(ExitCode.OK);
        assertThat(said.out())
                .contains("for the lock 'l-****'")
                .doesNotContain("s3cr3t")
                .doesNotContain("t-value");
        assertThat(repository.resolve(".sluice/locks")).isDirectoryNotContaining("glob:**s3cr3t**");
    }

    @Test
    void planShowsNoValuesOfVariables() {
        sluice.with("SLUICE_SECRET_TOKEN", "s3cr3t-value").with("OTHER", "private");
        sluice.config(
                "version: 1\npipelines: {p: {stages: ["
                        + "{name: a, script: x, when: {env: {SLUICE_SECRET_TOKEN: 'y*'}}}, {name: b, script: x, when: {env: {OTHER: z}}}]}}\n");
        assertThat(sluice.call("plan").out())
                .contains("$SLUICE_SECRET_TOKEN is not set")
                .contains("$OTHER does not match z")
                .doesNotContain("private");
    }

    @Test
    void outputsFileThatIsNoFileEndsTheStage() throws IOException {
        Said said = run(
                "version: 1\npipelines: {p: {stages: [{name: a, script: mkfifo out.env, outputs: {file: out.env}}]}}\n");
        assertThat(said.exitCode()).isEqualTo(ExitCode.ERRORED);
        assertThat(outcomes()).containsEntry("p/a", "errored: out.env is no regular file");
    }

    @Test
    void nextAttemptIsGivenItsArtifactsAgain() {
        Said said = run(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: a, script: 'echo good > f', artifacts: [f]}
                      - {name: b, agent: x, retry: {attempts: 2}, script: 'test -e f; rm -f f; test "$SLUICE_ATTEMPT" = 2'}
                """);
        assertThat(said.exitCode()).as(said.out()).isEqualTo(ExitCode.OK);
    }

    @Test
    void inPlaceWorksInTheTreeItself() throws IOException {
        Said said = run(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: a, script: 'echo made > f', artifacts: [f]}
                      - {name: b, agent: other, script: test -e f}
                """,
                "--in-place");
        assertThat(said.exitCode()).as(said.out()).isEqualTo(ExitCode.OK);
        assertThat(repository.resolve("f")).hasContent("made");
    }

    @Test
    void unwritableDirectoryIsSaidInOneLine() {
        assumeFalse("root".equals(System.getProperty("user.name")), "root may write anywhere");
        sluice.config("version: 1\npipelines: {p: {stages: [{name: a, script: 'true'}]}}\n");
        assertThat(repository.toFile().setWritable(false)).isTrue();
        Said said = sluice.call("run");
        assertThat(repository.toFile().setWritable(true)).isTrue();
        assertThat(said.exitCode()).isEqualTo(ExitCode.ERRORED);
        assertThat(said.err()).contains("permission denied").hasLineCount(1);
    }

    @Test
    void stateThatCannotBeMadeIsSaidInOneLine() {
        sluice.config("version: 1\npipelines: {p: {stages: [{name: a, script: 'true'}]}}\n")
                .file("state", "a file");
        Said said = sluice.call("run", "--state", "state");
        assertThat(said.exitCode()).isEqualTo(ExitCode.ERRORED);
        assertThat(said.err().strip()).startsWith("sluice run: ").hasLineCount(1);
    }

    @Test
    void missingDirectoryIsErroredAndNotFailed() throws IOException {
        Said said = run("version: 1\npipelines: {p: {directory: nowhere, stages: [{name: a, script: 'true'}]}}\n");
        assertThat(said.exitCode()).isEqualTo(ExitCode.ERRORED);
        assertThat(outcomes().get("p/a")).startsWith("errored: the directory ");
    }

    @Test
    void longScriptIsRunToo() {
        String comment = "# " + "x".repeat(1_000) + "\n";
        sluice.file("long.txt", comment.repeat(200));
        Said said = run("version: 1\npipelines:\n  p:\n    stages:\n      - name: a\n        script: |\n"
                + ("          " + comment).repeat(200) + "          echo it ran to the end\n");
        assertThat(said.exitCode()).as(said.err()).isEqualTo(ExitCode.OK);
        assertThat(said.out()).contains("it ran to the end");
    }

    @Test
    void imageWithoutAnEngineIsAProblemBeforeAnythingRuns() {
        sluice.with("SLUICE_CONTAINER_ENGINE", "no-such-engine");
        Said said = run("version: 1\npipelines: {p: {stages: [{name: a, image: 'x:1', script: 'true'}]}}\n");
        assertThat(said.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.err()).contains("error[no-container-engine]").contains("there is no no-such-engine");
    }

    @Test
    void whatCannotBeRunYetIsSaidAndNothingRuns() {
        Said said = run("version: 1\npipelines: {p: {concurrency: {group: a}, stages: [{name: a, script: 'true'}]}}\n");
        assertThat(said.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.err()).contains("error[not-supported-yet] pipelines.p.concurrency");
        assertThat(repository.resolve(".sluice")).doesNotExist();
    }

    @Test
    void runsAreNumberedAndCleanedUp() {
        String config = "version: 1\npipelines: {p: {stages: [{name: a, script: 'true', artifacts: [.pipeline/*]}]}}\n";
        run(config);
        run(config);
        assertThat(repository.resolve(".sluice/runs/2/report.json")).exists();
        assertThat(repository.resolve(".sluice/.gitignore")).hasContent("*");
        Said nowhere = sluice.call("clean", "nowhere");
        assertThat(nowhere.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(nowhere.err()).contains("there is nothing at ").contains("nowhere");
        assertThat(sluice.call("clean", "--keep", "1").out()).isEqualTo("removed 1 run\n");
        assertThat(repository.resolve(".sluice/runs/2")).exists();
        assertThat(sluice.call("clean").out()).isEqualTo("removed 1 run\n");
        assertThat(repository.resolve(".sluice/store")).doesNotExist();
        assertThat(sluice.call("clean").out()).isEqualTo("removed 0 runs\n");
    }

    @Test
    void artifactsOfRemovedRunsAreRemovedToo() throws IOException {
        String config = "version: 1\npipelines: {p: {stages: [{name: a, script: 'cp f g', artifacts: [g]}]}}\n";
        sluice.file("f", "one");
        run(config);
        sluice.file("f", "two");
        run(config);
        sluice.call("clean", "--keep", "1");
        try (Stream<Path> files = Files.walk(repository.resolve(".sluice/store/sha256"))) {
            assertThat(files.filter(Files::isRegularFile)).singleElement().satisfies(f -> assertThat(f)
                    .hasContent("two"));
        }
    }

    @Test
    void stateInsideTheTreeIsNotCopied() {
        String config =
                "version: 1\npipelines: {p: {stages: [{name: a, script: 'test ! -e keep; touch made; exit 1'}]}}\n";
        sluice.config(config);
        for (int i = 0; i < 2; i++) {
            assertThat(sluice.call("run", "--state", "keep").exitCode()).isEqualTo(ExitCode.FAILED);
        }
        assertThat(repository.resolve("keep/runs/2/workspaces/p.a/made")).exists();
    }

    @Test
    void thousandsOfSkipsNeedNoDeepStack() {
        StringBuilder config = new StringBuilder("version: 1\npipelines:\n  p:\n    stages:\n");
        config.append("      - {name: s0, script: exit 1}\n");
        for (int i = 1; i < 3_000; i++) {
            config.append("      - {name: s").append(i).append(", script: 'true'}\n");
        }
        Said said = run(config.toString(), "--quiet");
        assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(said.out()).contains("1 failed, 2999 skipped");
    }

    @Test
    void leftBehindProcessesAreEnded() {
        Said said = run(
                "version: 1\npipelines: {p: {stages: [{name: a, script: 'setsid sleep 3598 >/dev/null 2>&1 &'}]}}\n");
        assertThat(said.exitCode()).as(said.out()).isEqualTo(ExitCode.OK);
        assertThat(ProcessHandle.allProcesses()
                        .map(p -> p.info().commandLine().orElse(""))
                        .filter(c -> List.of(c.split(" ", -1)).contains("3598")))
                .isEmpty();
    }
}
