package io.jenkins.plugins.sluice.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.handle.FakeController.Trouble;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.ResultJson;
import io.jenkins.plugins.sluice.run.TestReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs as a host walks them, from stage to stage and from agent to agent. */
class RunHandleTest {
    @BeforeEach
    void reset() {
        FakeController.reset();
    }

    private static Trouble trouble(Failure.Kind kind, String words) {
        return new Trouble(Failure.of(kind, words));
    }

    @Test
    void aChainSharesOneAgentAndOneWorkspace() {
        Walker walker = Walker.of(
                """
                version: 1
                pipelines:
                  api: {stages: [{name: build, script: make}, {name: test, script: make test}]}
                """);
        assertThat(walker.walk().result()).isEqualTo("SUCCESS");
        assertThat(walker.steps()).containsExactly("deleteDir", "checkout", "sh", "sh");
    }

    @Test
    void aFailureSkipsWhatNeedsItAndWhatAlwaysRunsRuns() {
        Walker walker = Walker.of(
                        """
                version: 1
                pipelines:
                  api:
                    stages:
                      - {name: build, script: make}
                      - {name: test, script: make test}
                      - {name: clean, runs: always, script: make clean}
                """)
                .answering("sh", step -> step.toString().contains("clean") ? 0 : 2);
        assertThat(walker.walk().result()).isEqualTo("FAILURE");
        assertThat(walker.steps()).containsExactly("deleteDir", "checkout", "sh", "error", "echo", "sh");
        assertThat(walker.run().text()).contains("exit code 2").contains("it needs api/build, which failed");
    }

    @Test
    void stagesOfWhichNoneRunsAskForNoAgent() {
        Walker walker = Walker.of(
                        """
                version: 1
                pipelines:
                  api:
                    stages: [{name: build, agent: linux, script: make}, {name: deploy, agent: prod, script: deploy}]
                """)
                .answering("sh", step -> 1);
        assertThat(walker.walk().result()).isEqualTo("FAILURE");
        assertThat(walker.steps()).containsExactly("deleteDir", "checkout", "sh", "error", "echo");
    }

    @Test
    void everyPartOfAMeshRunsOnce() {
        Walker walker = Walker.of(
                """
                version: 1
                pipelines:
                  api:
                    stages:
                      - {name: a, needs: [], script: a}
                      - {name: b, needs: [], script: b}
                      - {name: c, needs: [b], script: c}
                      - {name: d, needs: [a, b], script: d}
                """);
        assertThat(walker.walk().result()).isEqualTo("SUCCESS");
        assertThat(walker.steps()).filteredOn("sh"::equals).hasSize(4);
    }

    @Test
    void anAttemptThatIsToBeRepeatedWaitsFirst() {
        AtomicInteger count = new AtomicInteger();
        Walker walker = Walker.of(
                        """
                version: 1
                pipelines:
                  api: {stages: [{name: build, script: make, retry: {attempts: 3, delay: 30s}}]}
                """)
                .answering("sh", step -> count.incrementAndGet() < 2 ? 75 : 0)
                .answering("sleep", step -> {
                    FakeController.clock = FakeController.clock.plus(Duration.ofSeconds(30));
                    return null;
                });
        assertThat(walker.walk().result()).isEqualTo("SUCCESS");
        assertThat(walker.steps()).containsExactly("deleteDir", "checkout", "sh", "sleep", "sh");
        assertThat(FakeController.NOTES).containsExactly("api/build: attempt 1 failed: exit code 75");
    }

    @Test
    void aLostAgentIsReplacedIfTheStageIsTriedAgain() {
        AtomicInteger count = new AtomicInteger();
        Walker walker = Walker.of(
                        """
                version: 1
                pipelines:
                  api:
                    workspace: shared
                    stages:
                      - {name: build, script: make}
                      - {name: test, script: make test, retry: {attempts: 2, on: [agentLost]}}
                """)
                .answering("sh", step -> {
                    if (count.incrementAndGet() == 2) {
                        throw trouble(Failure.Kind.AGENT_LOST, "gone");
                    }
                    return 0;
                });
        assertThat(walker.walk().result()).isEqualTo("SUCCESS");
        assertThat(walker.steps()).containsExactly("deleteDir", "checkout", "sh", "sh", "deleteDir", "checkout", "sh");
        assertThat(FakeController.NOTES)
                .contains("what api/build has left in the workspace went with the agent: the workspace is clean now");
    }

    @Test
    void sharedWorkspaceThatIsNotPutAsideIsMissedWhereItIsNeeded() {
        Walker walker = Walker.of(
                        """
                version: 1
                pipelines:
                  api: {workspace: shared, stages: [{name: a, script: make}, {name: b, agent: other, script: make}]}
                """)
                .answering("stash", step -> {
                    throw trouble(Failure.Kind.BROKEN, "too large");
                })
                .answering("error", step -> {
                    // That of the ending of a stage is caught by what is around it.
                    if (step.get("around").equals(List.of())) {
                        throw trouble(Failure.Kind.BROKEN, step.toString());
                    }
                    return null;
                });
        assertThat(walker.walk().result()).isEqualTo("FAILURE");
        assertThat(FakeController.NOTES).contains("too large");
        assertThat(walker.run().text()).contains("what api/a has left in the workspace could not be put aside");
        assertThat(walker.steps()).doesNotContain("unstash");
    }

    @Test
    void aLostAgentThatNobodyReplacesIsNoFailureOfTheWork() {
        Walker walker = Walker.of(
                        """
                version: 1
                pipelines:
                  api: {stages: [{name: build, script: make}, {name: test, script: make test}]}
                """)
                .answering("sh", step -> {
                    throw trouble(Failure.Kind.AGENT_LOST, "gone");
                });
        assertThat(walker.walk().result()).isEqualTo("FAILURE");
        assertThat(walker.run().text()).contains("errored").contains("gone");
    }

    /** Its attempt has ended already, by what it should have got. */
    @Test
    void aGroupWithoutAnAgentEndsAStageOnlyOnce() {
        AtomicInteger count = new AtomicInteger();
        Walker walker = Walker.of(
                        """
                version: 1
                pipelines:
                  api:
                    stages:
                      - {name: a, needs: [], script: make, artifacts: [f]}
                      - {name: b, needs: [], script: make, artifacts: [f]}
                      - {name: c, needs: [a, b], agent: other, script: make}
                """)
                .answering("node", block -> {
                    if (count.incrementAndGet() == 3) {
                        throw trouble(Failure.Kind.AGENT_LOST, "gone");
                    }
                    return "";
                });
        walker.answering("sluiceFiles", step -> {
            KeptFile file = new KeptFile("f", String.valueOf(count.get()).repeat(64), 1, false);
            return ResultJson.write(new InstructionResult.Kept(List.of(file), List.of(), List.of()));
        });
        assertThat(walker.walk().result()).isEqualTo("FAILURE");
        assertThat(walker.run().text()).containsPattern("api/c +errored");
    }

    @Test
    void aGroupThatGetsNoAgentEndsItsStage() {
        Walker walker = Walker.of(
                """
                version: 1
                pipelines:
                  api: {stages: [{name: build, script: make}, {name: clean, runs: always, script: rm}]}
                """);
        AtomicInteger count = new AtomicInteger();
        walker.answering("node", block -> {
            if (count.incrementAndGet() == 1) {
                throw trouble(Failure.Kind.BROKEN, "no such cloud");
            }
            return null;
        });
        assertThat(walker.walk().result()).isEqualTo("FAILURE");
        assertThat(walker.run().text()).contains("no such cloud");
        assertThat(walker.steps()).contains("sh");
    }

    @Test
    void whoeverEndsTheBuildEndsTheRunAndCleaningUpIsStillDone() {
        Walker walker = Walker.of(
                        """
                version: 1
                pipelines:
                  api: {stages: [{name: build, script: make}, {name: clean, runs: always, script: rm}]}
                """)
                .answering("sh", step -> {
                    if (step.toString().contains("make")) {
                        throw trouble(Failure.Kind.ABORTED, "aborted by ada");
                    }
                    return 0;
                });
        assertThat(walker.walk().result()).isEqualTo("ABORTED");
        assertThat(walker.run().text()).contains("the run was aborted: aborted by ada");
        assertThat(walker.steps()).containsExactly("deleteDir", "checkout", "sh", "error", "sh");
    }

    @Test
    void failFastStopsTheOthersOfThePipeline() {
        RunHandle run = RunHandle.begin(Walker.prepared(
                        """
                version: 1
                pipelines:
                  api:
                    failFast: true
                    stages: [{name: quick, needs: [], script: a}, {name: long, needs: [], script: b}]
                """)
                .basis()
                .orElseThrow());
        run.enter(0);
        run.enter(1);
        assertThat(run.open(0).toString()).contains("sluiceStoppable");
        run.next(0);
        run.next(1);
        run.take(0, 1);
        assertThat(run.next(0)).isNull();
        assertThat(FakeController.STOPPED).containsExactly(1);
        run.fail(1, trouble(Failure.Kind.STOPPED, "stopped"));
        assertThat(run.next(1)).isNull();
        assertThat(run.text()).contains("api/quick failed, and the pipeline has failFast");
        assertThat(run.result()).isEqualTo("FAILURE");
    }

    @Test
    void noAgentWaitsForALockIfItsGroupCanWaitWithoutOne() {
        RunHandle run = RunHandle.begin(Walker.prepared(
                        """
                version: 1
                pipelines:
                  alone: {stages: [{name: deploy, lock: production, script: a}]}
                  chain: {stages: [{name: build, script: a}, {name: deploy, lock: production, script: b}]}
                """)
                .basis()
                .orElseThrow());
        assertThat(run.around(0).toString()).contains("sluiceLock").contains("resource=production");
        assertThat(run.around(1)).isEmpty();
        run.enter(0);
        run.enter(1);
        assertThat(run.open(0).toString()).doesNotContain("production");
        assertThat(run.open(2).toString()).contains("production");
    }

    @Test
    void timeIsUpForAScript() {
        Walker walker = Walker.of(
                        """
                version: 1
                pipelines:
                  api: {stages: [{name: build, script: make, timeout: 5m}]}
                """)
                .answering("sh", step -> {
                    throw trouble(Failure.Kind.TIMED_OUT, "");
                });
        assertThat(walker.walk().text()).contains("timed out after 5m");
        assertThat(walker.taken.get(2).toString()).contains("timeout").contains("300000");
    }

    @Test
    void aRunIsRepeatedFromAStageOn() {
        AtomicInteger code = new AtomicInteger(1);
        String config =
                """
                version: 1
                pipelines:
                  api:
                    stages:
                      - {name: build, agent: a, script: make, outputs: {version: '7'}}
                      - {name: deploy, agent: b, script: 'deploy ${build.version}'}
                """;
        Walker first = Walker.of(config).answering("sh", step -> step.toString().contains("deploy") ? code.get() : 0);
        assertThat(first.walk().result()).isEqualTo("FAILURE");

        Walker second = new Walker(RunHandle.repeat(Walker.draft(), first.run(), "deploy"));
        assertThat(second.walk().result()).isEqualTo("SUCCESS");
        assertThat(second.steps()).filteredOn("sh"::equals).hasSize(1);
        assertThat(second.run().text()).contains("taken over from run 7");
        assertThat(second.run().isRepetition()).isTrue();
        assertThat(RunHandle.view(second.run().json()).isRepetition()).isTrue();
        assertThat(RunHandle.repeat(Walker.draft(), first.run(), "build").isRepetition())
                .isTrue();
        assertThat(first.run().isRepetition()).isFalse();
        assertThat(RunHandle.repeat(Walker.draft(), first.run(), "deploy", true).events())
                .isEmpty();
        assertThatThrownBy(() -> RunHandle.repeat(Walker.draft(), first.run(), "deplyo"))
                .hasMessageContaining("api/deploy");
    }

    private static Walker withReports() {
        String config = "version: 1\n"
                + "pipelines: {api: {stages: [{name: test, script: make test, reports: {junit: ['r/*.xml']}}]}}";
        TestReport report = new TestReport(1, 0, 0, 0, List.of());
        InstructionResult read = new InstructionResult.TestsRead(report, List.of());
        return Walker.of(config).answering("sluiceFiles", step -> ResultJson.write(read));
    }

    @Test
    void testReportsAreShownByTheHostToo() {
        Walker walker = withReports();
        assertThat(walker.walk().result()).isEqualTo("SUCCESS");
        assertThat(walker.steps()).containsExactly("deleteDir", "checkout", "sh", "sluiceFiles", "junit");
        assertThat(walker.taken.get(4).toString()).contains("r/*.xml");
    }

    @Test
    void reportsThatCannotBeShownChangeNothing() {
        Walker walker = withReports().answering("junit", step -> {
            throw trouble(Failure.Kind.BROKEN, "no such parser");
        });
        assertThat(walker.walk().result()).isEqualTo("SUCCESS");
        assertThat(FakeController.NOTES).containsExactly("api/test: the reports are not shown: no such parser");
    }

    @Test
    void whoeverLooksAtARunChangesNothing() {
        RunHandle run = Walker.of("version: 1\n"
                        + "pipelines: {api: {stages: [{name: build, script: make}, {name: review, gate: {}}]}}")
                .run();
        assertThat(RunHandle.view(run.json()).events()).isEqualTo(run.events());
        assertThat(run.hasGates()).isTrue();
        assertThat(run.isOver()).isFalse();
        assertThat(run.isWaiting()).isFalse();
        assertThat(run.report()).contains("api/review");
        assertThatThrownBy(() -> RunHandle.view("{")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RunHandle.view("{\"format\": 99}")).hasMessageContaining("another version");
    }
}
