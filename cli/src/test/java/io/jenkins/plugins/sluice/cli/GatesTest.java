package io.jenkins.plugins.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.sluice.cli.Sluice.Said;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gates as people use them: several calls of the command line, each a process of its own as far as the run can tell. */
class GatesTest {
    private static final String SIMPLE =
            """
            version: 1
            pipelines:
              p:
                stages:
                  - {name: build, script: 'echo built > out.txt', artifacts: [out.txt]}
                  - name: review
                    gate: {message: 'Ship it?', show: [out.txt]}
                  - {name: deploy, agent: other, script: 'cat out.txt VERSION; echo by "${gate.approver}"'}
            """;

    @TempDir
    Path repository;

    private Sluice sluice = new Sluice(Path.of("."));

    @BeforeEach
    void here() {
        sluice = new Sluice(repository).with("CI", "true").file("VERSION", "v1\n");
    }

    private Said run(String config, String... options) {
        sluice.config(config);
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(List.of(options));
        return sluice.call(arguments.toArray(String[]::new));
    }

    private JsonNode shown(int run) throws IOException {
        Said said = sluice.call("show", String.valueOf(run), "--format", "json");
        assertThat(said.exitCode()).as(said.err()).isEqualTo(ExitCode.OK);
        return new ObjectMapper().readTree(said.out());
    }

    private JsonNode stage(int run, String id) throws IOException {
        for (JsonNode stage : shown(run).get("stages")) {
            if (stage.get("id").asText().equals(id)) {
                return stage;
            }
        }
        throw new AssertionError("no stage " + id);
    }

    private String log(int run, String stage) throws IOException {
        return Files.readString(repository.resolve(".sluice/runs/" + run + "/logs/p." + stage + ".log"));
    }

    private static void is(Said said, int exitCode) {
        assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(exitCode);
    }

    @Test
    void runWaitsOnTheDiskAndGoesOnWithWhatWasThereAtItsStart() throws IOException {
        Said waits = run(SIMPLE);
        is(waits, ExitCode.WAITING);
        assertThat(waits.out()).contains("run 1 waits for a decision").contains("sluice approve 1 p/review");
        assertThat(repository.resolve(".sluice/runs/1/workspaces")).isEmptyDirectory();
        assertThat(repository.resolve(".sluice/runs/1/source")).doesNotExist();
        sluice.file("VERSION", "v2\n").config("version: 1\npipelines: {p: {stages: [{name: other, script: x}]}}\n");
        is(sluice.call("approve", "1", "review", "--as", "ada"), ExitCode.OK);
        is(sluice.call("resume"), ExitCode.OK);
        assertThat(log(1, "deploy")).isEqualTo("built\nv1\nby ada\n");
        assertThat(stage(1, "p/build").get("attempts")).hasSize(1);
    }

    @Test
    void rejectionSkipsWhatComesAfterAndFailsTheRun() throws IOException {
        run(SIMPLE);
        is(sluice.call("reject", "1", "p/review", "--as", "bob", "--comment", "not on a Friday"), ExitCode.OK);
        is(sluice.call("resume", "1"), ExitCode.FAILED);
        assertThat(stage(1, "p/review").get("detail").asText()).isEqualTo("rejected by bob: not on a Friday");
        assertThat(stage(1, "p/deploy").get("outcome").asText()).isEqualTo("skipped");
    }

    @Test
    void quorumExclusionsInputsAndCommentAreHeld() throws IOException {
        String config =
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - name: review
                        gate:
                          approvers: {users: [erin], groups: [managers], count: 2, exclude: [author, starter]}
                          inputs:
                            - {name: window, choices: [now, tonight]}
                            - {name: percent, type: number, default: 10}
                          comment: required
                      - {name: deploy, script: 'echo "${gate.inputs.window} ${gate.inputs.percent} ${gate.approver}"'}
                """;
        sluice.file(".sluice/groups", "managers: ada, bob, carol, dave\n");
        is(run(config, "--author", "ada@example.org", "--as", "bob"), ExitCode.WAITING);
        String[] vote = {"approve", "1", "review", "--comment", "ok", "--input", "window=now", "--as"};
        for (String[] wrong : new String[][] {
            {"mallory", "mallory is not among erin and the members of managers"},
            {"ada", "ada wrote the change and may not vote here"},
            {"bob", "bob started the run and may not vote here"}
        }) {
            Said said = sluice.call(with(vote, wrong[0]));
            is(said, ExitCode.FAILED);
            assertThat(said.err()).contains(wrong[1]);
        }
        Said first = sluice.call(with(vote, "carol"));
        is(first, ExitCode.OK);
        assertThat(first.out()).contains("1 more is missing");
        assertThat(sluice.call(with(vote, "carol")).err()).contains("carol has approved already");
        assertThat(sluice.call("approve", "1", "review", "--comment", "ok", "--input", "window=tonight", "--as", "erin")
                        .err())
                .contains("carol has approved 'window' as 'now'");
        is(sluice.call("approve", "1", "review", "--comment", "ok", "--as", "erin"), ExitCode.OK);
        assertThat(sluice.call(with(vote, "dave")).err()).contains("too late: approved by carol, erin");
        is(sluice.call("resume"), ExitCode.OK);
        assertThat(log(1, "deploy")).isEqualTo("now 10 carol, erin\n");
        assertThat(stage(1, "p/review").get("gate").get("votes")).hasSize(8);
    }

    private static String[] with(String[] words, String last) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add(last);
        return all.toArray(String[]::new);
    }

    @Test
    void timeKeepsItsClockWhileNobodyWorksAtTheRun() throws Exception {
        String config =
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: no, needs: [], gate: {timeout: 1s}}
                      - {name: yes, needs: [], gate: {timeout: 1s, onTimeout: approve}}
                      - {name: after-no, needs: ['no'], script: 'true'}
                      - {name: after-yes, needs: ['yes'], script: 'true'}
                """;
        is(run(config), ExitCode.WAITING);
        Instant deadline =
                Instant.parse(stage(1, "p/no").get("gate").get("deadline").asText());
        Thread.sleep(Math.max(0, Duration.between(Instant.now(), deadline).toMillis()) + 50);
        Said late = sluice.call("approve", "1", "no");
        is(late, ExitCode.FAILED);
        assertThat(late.err()).contains("too late: nobody decided within 1s");
        is(sluice.call("resume"), ExitCode.FAILED);
        assertThat(stage(1, "p/no").get("gate").get("verdict").asText()).isEqualTo("timed out");
        assertThat(stage(1, "p/yes").get("gate").get("verdict").asText()).isEqualTo("approved by timeout");
        assertThat(stage(1, "p/after-no").get("outcome").asText()).isEqualTo("skipped");
        assertThat(stage(1, "p/after-yes").get("outcome").asText()).isEqualTo("succeeded");
    }

    @Test
    void newerRunOfTheBranchTakesThePlaceOfAWait() throws IOException {
        String config = SIMPLE.replace("message:", "supersede: true, message:");
        is(run(config, "--branch", "main"), ExitCode.WAITING);
        is(run(config, "--branch", "topic"), ExitCode.WAITING);
        Said newer = run(config, "--branch", "main");
        is(newer, ExitCode.WAITING);
        assertThat(newer.out()).contains("takes the place of run 1");
        Said late = sluice.call("approve", "1", "review");
        assertThat(late.err()).contains("too late: superseded by the newer run 3 of the branch main");
        is(sluice.call("resume", "1"), ExitCode.ABORTED);
        assertThat(stage(1, "p/review").get("gate").get("verdict").asText()).isEqualTo("superseded");
        is(sluice.call("approve", "2", "review"), ExitCode.OK);
        is(sluice.call("approve", "3", "review"), ExitCode.OK);
    }

    @Test
    void gateThatHasNothingToShowIsNotAskedAtAll() throws IOException {
        Said said = run(
                SIMPLE.replace("artifacts: [out.txt]", "artifacts: ['*.txt']").replace("> out.txt", "> a.txt"));
        is(said, ExitCode.ERRORED);
        assertThat(stage(1, "p/review").get("detail").asText())
                .isEqualTo("there is nothing to show: no artifact of a stage before it matches out.txt");
    }

    @Test
    void sharedWorkspaceIsPutAsideAndComesBack() throws IOException {
        sluice.file("gone", "x").file("tool", "#!/bin/sh\n").file("dir/kept", "kept\n");
        Said waits = run(
                """
                version: 1
                pipelines:
                  p:
                    workspace: shared
                    stages:
                      - name: build
                        script: |
                          mkdir -p made/empty; echo made > made/file; echo changed > VERSION; rm gone; chmod +x tool
                          ln -s made/file link
                      - {name: review, gate: {message: ok}}
                      - name: deploy
                        agent: other
                        script: |
                          cat made/file VERSION link dir/kept; test -d made/empty; test ! -e gone; test -x tool
                          echo more >> VERSION; rm -r made
                      - {name: again, gate: {message: again}}
                      - {name: last, script: 'cat VERSION; test ! -e made; test ! -e gone'}
                """);
        is(waits, ExitCode.WAITING);
        assertThat(waits.out()).contains("put aside 3 files of the workspace of p");
        assertThat(repository.resolve(".sluice/runs/1/workspaces")).isEmptyDirectory();
        sluice.call("approve", "1", "review");
        is(sluice.call("resume"), ExitCode.WAITING);
        assertThat(log(1, "deploy")).isEqualTo("made\nchanged\nmade\nkept\n");
        sluice.call("approve", "1", "again");
        is(sluice.call("resume"), ExitCode.OK);
        assertThat(log(1, "last")).isEqualTo("changed\nmore\n");
        is(sluice.call("rerun", "1", "--from", "last"), ExitCode.OK);
        assertThat(log(2, "last")).isEqualTo("changed\nmore\n");
    }

    @Test
    void whatWasShownIsWhatIsAppliedWhateverHappensInTheWorkspace() throws IOException {
        String config =
                """
                version: 1
                pipelines:
                  p:
                    workspace: shared
                    stages:
                      - {name: plan, script: 'echo GOOD > plan.txt', artifacts: [plan.txt]}
                      - {name: lint, script: 'rm -f plan.txt; echo EVIL > plan.txt'}
                      - {name: review, gate: {message: ok, show: [plan.txt]}}
                      - {name: pre, script: 'rm -f plan.txt; echo WORSE > plan.txt'}
                      - {name: apply, script: 'cat plan.txt'}
                """;
        for (String workspace : new String[] {"shared", "separate"}) {
            run(config.replace("shared", workspace));
            sluice.call("approve", "last", "review");
            is(sluice.call("resume"), ExitCode.OK);
        }
        assertThat(log(1, "apply")).isEqualTo("GOOD\n");
        assertThat(log(2, "apply")).isEqualTo("GOOD\n");
    }

    @Test
    void inPlaceAChangedFileIsNotWhatWasApproved() throws IOException {
        run(SIMPLE, "--in-place");
        sluice.file("out.txt", "other\n");
        is(sluice.call("approve", "1", "review"), ExitCode.OK);
        is(sluice.call("resume"), ExitCode.ERRORED);
        assertThat(stage(1, "p/deploy").get("detail").asText())
                .isEqualTo("out.txt is not the file any more that the gate showed");
    }

    @Test
    void approvalDoesNotOutliveWhatItWasAbout() throws IOException {
        run(
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - {name: scan, script: 'echo $RANDOM > plan.txt; exit 1', allowFailure: true, artifacts: [plan.txt]}
                      - {name: other, needs: [], script: 'true'}
                      - {name: review, needs: [scan, other], gate: {message: ok, show: [plan.txt]}}
                      - {name: apply, needs: [review], agent: x, script: 'cat plan.txt; exit 1'}
                """);
        sluice.call("approve", "1", "review");
        is(sluice.call("resume"), ExitCode.FAILED);
        is(sluice.call("rerun", "1", "--from", "apply"), ExitCode.FAILED);
        assertThat(stage(2, "p/scan").get("takenFrom").asText()).isEqualTo("1");
        assertThat(log(2, "apply")).isEqualTo(log(1, "apply"));
        is(sluice.call("rerun", "1", "--from", "other"), ExitCode.WAITING);
        assertThat(stage(3, "p/review").get("status").asText()).isEqualTo("asking");
        assertThat(stage(3, "p/scan").get("takenFrom").asText()).isEqualTo("1");
    }

    @Test
    void stagesWhoseNamesHaveDotsShareNothing() {
        Said said = run(
                """
                version: 1
                pipelines:
                  a.b: {stages: [{name: c, script: 'touch mine; sleep 0.3'}]}
                  a: {stages: [{name: b.c, script: 'sleep 0.1; test ! -e mine'}]}
                """);
        is(said, ExitCode.OK);
    }

    @Test
    void gateWorksNowhereAndPipelinesShareNothing() throws IOException {
        Said said = run(
                """
                version: 1
                pipelines:
                  '1':
                    workspace: shared
                    stages:
                      - {name: build, script: touch mine}
                      - {name: wait, gate: {message: ok, timeout: 1s, onTimeout: approve}}
                      - {name: apply, script: test -e mine}
                      - {name: last, gate: {message: ok, timeout: 1s, onTimeout: approve}}
                  '2':
                    stages:
                      - {name: a, needs: [], script: 'sleep 0.2; test ! -e mine'}
                      - {name: b, needs: [], script: 'sleep 0.2; test ! -e mine'}
                """,
                "--at-gates",
                "wait");
        is(said, ExitCode.OK);
        assertThat(said.out()).containsOnlyOnce("put aside");
        assertThat(repository.resolve(".sluice/runs/1/workspaces")).isEmptyDirectory();
    }

    @Test
    void damagedRunDoesNotHideTheOthers() throws IOException {
        String config = SIMPLE.replace("message:", "supersede: true, message:");
        run(config);
        run(config.replace("supersede: true, ", ""));
        Path journal = repository.resolve(".sluice/runs/1/journal");
        Files.writeString(journal, Files.readString(journal).replaceFirst("attempt", "atempt"));
        Said gates = sluice.call("gates");
        assertThat(gates.out()).contains("run 2");
        assertThat(gates.err()).contains("warning: run 1").contains("journal is damaged");
        assertThat(run(config).out()).contains("run 1 cannot be read");
        assertThat(sluice.call("runs").out()).contains("unreadable");
        assertThat(sluice.call("clean").out()).contains("removed 0 runs").contains("3 runs are not over");
    }

    @Test
    void rerunGetsTheWorkspaceOfBeforeTheStage() throws IOException {
        run(
                """
                version: 1
                pipelines:
                  p:
                    workspace: shared
                    stages:
                      - {name: s1, script: 'echo s1 >> log'}
                      - {name: g1, gate: {message: one}}
                      - {name: s2, script: 'echo s2 >> log'}
                      - {name: g2, gate: {message: two}}
                      - {name: s3, script: 'cat log'}
                """);
        for (String gate : new String[] {"g1", "g2"}) {
            sluice.call("approve", "1", gate);
            sluice.call("resume", "1");
        }
        assertThat(log(1, "s3")).isEqualTo("s1\ns2\n");
        is(sluice.call("rerun", "1", "--from", "s2"), ExitCode.WAITING);
        sluice.call("approve", "2", "g2");
        is(sluice.call("resume", "2"), ExitCode.OK);
        assertThat(log(2, "s3")).isEqualTo("s1\ns2\n");
    }

    @Test
    void sharedWorkspaceComesBackAsItWas() throws IOException {
        sluice.file("dir/a", "a").file("file", "x").file("gone/b", "b");
        run(
                """
                version: 1
                pipelines:
                  p:
                    workspace: shared
                    stages:
                      - name: build
                        script: |
                          rm -r dir; echo now-a-file > dir; rm file; mkdir file; echo c > file/c; rm -r gone
                          echo key > key; chmod 600 key; mkdir -m 700 private; ln -s dir link
                      - {name: review, gate: {message: ok}}
                      - name: look
                        script: |
                          cat dir file/c link; test ! -e gone; stat -c %a key private
                """);
        sluice.call("approve", "1", "review");
        is(sluice.call("resume"), ExitCode.OK);
        assertThat(log(1, "look")).isEqualTo("now-a-file\nc\nnow-a-file\n600\n700\n");
    }

    @Test
    void otherSpellingsOfANameAreNoWayAroundAnExclusion() throws IOException {
        String config = SIMPLE.replace("message:", "approvers: {exclude: [starter]}, message:");
        run(config, "--as", "stan");
        for (String name : new String[] {"stan", "STAN", " stan", "stan@example.org", "stan\u200b", "stan\u00a0"}) {
            is(sluice.call("approve", "1", "review", "--as", name), ExitCode.FAILED);
        }
        is(sluice.call("approve", "1", "review", "--as", "bob"), ExitCode.OK);
    }

    @Test
    void whatIsPutAsideIsLimited() throws IOException {
        Said waits = run(
                """
                version: 1
                pipelines:
                  p:
                    workspace: shared
                    stages:
                      - {name: build, script: 'head -c 100000 /dev/zero > big'}
                      - {name: review, gate: {message: ok}}
                      - {name: use, script: ls big}
                """,
                "--carry-limit",
                "50KiB");
        is(waits, ExitCode.ERRORED);
        assertThat(stage(1, "p/review").get("detail").asText())
                .contains("its workspace cannot be put aside")
                .contains("more than 50.0 KiB to put aside; keep less there, or raise --carry-limit");
    }

    @Test
    void decisionsReachARunThatWaitsInAnotherProcess() throws Exception {
        sluice.config(SIMPLE);
        CompletableFuture<Said> waiting = CompletableFuture.supplyAsync(
                () -> new Sluice(repository).with("CI", "true").call("run", "--at-gates", "wait"));
        while (sluice.call("gates").out().contains("no gate waits") && !waiting.isDone()) {
            Thread.sleep(50);
        }
        is(sluice.call("approve", "1", "review", "--as", "ada"), ExitCode.OK);
        Said said = waiting.get();
        is(said, ExitCode.OK);
        assertThat(said.out()).contains("ada approves");
    }

    @Test
    void whoSitsAtTheTerminalIsAsked() throws IOException {
        String config =
                SIMPLE.replace("show: [out.txt]", "comment: required, inputs: [{name: window, choices: [now, later]}]");
        sluice.typing(
                """
                what
                a
                never
                now

                a
                later
                fine by me
                """);
        Said said = run(config, "--at-gates", "ask", "--as", "ada");
        is(said, ExitCode.OK);
        assertThat(said.out())
                .contains("please answer a, r or l")
                .contains("please give one of now, later")
                .contains("this gate wants a comment");
        assertThat(stage(1, "p/review").get("detail").asText()).isEqualTo("approved by ada: fine by me");
        sluice.typing("l\n");
        is(run(config, "--at-gates", "ask"), ExitCode.WAITING);
        sluice.typing("");
        is(sluice.call("resume", "--at-gates", "ask"), ExitCode.WAITING);
    }

    @Test
    void promptGivesUpWhatIsDecidedElsewhere() throws Exception {
        sluice.config(SIMPLE);
        try (PipedOutputStream nobodyTypes = new PipedOutputStream();
                PipedInputStream keyboard = new PipedInputStream(nobodyTypes)) {
            CompletableFuture<Said> asking = CompletableFuture.supplyAsync(() ->
                    new Sluice(repository).with("CI", "true").typing(keyboard).call("run", "--at-gates", "ask"));
            while (sluice.call("gates").out().contains("no gate waits") && !asking.isDone()) {
                Thread.sleep(50);
            }
            is(sluice.call("approve", "1", "review", "--as", "ada"), ExitCode.OK);
            is(asking.get(), ExitCode.OK);
        }
    }

    @Test
    void abortOfARunThatWaitsStillCleansUp() throws IOException {
        run(SIMPLE + "      - {name: clean, runs: always, script: 'echo cleaned'}\n");
        is(sluice.call("abort", "1", "--as", "ada", "--comment", "wrong branch"), ExitCode.OK);
        assertThat(sluice.call("runs").out()).contains("aborting").contains("'sluice resume 1' ends it");
        assertThat(sluice.call("gates").out()).contains("no gate waits");
        assertThat(sluice.call("approve", "1", "review", "--as", "eve").err())
                .contains("too late: the run was aborted: by ada: wrong branch");
        is(sluice.call("resume", "1"), ExitCode.ABORTED);
        assertThat(stage(1, "p/review").get("gate").get("verdict").asText()).isEqualTo("aborted");
        assertThat(stage(1, "p/clean").get("outcome").asText()).isEqualTo("succeeded");
        assertThat(shown(1).get("abortReason").asText()).isEqualTo("by ada: wrong branch");
    }

    @Test
    void wrongNamesAreUsageErrorsWithAHint() {
        assertThat(sluice.call("approve", "1", "review").err()).contains("there are no runs");
        run(SIMPLE);
        assertThat(sluice.call("approve", "7", "review").err()).contains("there is no run '7'");
        assertThat(sluice.call("approve", "1", "reviw").err()).contains("has no stage 'reviw'");
        assertThat(sluice.call("approve", "1", "deploy").err()).contains("p/deploy is no gate");
        is(sluice.call("approve", "1", "deploy"), ExitCode.BAD_INPUT);
        assertThat(sluice.call("rerun", "1", "--from", "deploy").err()).contains("is not over");
        sluice.call("reject", "1", "review");
        sluice.call("resume");
        assertThat(sluice.call("resume", "1").err()).contains("run 1 is over");
        assertThat(sluice.call("rerun", "1", "--from", "deploy").err())
                .contains("run 1: p/review comes before p/deploy and failed; run it again from there");
    }

    @Test
    void rerunTakesOverWhatCameBefore() throws IOException {
        run(SIMPLE.replace("cat out.txt VERSION", "test -e out.txt; test -e /nonexistent/$RANDOM"), "--as", "ada");
        sluice.call("approve", "1", "review", "--as", "bob");
        is(sluice.call("resume"), ExitCode.FAILED);
        Said again = sluice.call("rerun", "1", "--from", "deploy", "--as", "carol");
        is(again, ExitCode.FAILED);
        assertThat(again.out())
                .contains("repeats run 1 from p/deploy, with the configuration and sources of that run")
                .contains("taken over from run 1")
                .doesNotContain("p/build]");
        assertThat(stage(2, "p/build").get("takenFrom").asText()).isEqualTo("1");
        assertThat(stage(2, "p/review").get("takenFrom").asText()).isEqualTo("1");
        assertThat(stage(2, "p/deploy").get("attempts")).hasSize(1);
    }

    @Test
    void approvalIsAskedForAgainIfTheRerunIsStartedByWhoGaveIt() throws IOException {
        String config = SIMPLE.replace("message:", "approvers: {exclude: [starter]}, message:")
                .replace("cat out.txt VERSION", "test -e /nonexistent/$RANDOM");
        run(config, "--as", "ada");
        is(sluice.call("approve", "1", "review", "--as", "bob"), ExitCode.OK);
        sluice.call("resume");
        Said again = sluice.call("rerun", "1", "--from", "deploy", "--as", "bob");
        is(again, ExitCode.WAITING);
        assertThat(again.out()).contains("p/review is asked again: its approval does not hold for this run");
        assertThat(stage(2, "p/build").get("takenFrom").asText()).isEqualTo("1");
        assertThat(stage(2, "p/review").get("status").asText()).isEqualTo("asking");
    }

    @Test
    void secretInAnOutputReachesLaterProcessesAndNoFile() throws IOException {
        String secret = "s3cr3t-value-42";
        String config =
                """
                version: 1
                pipelines:
                  p:
                    stages:
                      - name: login
                        credentials: [{id: token, variable: TOKEN}]
                        script: 'echo "KEY=key of $TOKEN" > out.env'
                        outputs: {file: out.env}
                      - {name: review, gate: {message: 'Use ${login.KEY}?'}}
                      - name: use
                        script: 'test "${login.KEY}" = "key of s3cr3t-value-""42" || exit 7; test -e /nonexistent/$RANDOM'
                """;
        sluice.with("SLUICE_SECRET_TOKEN", secret);
        is(run(config), ExitCode.WAITING);
        assertThat(sluice.call("gates").out()).contains("Use key of ****?").doesNotContain(secret);
        is(sluice.call("approve", "1", "review"), ExitCode.OK);
        sluice.with("SLUICE_SECRET_TOKEN", "changed-value-43");
        assertThat(sluice.call("resume", "1").err())
                .contains("an output holds the secret TOKEN, which is not there or is not the same any more");
        sluice.with("SLUICE_SECRET_TOKEN", secret);
        is(sluice.call("resume", "1"), ExitCode.FAILED);
        assertThat(stage(1, "p/use").get("detail").asText()).isEqualTo("exit code 1");
        is(sluice.call("rerun", "1", "--from", "use"), ExitCode.FAILED);
        assertThat(stage(2, "p/use").get("detail").asText()).isEqualTo("exit code 1");
        try (Stream<Path> files = Files.walk(repository.resolve(".sluice"))) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(f -> !f.toString().contains("workspaces"))
                    .toList()) {
                assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(secret);
            }
        }
    }

    @Test
    void resumeWithoutANameTakesTheRunThatCanGoOn() throws IOException {
        run(SIMPLE);
        run(SIMPLE);
        is(sluice.call("approve", "1", "review"), ExitCode.OK);
        assertThat(sluice.call("runs").out()).contains("decided").contains("waiting");
        assertThat(sluice.call("resume").out()).contains("run 1 succeeded");
        is(sluice.call("resume"), ExitCode.WAITING);
    }

    @Test
    void cleanLeavesRunsThatAreNotOver() throws IOException {
        run(SIMPLE);
        run(SIMPLE);
        sluice.call("reject", "1", "review");
        sluice.call("resume", "1");
        Said said = sluice.call("clean");
        assertThat(said.out()).contains("removed 1 run").contains("1 run is not over");
        is(sluice.call("approve", "2", "review"), ExitCode.OK);
        is(sluice.call("resume", "2"), ExitCode.OK);
        assertThat(log(2, "deploy")).startsWith("built\nv1\n");
    }

    @Test
    void changedArtifactIsNeverHandedOn() throws IOException {
        run(SIMPLE);
        String digest = stage(1, "p/review")
                .get("gate")
                .get("shown")
                .get(0)
                .get("digest")
                .asText();
        Path blob = repository.resolve(".sluice/store/sha256/" + digest.substring(0, 2) + "/" + digest.substring(2));
        blob.toFile().setWritable(true);
        Files.writeString(blob, "evil\n");
        is(sluice.call("approve", "1", "review"), ExitCode.OK);
        is(sluice.call("resume"), ExitCode.ERRORED);
        assertThat(stage(1, "p/deploy").get("detail").asText()).contains("out.txt");
    }
}
