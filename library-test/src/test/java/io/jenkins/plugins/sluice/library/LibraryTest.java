package io.jenkins.plugins.sluice.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.handle.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library on the CPS engine, with real processes; the program is written down and read again after every step. */
class LibraryTest {
    @TempDir
    Path directory;

    private World world(String config, UnaryOperator<Steps> setup) throws IOException {
        Path repository = directory.resolve("repository");
        Files.createDirectories(repository.resolve(".pipeline"));
        Files.writeString(repository.resolve(".pipeline/config.yaml"), config);
        Steps steps = setup.apply(new Steps(repository, directory));
        return new World(directory.toString(), steps);
    }

    private World world(String config) throws IOException {
        return world(config, steps -> steps);
    }

    private static Map<String, Object> vote(String voter, String decision) {
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("voter", voter);
        form.put("decision", decision);
        return form;
    }

    @Test
    void aStageTakesOneStepMoreThanByHand() throws Exception {
        try (World world = world(
                """
                version: 1
                pipelines:
                  api: {stages: [{name: build, script: echo built > a.txt, artifacts: [a.txt]}, {name: test, agent: other, script: cat a.txt}]}
                """)) {
            world.run("sluice()");
            assertThat(world.result()).isEqualTo("SUCCESS");
            assertThat(world.taken())
                    .containsExactly(
                            "node",
                            "deleteDir",
                            "checkout",
                            "sluicePlan", // once for a run
                            "node",
                            "deleteDir",
                            "checkout",
                            "stage",
                            "withEnv",
                            "sh",
                            "sluiceFiles",
                            "node",
                            "deleteDir",
                            "checkout",
                            "stage",
                            "sluiceFiles",
                            "withEnv",
                            "sh");
        }
    }

    @Test
    void itGoesOnWithCodeThatWasCompiledAnew() throws Exception {
        try (World world = world(
                        """
                version: 1
                pipelines:
                  api:
                    stages:
                      - {name: a, needs: [], script: echo a}
                      - {name: b, needs: [], script: echo b}
                      - {name: review, needs: [a, b], gate: {message: 'Go on?'}}
                      - {name: c, needs: [review], script: 'echo "by ${gate.approver}"'}
                """,
                        steps -> steps.people((question, number) -> vote("ada", "approve")))
                .forgettingCode()) {
            world.run("sluice()");
            assertThat(world.result()).isEqualTo("SUCCESS");
            assertThat(world.log()).contains("by ada");
        }
    }

    @Test
    void noAgentIsHeldWhileSomebodyThinks() throws Exception {
        List<String> atGate = new ArrayList<>();
        World[] there = new World[1];
        try (World world = world(
                """
                version: 1
                pipelines:
                  api: {stages: [{name: a, script: echo a}, {name: review, gate: {}}, {name: b, script: echo b}]}
                """,
                steps -> steps.people((question, number) -> {
                    atGate.addAll(there[0].nodes());
                    return vote("ada", "approve");
                }))) {
            there[0] = world;
            world.run("sluice()");
            assertThat(world.result()).isEqualTo("SUCCESS");
            assertThat(atGate).isEmpty();
        }
    }

    @Test
    void whoEndsTheBuildEndsItAndCleaningUpIsDone() throws Exception {
        World[] there = new World[1];
        try (World world = world(
                """
                version: 1
                pipelines:
                  api:
                    stages:
                      - {name: a, script: touch started; sleep 60}
                      - {name: clean, runs: always, script: echo cleaned up}
                  web: {stages: [{name: review, gate: {}}]}
                """,
                steps -> steps.people((question, number) -> {
                    there[0].abort("dave");
                    return null;
                }))) {
            there[0] = world;
            world.run("sluice()");
            assertThat(world.result()).isEqualTo("ABORTED");
            assertThat(world.log())
                    .contains("cleaned up")
                    .contains("web/review aborted: the run was aborted: aborted by dave");
        }
    }

    @Test
    void aRejectionATimeoutAndANewerRunAreToldApart() throws Exception {
        String config =
                """
                version: 1
                pipelines:
                  no: {stages: [{name: review, gate: {message: 'no?'}}]}
                  late: {stages: [{name: review, gate: {message: 'late?', timeout: 1s}}]}
                  old: {stages: [{name: review, gate: {message: 'old?', supersede: true}}]}
                """;
        World[] there = new World[1];
        try (World world = world(
                config,
                steps -> steps.people((question, number) -> {
                    if (String.valueOf(question.get("message")).contains("no?")) {
                        throw new StepTrouble(Failure.Kind.REJECTED, "bob");
                    }
                    there[0].supersede("build 2 has begun");
                    return null;
                }))) {
            there[0] = world;
            world.run("sluice()");
            assertThat(world.log())
                    .contains("no/review failed: rejected by bob")
                    .contains("late/review failed: nobody decided within 1s")
                    .contains("old/review aborted: build 2 has begun");
        }
    }

    @Test
    void aLostAgentIsReplacedWithACleanWorkspaceAndTheArtifacts() throws Exception {
        AtomicInteger lost = new AtomicInteger();
        try (World world = world(
                """
                version: 1
                pipelines:
                  api:
                    stages:
                      - {name: build, script: echo built > a.txt; echo more > b.txt, artifacts: [a.txt]}
                      - {name: test, script: 'test -e a.txt && test ! -e b.txt', retry: {attempts: 2, on: [agentLost]}}
                """,
                steps -> steps.losing(script -> script.contains("test -e") && lost.getAndIncrement() == 0))) {
            world.run("sluice()");
            assertThat(world.result()).as(world.log()).isEqualTo("SUCCESS");
        }
    }

    @Test
    void aSharedWorkspaceTravelsAcrossAGate() throws Exception {
        try (World world = world(
                """
                version: 1
                pipelines:
                  api:
                    workspace: shared
                    stages:
                      - {name: build, script: echo one > a.txt, artifacts: [a.txt]}
                      - {name: change, script: echo two > a.txt; echo b > b.txt; rm .pipeline/config.yaml}
                      - {name: review, gate: {}}
                      - {name: look, agent: other, script: 'test "$(cat a.txt b.txt | tr -d "\\n")" = twob && test ! -e .pipeline/config.yaml'}
                """,
                steps -> steps.people((question, number) -> vote("ada", "approve")))) {
            world.run("sluice()");
            assertThat(world.result()).as(world.log()).isEqualTo("SUCCESS");
        }
    }

    @Test
    void everyAgentGroupStartsClean() throws Exception {
        try (World world = world(
                """
                version: 1
                pipelines:
                  api: {stages: [{name: a, agent: x, script: touch left}, {name: b, agent: y, script: test ! -e left}]}
                """)) {
            world.run("sluice()");
            assertThat(world.result()).isEqualTo("SUCCESS");
        }
    }

    private static final String FETCHING =
            """
            version: 1
            pipelines:
              api: {fetch: {depth: 5, submodules: false}, stages: [{name: a, script: echo a}]}
              web: {needs: [api], stages: [{name: b, script: echo b}]}
            """;

    @Test
    void everyPipelineSaysHowItsSourcesAreFetched() throws Exception {
        Steps[] steps = new Steps[1];
        try (World world = world(FETCHING, given -> steps[0] = given)) {
            world.run("sluice()");
            assertThat(world.result()).as(world.log()).isEqualTo("SUCCESS");
            assertThat(steps[0].checkouts())
                    .containsExactly(
                            "{scm=scm}",
                            "{scm=scm with {shallow=true, depth=5, submodules=false}, changelog=false, poll=false}",
                            "{scm=scm with {}, changelog=false, poll=false}");
        }
    }

    @Test
    void soItDoesOfAChangeOfZuul() throws Exception {
        Map<String, String> zuul =
                Map.of("ZUUL_URL", "git://merger", "ZUUL_PROJECT", "shop", "ZUUL_REF", "refs/zuul/1");
        Steps[] steps = new Steps[1];
        try (World world = world(FETCHING, given -> steps[0] = given.parameters(zuul))) {
            world.run("sluice()");
            assertThat(world.result()).as(world.log()).isEqualTo("SUCCESS");
            List<String> checkouts = steps[0].checkouts();
            assertThat(checkouts).hasSize(3).allMatch(one -> one.contains("git://merger/shop"));
            assertThat(checkouts.get(0)).contains("depth=20", "disableSubmodules=true");
            assertThat(checkouts.get(1)).contains("depth=5", "disableSubmodules=true");
            assertThat(checkouts.get(2)).contains("depth=20", "recursiveSubmodules=true");
        }
    }

    @Test
    void secretsAndValuesComeAsTheyAre() throws Exception {
        try (World world = world(
                """
                version: 1
                pipelines:
                  api:
                    stages:
                      - name: build
                        env: {EMPTY: '', QUOTED: "it's \\"me\\" $(id) `id`"}
                        credentials:
                          - {id: token, variable: TOKEN}
                          - {id: login, type: usernamePassword, usernameVariable: WHO, passwordVariable: WORD}
                          - {id: key, type: file, variable: KEY}
                        outputs: {said: "it's $(id)"}
                        script: |
                          test -z "$EMPTY"
                          test "${EMPTY+set}" = set
                          test "$QUOTED" = "it's \\"me\\" \\$(id) \\`id\\`"
                          test "$TOKEN$WHO$WORD$(cat "$KEY")" = t0ken-ada-w0rd-k3y
                      - {name: use, script: 'test "${build.said}" = "it''s \\$(id)"'}
                """,
                steps -> steps.secret("token", Map.of("variable", "t0ken-"))
                        .secret("login", Map.of("usernameVariable", "ada-", "passwordVariable", "w0rd-"))
                        .secret("key", Map.of("variable", "k3y")))) {
            world.run("sluice()");
            assertThat(world.result()).as(world.log()).isEqualTo("SUCCESS");
        }
    }

    @Test
    void noSecretBecomesTheValueOfAnOutput() throws Exception {
        try (World world = world(
                """
                version: 1
                pipelines:
                  api:
                    stages:
                      - name: build
                        credentials: [{id: token, variable: TOKEN}]
                        script: echo "SAID=it is $TOKEN" > out.env
                        outputs: {file: out.env}
                """,
                steps -> steps.secret("token", Map.of("variable", "s3cr3t")))) {
            world.run("sluice()");
            assertThat(world.result()).isEqualTo("FAILURE");
            assertThat(world.run().text()).contains("an output holds the secret of TOKEN");
            assertThat(world.run().json()).doesNotContain("s3cr3t");
        }
    }

    @Test
    void whatIsMissingIsSaidBeforeAnythingRuns() throws Exception {
        try (World world = world(
                """
                version: 1
                pipelines:
                  api: {stages: [{name: build, credentials: [{id: token, variable: TOKEN}], script: make}]}
                """,
                steps -> steps.lacking("withCredentials"))) {
            assertThatThrownBy(() -> world.run("sluice()")).hasMessageContaining("failed");
            assertThat(world.log()).contains("error[missing-plugin] pipelines.api.stages[0].credentials");
            assertThat(world.taken()).doesNotContain("sh");
        }
    }

    /** The library is trusted and a script in the sandbox may call all of it: see JenkinsHost. */
    @Test
    void noStepIsTakenButThoseOfARun() throws Exception {
        String hostile = "[step: 'echo', around: [], args: 'pwned']";
        for (String attempt : List.of(
                "new io.jenkins.plugins.sluice.JenkinsHost(this).perform(" + hostile + ")",
                "new io.jenkins.plugins.sluice.JenkinsHost(this).take([" + hostile + "])",
                "new io.jenkins.plugins.sluice.JenkinsHost(this).within([" + hostile + "], 0) { }",
                "new io.jenkins.plugins.sluice.JenkinsHost(String).start([:])",
                "def h = new io.jenkins.plugins.sluice.JenkinsHost(this); h.run = [next: { 1 }]; h.work(0)")) {
            try (World world = world("version: 1\npipelines: {api: {stages: [{name: a, script: echo a}]}}\n")) {
                assertThatThrownBy(() -> world.run(attempt)).as(attempt).isNotNull();
                assertThat(world.log()).doesNotContain("pwned");
                assertThat(world.taken()).as(attempt).isEmpty();
            }
        }
    }

    @Test
    void onlyWhatIsAskedForRuns() throws Exception {
        String config =
                """
                version: 1
                pipelines:
                  api: {stages: [{name: a, script: echo from api}]}
                  web: {stages: [{name: b, script: echo from web}]}
                """;
        try (World world = world(config)) {
            world.run("sluice(pipeline: 'web')");
            assertThat(world.log()).contains("from web").doesNotContain("from api");
        }
        try (World world = world(config)) {
            world.run("sluice(dryRun: true)");
            assertThat(world.taken()).containsExactly("node", "deleteDir", "checkout", "sluicePlan");
        }
    }

    @Test
    void aLockIsHeldByOneStageAtATime() throws Exception {
        try (World world = world(
                """
                version: 1
                pipelines:
                  a: {stages: [{name: a, lock: one, script: 'mkdir "$TMPDIR/held"; sleep 0.3; rmdir "$TMPDIR/held"'}]}
                  b: {stages: [{name: b, lock: one, script: 'mkdir "$TMPDIR/held"; sleep 0.3; rmdir "$TMPDIR/held"'}]}
                """
                        .replace("$TMPDIR", directory.toString()))) {
            world.run("sluice()");
            assertThat(world.result()).as(world.log()).isEqualTo("SUCCESS");
            assertThat(world.taken()).containsSubsequence("lock", "lock", "node", "sh", "node", "sh");
        }
    }

    @Test
    void theProgramStaysSmallAtAGate() throws Exception {
        StringBuilder config = new StringBuilder("version: 1\npipelines:\n  api:\n    stages:\n");
        for (int i = 0; i < 100; i++) {
            config.append("      - {name: s").append(i).append(", script: 'true'}\n");
        }
        config.append("      - {name: review, gate: {}}\n");
        World[] there = new World[1];
        long[] atGate = new long[1];
        try (World world = world(
                        config.toString(),
                        steps -> steps.people((question, number) -> {
                            pause();
                            atGate[0] = there[0].size();
                            return vote("ada", "approve");
                        }))
                .restingLikeJenkins()) {
            there[0] = world;
            world.run("sluice()");
            assertThat(world.result()).isEqualTo("SUCCESS");
            // The events of the run and its configuration: there is nothing else that grows with the number of stages.
            assertThat(atGate[0]).isBetween(10_000L, 100_000L);
        }
    }

    /** Until the program rests. */
    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
