package io.jenkins.plugins.sluice.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.handle.FakeController.Trouble;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.ResultJson;
import io.jenkins.plugins.sluice.run.TestReport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RunHandleTest {
    private static final String GATE =
            """
            version: 1
            pipelines:
              api:
                stages:
                  - {name: build, script: make}
                  - name: review
                    gate:
                      message: 'Go to ${setup.project}?'
                      approvers: {users: [ada, bob, dave], count: 2, exclude: [starter]}
                      inputs: [{name: window, choices: [now, tonight]}, {name: loud, type: flag}, {name: note, default: none}]
                      comment: required
                      timeout: 1h
                  - {name: deploy, script: 'deploy ${gate.inputs.window}'}
            """;

    @BeforeEach
    void reset() {
        FakeController.reset();
    }

    private static Trouble trouble(Failure.Kind kind, String words) {
        return new Trouble(Failure.of(kind, words));
    }

    private static Map<String, Object> form(String voter, String decision, String comment) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("voter", voter);
        form.put("decision", decision);
        form.put("comment", comment);
        form.put("input.window", "tonight");
        return form;
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
    void eachVoteIsAskedForUntilThereAreEnough() {
        List<Map<String, Object>> votes = new ArrayList<>(List.of(
                form("dave", "approve", "mine"),
                form("bob", "approve", ""),
                form("bob", "approve", "fine"),
                form("bob", "approve", "again"),
                form("", "approve", "who"),
                form("ada", "approve", "agreed")));
        Walker walker = Walker.of(GATE).answering("input", step -> votes.remove(0));
        assertThat(walker.walk().result()).isEqualTo("SUCCESS");
        assertThat(FakeController.NOTES)
                .containsExactly(
                        "api/review: the vote of dave does not count: dave started the run and may not vote here",
                        "api/review: the vote of bob does not count: this gate wants a comment",
                        "api/review: bob approves; 1 more to come",
                        "api/review: the vote of bob does not count: bob has approved already; it takes someone else",
                        "api/review: the vote of somebody without a name does not count: '' is no name of a person",
                        "api/review: approved by bob, ada: fine; agreed");
        Map<String, Object> question = walker.taken.stream()
                .filter(step -> step.get("step").equals("input"))
                .findFirst()
                .orElseThrow();
        assertThat(question.toString())
                .contains("Go to shop?", "submitter=ada,bob,dave", "submitterParameter=voter", "3600000");
        assertThat(walker.run().audit())
                .contains("vote-refused")
                .contains("gate-decided")
                .doesNotContain("attempt");
        assertThat(walker.taken.get(walker.taken.size() - 1).toString()).contains("tonight");
    }

    @Test
    void aNoIsANoHoweverItIsSaid() {
        Walker byForm = Walker.of(GATE).answering("input", step -> form("ada", "reject", "too risky"));
        assertThat(byForm.walk().text()).contains("rejected by ada: too risky");
        assertThat(byForm.run().result()).isEqualTo("FAILURE");

        Walker byButton = Walker.of(GATE.replace("comment: required", "comment: optional"))
                .answering("input", step -> {
                    throw trouble(Failure.Kind.REJECTED, "bob");
                });
        assertThat(byButton.walk().text()).contains("rejected by bob");
    }

    @Test
    void timeIsUpForADecision() {
        Walker walker = Walker.of(GATE).answering("input", step -> {
            throw trouble(Failure.Kind.TIMED_OUT, "");
        });
        assertThat(walker.walk().text()).contains("nobody decided within 1h");
    }

    @Test
    void anAbortAtAGateIsNoRejection() {
        Walker walker = Walker.of(GATE).answering("input", step -> {
            throw trouble(Failure.Kind.ABORTED, "aborted by dave");
        });
        assertThat(walker.walk().result()).isEqualTo("ABORTED");
    }

    @Test
    void aNewerRunTakesThePlaceOfOneThatWaits() {
        String config = GATE.replace("timeout: 1h", "supersede: true");
        Walker walker = Walker.of(config).answering("input", step -> {
            throw trouble(Failure.Kind.SUPERSEDED, "build 8 has begun");
        });
        assertThat(walker.walk().result()).isEqualTo("ABORTED");
        FakeController.newer = Optional.of("build 8 has begun");
        Walker late = Walker.of(config);
        assertThat(late.walk().text()).contains("build 8 has begun");
        assertThat(late.steps()).doesNotContain("input");
    }

    @Test
    void aBrokenQuestionIsNoDecision() {
        Walker walker = Walker.of(GATE).answering("input", step -> {
            throw trouble(Failure.Kind.BROKEN, "no such parameter");
        });
        assertThat(walker.walk().text()).contains("no such parameter").contains("errored");
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

    @Test
    void whoeverLooksAtARunChangesNothing() {
        RunHandle run = Walker.of(GATE).run();
        assertThat(RunHandle.view(run.json()).events()).isEqualTo(run.events());
        assertThat(run.hasGates()).isTrue();
        assertThat(run.isOver()).isFalse();
        assertThat(run.isWaiting()).isFalse();
        assertThat(run.report()).contains("api/review");
        assertThatThrownBy(() -> RunHandle.view("{")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RunHandle.view("{\"format\": 99}")).hasMessageContaining("another version");
    }

    private static RunBasis under(String policy) {
        return Walker.draft().toBuilder().policy(policy).build();
    }

    private static Preparation prepared(String config, String policy, Change change) {
        return Preparation.of(config.getBytes(StandardCharsets.UTF_8), under(policy), change, Walker.ALL_STEPS);
    }

    @Test
    void aGateOfThePolicyIsAskedWhateverTheFileSays() {
        String config = "version: 1\npipelines: {api: {stages: [{name: build, agent: prod, script: make}]}}";
        String policy = "gates: [{name: release, before: {agents: [prod]}, gate: {approvers: {users: [ada]}}}]";
        Walker walker = new Walker(RunHandle.begin(
                        prepared(config, policy, Change.UNKNOWN).basis().orElseThrow()))
                .answering("input", step -> Map.of("voter", "ada", "decision", "approve"))
                .answering("sh", step -> 0);
        assertThat(walker.walk().result()).isEqualTo("SUCCESS");
        assertThat(walker.steps()).containsExactly("input", "deleteDir", "checkout", "sh");
    }

    @Test
    void aChangeOfThePipelineBySomebodyElseWaitsAndShowsWhatItDoes() {
        String before = "version: 1\npipelines: {api: {stages: [{name: build, script: make}]}}";
        String after =
                "version: 1\npipelines: {api: {stages: [{name: build, script: make}, {name: leak, script: curl}]}}";
        String policy = "trusted: {users: [ada]}";
        Change change = new Change(
                Optional.of(List.of()),
                Optional.of(List.of("config.yaml")),
                List.of("eve@example.org"),
                Optional.of(before.getBytes(StandardCharsets.UTF_8)));
        List<Map<String, Object>> questions = new ArrayList<>();
        Walker walker = new Walker(
                        RunHandle.begin(prepared(after, policy, change).basis().orElseThrow()))
                .answering("input", step -> {
                    questions.add(step);
                    return Map.of("voter", "ada", "decision", "reject");
                });
        assertThat(walker.walk().result()).isEqualTo("FAILURE");
        assertThat(questions.get(0).toString()).contains("leak");
        assertThat(walker.steps()).doesNotContain("sh");

        Change byAda = new Change(change.files(), change.unseen(), List.of("ada"), change.before());
        assertThat(prepared(after, policy, byAda).basis().orElseThrow().review())
                .isEmpty();
        assertThat(prepared(after, policy, Change.UNKNOWN).basis().orElseThrow().review())
                .isPresent();
    }

    @Test
    void whatThePolicyForbidsIsAProblemWithAPlace() {
        Preparation preparation = prepared(
                "version: 1\npipelines: {api: {stages: [{name: build, agent: prod, script: make}]}}",
                "allowedAgents: [linux]",
                Change.UNKNOWN);
        assertThat(preparation.basis()).isEmpty();
        assertThat(preparation.problems().list().toString())
                .contains("error[not-allowed]")
                .contains("prod");
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
    void aRepeatedRunIsHeldToThePolicyOfToday() {
        Walker first = Walker.of("version: 1\npipelines: {api: {stages: [{name: build, agent: prod, script: make}]}}");
        first.walk();
        assertThatThrownBy(() -> RunHandle.repeat(under("allowedAgents: [linux]"), first.run(), "build"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("error[not-allowed]");
    }

    @Test
    void onlyVariablesThatTheFileLooksUpAreKept() {
        RunBasis draft = Walker.draft();
        Map<String, String> env = Map.of("PASSWORD", "hidden", "ZUUL_COMMIT", "abc");
        RunBasis basis = draft.with("", Set.of("ZUUL_COMMIT"), Map.of(), Optional.empty());
        assertThat(basis.trigger().env()).isEmpty();
        RunBasis full = draft.toBuilder()
                .trigger(new Trigger(Map.of(), Optional.empty(), env))
                .build();
        assertThat(full.with("", Set.of("ZUUL_COMMIT"), Map.of(), Optional.empty())
                        .trigger()
                        .env())
                .containsOnlyKeys("ZUUL_COMMIT");
    }
}
