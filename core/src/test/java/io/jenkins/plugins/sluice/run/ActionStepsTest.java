package io.jenkins.plugins.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.InstructionResult.Broken;
import io.jenkins.plugins.sluice.run.InstructionResult.ContainerEnded;
import io.jenkins.plugins.sluice.run.InstructionResult.Done;
import io.jenkins.plugins.sluice.run.InstructionResult.FileRead;
import io.jenkins.plugins.sluice.run.InstructionResult.ImageBuilt;
import io.jenkins.plugins.sluice.run.InstructionResult.ImagePushed;
import io.jenkins.plugins.sluice.run.InstructionResult.JobStarted;
import io.jenkins.plugins.sluice.run.InstructionResult.Kept;
import io.jenkins.plugins.sluice.run.InstructionResult.WorkFailed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What PipelineLib's actions tell a host to do, in its order, and what they leave behind. */
class ActionStepsTest {
    private static final String ID = "0123456789abcdef".repeat(4);
    private static final String DIGEST = "sha256:" + "f".repeat(64);
    private static final Site SITE = new Site(
            Optional.of(new Site.Registry("registry.example:5000", "shop")),
            Optional.of("frontend.example/blubber:v1"),
            Optional.empty(),
            Site.Helm.DEFAULT,
            Optional.empty(),
            Map.of("docs", "make docs"));

    private final Map<String, String> environment = Map.of("ZUUL_BRANCH", "main; rm -rf /", "ZUUL_COMMIT", "c0ffee");

    private StageProgram program(ExecutionPlan plan, Site site) {
        return program(new RunState(plan), 0, site);
    }

    private StageProgram program(RunState state, int stage, Site site) {
        Trigger trigger = new Trigger(Map.of(), Optional.empty(), environment);
        RunValues.Facts facts = new RunValues.Facts(
                Map.of(
                        "project", "shop/Api",
                        "projectShortName", "Api",
                        "timestamp", "2026-11-25-101500",
                        "tag", "",
                        "commit", "c0ffee",
                        "logURL", "https://ci.example/7/log"),
                Map.of("url", "https://ci.example/7/"),
                trigger,
                site);
        PlannedStage planned = state.plan().stage(stage);
        return StageProgram.of(planned, new RunValues(state, facts), List.of(), Map.of(), true);
    }

    private static ExecutionPlan pipelineLib(String... stages) {
        StringBuilder text = new StringBuilder("pipelines:\n  p:\n    stages:\n");
        List.of(stages).forEach(s -> text.append("      - {").append(s).append("}\n"));
        return Plans.parse(text.toString());
    }

    private static <T extends Instruction> T next(StageProgram program, Class<T> kind) {
        Instruction instruction = program.next()
                .orElseThrow(() -> new AssertionError(
                        "nothing is left to do: " + program.result().detail()));
        assertThat(instruction).isInstanceOf(kind);
        return kind.cast(instruction);
    }

    private static <T extends Instruction> T answer(StageProgram program, Class<T> kind, InstructionResult result) {
        T instruction = next(program, kind);
        program.take(result);
        return instruction;
    }

    @Test
    void numberThatWouldFillTheMemoryStaysAsItIsWritten() {
        StageProgram program = program(
                pipelineLib("name: a, exports: {large: 1e999999999, larger: 1e99999999999, usual: 1.10, short: 1e3}"),
                SITE);
        assertThat(program.next()).isEmpty();
        assertThat(program.result().outputs())
                .containsEntry("large", "1e999999999")
                .containsEntry("larger", "1e99999999999")
                .containsEntry("usual", "1.10")
                .containsEntry("short", "1000");
    }

    @Test
    void stageWithNothingButANameBuildsAndRunsItsVariant() {
        StageProgram program = program(pipelineLib("name: test"), SITE);
        assertThat(answer(program, Instruction.ReadFile.class, new FileRead(Optional.of("version: v4\n")))
                        .path())
                .isEqualTo(".pipeline/p/blubber.yaml");
        Instruction.BuildImage build = answer(program, Instruction.BuildImage.class, new ImageBuilt("sha256:" + ID));
        assertThat(build.dockerfile()).isEqualTo("# syntax=frontend.example/blubber:v1\nversion: v4\n");
        assertThat(build.target()).isEqualTo("test");
        assertThat(build.pull()).isTrue();
        assertThat(build.labels())
                .containsEntry("ci.project", "shop/Api")
                .containsEntry("ci.pipeline", "p")
                .containsEntry("zuul.commit", "c0ffee");
        Instruction.RunImage run = answer(program, Instruction.RunImage.class, new ContainerEnded("c1", 0, "last"));
        assertThat(run.image()).isEqualTo("sha256:" + ID);
        assertThat(run.timeout()).contains(Duration.ofMinutes(20));
        assertThat(program.next()).isEmpty();
        assertThat(program.result().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(program.result().outputs())
                .containsEntry("imageID", ID)
                .containsEntry("imageLocalName", build.localName())
                .containsEntry("container", "c1")
                .containsEntry("output", "last");
    }

    @Test
    void dockerfileIsTakenAsItIs() {
        ExecutionPlan plan = Plans.of("name: a, build: {dockerfile: Dockerfile, variant: prod, context: services/api,"
                + " args: {V: '1 \"2'}, excludes: [.git], imagePullPolicy: never}, timeout: 5m");
        StageProgram program = program(plan, Site.NONE);
        assertThat(answer(program, Instruction.ReadFile.class, new FileRead(Optional.of("FROM scratch\n")))
                        .path())
                .isEqualTo("Dockerfile");
        Instruction.BuildImage build = next(program, Instruction.BuildImage.class);
        assertThat(build.dockerfile()).isEqualTo("FROM scratch\n");
        assertThat(build.context()).isEqualTo("services/api");
        assertThat(build.arguments()).containsExactly(Map.entry("V", "1 \"2"));
        assertThat(build.excludes()).containsExactly(".git");
        assertThat(build.pull()).isFalse();
        assertThat(build.timeout()).contains(Duration.ofMinutes(5));
        program.take(new WorkFailed("the build ended with exit code 1"));
        assertThat(program.next()).isEmpty();
        assertThat(program.result().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(program.result().detail()).isEqualTo("the build ended with exit code 1");
    }

    @Test
    void fileThatIsNotThereAndFrontendThatIsNotNamedAreFailures() {
        StageProgram missing = program(Plans.of("name: a, build: {dockerfile: Dockerfile}"), SITE);
        answer(missing, Instruction.ReadFile.class, new FileRead(Optional.empty()));
        assertThat(missing.next()).isEmpty();
        assertThat(missing.result().detail()).isEqualTo("there is no file Dockerfile to build from");
        StageProgram nameless = program(pipelineLib("name: test"), Site.NONE);
        answer(nameless, Instruction.ReadFile.class, new FileRead(Optional.of("version: v4\n")));
        assertThat(nameless.next()).isEmpty();
        assertThat(nameless.result().detail()).contains(".pipeline/p/blubber.yaml needs a frontend");
    }

    @Test
    void variablesOfTheAgentsShellAreLookedUpAndPassed() {
        RunState state = new RunState(pipelineLib(
                "name: a, exports: {imageID: " + ID + "}",
                "name: b, run: {image: '${a.imageID}', arguments: ['${HOME}', 'a b'], tail: 2,"
                        + " env: {BRANCH: '${ZUUL_BRANCH}', NONE: '${NOBODY}', SELF: '${.stage}'}}"));
        state.apply(new RunEvent.AttemptStarted("p/a", 1, Instant.EPOCH));
        StageProgram first = program(state, 0, SITE);
        assertThat(first.next()).isEmpty();
        state.apply(new RunEvent.AttemptEnded("p/a", 1, first.result(), Instant.EPOCH));
        Instruction.RunImage run = next(program(state, 1, SITE), Instruction.RunImage.class);
        assertThat(run.env())
                .containsExactly(Map.entry("BRANCH", "main; rm -rf /"), Map.entry("NONE", ""), Map.entry("SELF", "b"));
        assertThat(run.arguments()).containsExactly("${HOME}", "a b");
        assertThat(run.tail()).isEqualTo(2);
    }

    @Test
    void exitCodeOfTheContainerIsThatOfTheStage() {
        StageProgram program = program(Plans.of("name: a, build: {dockerfile: D}, run: true"), SITE);
        answer(program, Instruction.ReadFile.class, new FileRead(Optional.of("FROM x\n")));
        answer(program, Instruction.BuildImage.class, new ImageBuilt("sha256:" + ID));
        answer(program, Instruction.RunImage.class, new ContainerEnded("c1", 3, ""));
        assertThat(program.next()).isEmpty();
        assertThat(program.result().detail()).isEqualTo("exit code 3");
        assertThat(program.result().cause()).isEqualTo("3");
    }

    @Test
    void copiesAreKeptWhenTheyAreArchived() {
        StageProgram program = program(
                Plans.of("name: a, build: {dockerfile: D}, run: true, copy: [/out/report.txt, "
                        + "{source: /log/, destination: ../../logs, archive: true}]"),
                SITE);
        answer(program, Instruction.ReadFile.class, new FileRead(Optional.of("FROM x\n")));
        answer(program, Instruction.BuildImage.class, new ImageBuilt("sha256:" + ID));
        answer(program, Instruction.RunImage.class, new ContainerEnded("c1", 0, ""));
        assertThat(answer(program, Instruction.CopyFromContainer.class, new Done()))
                .isEqualTo(new Instruction.CopyFromContainer("c1", "/out/report.txt", "out/report.txt"));
        assertThat(answer(program, Instruction.CopyFromContainer.class, new Done()))
                .isEqualTo(new Instruction.CopyFromContainer("c1", "/log/", "logs"));
        KeptFile file = new KeptFile("logs/a", "0".repeat(64), 1, false);
        assertThat(answer(program, Instruction.KeepArtifacts.class, new Kept(List.of(file), List.of("logs"), List.of()))
                        .patterns())
                .containsExactly("logs", "logs/**");
        assertThat(program.next()).isEmpty();
        assertThat(program.result().kept()).containsExactly(file);
        assertThat(program.result().outputs()).containsEntry("artifactURLs", "\nhttps://ci.example/7/artifact/logs/a");
    }

    @Test
    void pipelineLibPublishesUnderTheProjectsNameAndNeverWithoutATag() {
        RunState state = new RunState(pipelineLib(
                "name: a, exports: {imageID: " + ID + "}", "name: b, publish: {image: {id: '${a.imageID}'}}"));
        state.apply(new RunEvent.AttemptStarted("p/a", 1, Instant.EPOCH));
        StageProgram first = program(state, 0, SITE);
        assertThat(first.next()).isEmpty();
        state.apply(new RunEvent.AttemptEnded("p/a", 1, first.result(), Instant.EPOCH));
        StageProgram program = program(state, 1, SITE);
        Instruction.PushImage push = answer(program, Instruction.PushImage.class, new ImagePushed(DIGEST));
        assertThat(push.repository()).isEqualTo("registry.example:5000/shop/shop-api");
        assertThat(push.tags()).containsExactly("2026-11-25-101500-b");
        assertThat(program.next()).isEmpty();
        assertThat(program.result().outputs())
                .containsEntry("imageName", "shop-api")
                .containsEntry("imageTag", "2026-11-25-101500-b")
                .containsEntry("imageTags", "[2026-11-25-101500-b]")
                .containsEntry("publishedImage", "registry.example:5000/shop/shop-api:2026-11-25-101500-b")
                .containsEntry("imageDigest", "registry.example:5000/shop/shop-api@" + DIGEST);
    }

    @Test
    void nameOfAnotherProjectIsRefused() {
        StageProgram program = program(pipelineLib("name: b, publish: {image: {id: " + ID + ", name: other}}"), SITE);
        assertThat(program.next()).isEmpty();
        assertThat(program.result().detail())
                .isEqualTo("the image name 'other' does not begin with that of the project: 'shop-api' or 'api'");
    }

    @Test
    void chartGetsTheImageWhereTheSiteSays() {
        ExecutionPlan plan = pipelineLib("name: b, deploy: {chart: {name: api}, image: api, tag: v1, timeout: 30,"
                + " overrides: {main_app: {port: 80}, debug: true}}");
        StageProgram program = program(plan, SITE);
        Instruction.InstallChart install = answer(program, Instruction.InstallChart.class, new Done());
        assertThat(install.values())
                .isEqualTo("{\"docker\":{\"registry\":\"registry.example:5000/shop\"},"
                        + "\"main_app\":{\"image\":\"api\",\"version\":\"v1\",\"port\":80},\"debug\":true}");
        assertThat(install.timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(install.test()).isTrue();
        assertThat(program.next()).isEmpty();
        assertThat(program.result().outputs()).containsEntry("releaseName", install.release());
    }

    @Test
    void failureOfAnotherJobCountsUnlessItIsNotToPropagate() {
        assertThat(afterJob("name: docs, wait: true")).isEqualTo(Outcome.FAILED);
        assertThat(afterJob("name: docs, wait: true, propagate: false")).isEqualTo(Outcome.SUCCEEDED);
    }

    private Outcome afterJob(String settings) {
        StageProgram program = program(pipelineLib("name: b, trigger: {" + settings + "}"), SITE);
        answer(program, Instruction.StartJob.class, new JobStarted(Optional.of("exit code 1")));
        assertThat(program.next()).isEmpty();
        return program.result().outcome();
    }

    @Test
    void mailIsSentAboutAFailureAndNeverHidesIt() {
        ExecutionPlan plan = pipelineLib(
                "name: b, publish: {image: {id: " + ID + ", name: other}}, notify: {email: {to: a@example.org}}");
        StageProgram program = program(plan, SITE);
        Instruction.SendMail mail = answer(program, Instruction.SendMail.class, new Broken("no such host"));
        assertThat(mail.to()).containsExactly("a@example.org");
        assertThat(mail.subject()).isEqualTo("[Pipeline] Api p/b failed");
        assertThat(program.next()).isEmpty();
        assertThat(program.result().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(program.result().detail())
                .startsWith("the image name 'other'")
                .endsWith("; no mail was sent: no such host");
    }

    @Test
    void mailThatLacksAValueIsNotForgottenInSilence() {
        StageProgram program = program(
                pipelineLib("name: b, publish: {image: {id: x}},"
                        + " notify: {email: {to: a@example.org, body: '${setup.branch}'}}"),
                SITE);
        assertThat(program.next()).isEmpty();
        assertThat(program.result().detail()).endsWith("; no mail was sent: no value for ${setup.branch}");
    }

    @Test
    void noMailWithoutAFailure() {
        StageProgram program =
                program(pipelineLib("name: b, exports: {a: b}, notify: {email: {to: a@example.org}}"), SITE);
        assertThat(program.next()).isEmpty();
        assertThat(program.result().outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void noInAnyCaseIsNoAndAQuotedOneIsAName() {
        ExecutionPlan plan = pipelineLib(
                "name: a, build: x, run: False, publish: {image: FALSE}", "name: b, build: \"false\", run: true");
        assertThat(plan.stage(0).stage().work().actions())
                .extracting(a -> a.kind().key())
                .containsExactly("build");
        assertThat(plan.stage(1).stage().work().actions())
                .extracting(a -> a.kind().key())
                .containsExactly("build", "run");
    }
}
