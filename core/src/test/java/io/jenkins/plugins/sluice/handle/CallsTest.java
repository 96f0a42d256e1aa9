package io.jenkins.plugins.sluice.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.model.Shell;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Steps with containers, jobs and mails; that the scripts work is seen where there is an engine. */
class CallsTest {
    private static final String HOSTILE = "x'; rm -rf / #\"$(id)`id`";
    private static final Credential LOGIN = new Credential(
            "registry",
            Credential.Type.USERNAME_PASSWORD,
            Map.of(Credential.Part.USERNAME, "REG_USER", Credential.Part.PASSWORD, "REG_WORD"),
            Place.topOf("site"));
    private static final Site SITE = new Site(
            Optional.of(new Site.Registry("registry.test:5000", "shop", Optional.of(LOGIN))),
            Optional.empty(),
            Optional.empty(),
            new Site.Helm(
                    Optional.of("https://charts.test"), "ci", Optional.of("/etc/kube"), "image", "tag", "registry"),
            Optional.empty(),
            Map.of());
    private static final ContainerCalls CONTAINERS = new ContainerCalls("mark", "mark-0", "sluice-mark-3-1");
    private static final ImageCalls IMAGES = new ImageCalls("mark", "mark-0", SITE);
    private static final Controller CONTROLLER = new FakeController();

    private static Instruction.BuildImage build(String context) {
        return new Instruction.BuildImage(
                "FROM " + HOSTILE,
                context,
                HOSTILE,
                Map.of("ARG", HOSTILE),
                Map.of("label", HOSTILE),
                List.of("*.key"),
                true,
                HOSTILE,
                Optional.of(Duration.ofMinutes(1)));
    }

    private static Instruction.RunImage run() {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("PLAIN", HOSTILE);
        env.put("DOCKER_HOST", "not the engine's");
        env.put("EMPTY", "");
        return new Instruction.RunImage(HOSTILE, List.of(HOSTILE, ""), env, List.of(LOGIN), 2, Optional.empty());
    }

    private static Instruction.RunScript script(String image) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("PLAIN", HOSTILE);
        env.put("HOME", "/nowhere");
        return new Instruction.RunScript(
                Shell.BASH, "echo it\nEND\n", env, List.of(LOGIN), Optional.of(image), HOSTILE, Optional.empty());
    }

    private static final Instruction.CopyFromContainer COPY =
            new Instruction.CopyFromContainer(HOSTILE, HOSTILE + "/", HOSTILE);
    private static final Instruction.PushImage PUSH =
            new Instruction.PushImage(HOSTILE, "registry.test:5000/shop/api", List.of(HOSTILE, "two"));
    private static final Instruction.InstallChart CHART =
            new Instruction.InstallChart("release", HOSTILE, "1.2", "{}", true, Duration.ofSeconds(90));

    @Test
    void noValueIsEverPartOfAScript() {
        List<Call> calls = List.of(
                IMAGES.build(build(".")),
                IMAGES.build(build("https://example.test/" + HOSTILE)),
                CONTAINERS.run(run(), 1),
                CONTAINERS.script(script("maven:3.9"), 1),
                CONTAINERS.copy(COPY),
                IMAGES.push(PUSH),
                ChartCalls.install(CHART, SITE.helm()),
                CONTAINERS.clear());
        for (Call call : calls) {
            assertThat(call.step()).isEqualTo("sh");
            assertThat(String.valueOf(call.arguments().get("script")))
                    .doesNotContain("rm -rf /")
                    .doesNotContain("$(id)");
        }
    }

    @Test
    void secretsAreNeitherInScriptsNorArguments() {
        Call push = IMAGES.push(PUSH);
        assertThat(push.around().toString())
                .contains("UsernamePasswordMultiBinding")
                .contains("credentialsId=registry");
        assertThat(String.valueOf(push.arguments().get("script"))).contains("--password-stdin");
        assertThat(CONTAINERS.run(run(), 1).arguments().toString())
                .contains("--env=REG_WORD")
                .contains("--env=PLAIN");
        Call script = CONTAINERS.script(script("maven:3.9"), 1);
        assertThat(script.arguments().toString())
                .contains("--env=REG_WORD")
                .contains("--env=PLAIN")
                .contains("--env=BUILD_URL")
                .doesNotContain("--env=HOME");
        assertThat(script.around().toString()).contains("HOME=/nowhere");
    }

    @Test
    void aScriptForAContainerIsWrittenDownAsItIs() {
        assertThat(CONTAINERS.script(script("maven:3.9"), 1).arguments().toString())
                .contains("<<'END_'\necho it\nEND\n\nEND_\n");
    }

    @Test
    void anOptionIsNoImage() {
        assertThatThrownBy(() -> CONTAINERS.script(script("--privileged"), 1))
                .hasMessage("'--privileged' is no name of an image");
        Walker walker = Walker.of(
                """
                version: 1
                pipelines:
                  api:
                    stages:
                      - {name: odd, image: '${setup.params.image|--privileged}', script: 'true'}
                """);
        walker.walk();
        assertThat(walker.run().text()).contains("'--privileged' is no name of an image");
        assertThat(walker.run().result()).isEqualTo("FAILURE");
    }

    @Test
    void aContainerGetsTheFilesOfSecrets() {
        Credential key =
                new Credential("key", Credential.Type.FILE, Map.of(Credential.Part.FILE, "KEY"), Place.topOf("config"));
        Instruction.RunImage run =
                new Instruction.RunImage("image", List.of(), Map.of(), List.of(LOGIN, key), 0, Optional.empty());
        assertThat(CONTAINERS.run(run, 1).arguments().toString())
                .contains("cp \"$KEY\" \"$lent/KEY\"")
                .contains("--volume=\"$lent/KEY:$KEY:ro\"");
    }

    @Test
    void whatTheEngineHasAUseForItselfComesInAFile() {
        Call call = CONTAINERS.run(run(), 1);
        assertThat(call.arguments().toString()).doesNotContain("--env=DOCKER_HOST");
        assertThat(call.around().toString())
                .contains("DOCKER_HOST=not the engine's")
                .contains("SLUICE_VARIABLES");
    }

    @Test
    void answersOfContainersAreRead() {
        assertThat(answer(build("."), "…\nsha256:abc\n")).isEqualTo(new InstructionResult.ImageBuilt("sha256:abc"));
        assertThat(answer(run(), "3 exited 3\none\ntwo\n"))
                .isEqualTo(new InstructionResult.ContainerEnded("name", 3, "one\ntwo"));
        assertThat(answer(run(), "127 created 127\n")).isEqualTo(new InstructionResult.ContainerEnded("name", 127, ""));
        assertThat(answer(run(), "125 \n")).isInstanceOf(InstructionResult.Broken.class);
        assertThat(answer(run(), "foreign\n")).isInstanceOf(InstructionResult.WorkFailed.class);
        assertThat(answer(script("i"), "3 exited 3\n")).isEqualTo(new InstructionResult.ScriptEnded(3));
        assertThat(answer(script("i"), "127 created 127\n")).isEqualTo(new InstructionResult.ScriptEnded(127));
        assertThat(answer(script("i"), "125 \n")).isInstanceOf(InstructionResult.Broken.class);
        assertThat(answer(script("i"), null)).isInstanceOf(InstructionResult.Broken.class);
        assertThat(answer(COPY, "")).isEqualTo(new InstructionResult.Done());
        assertThat(answer(COPY, "foreign")).isInstanceOf(InstructionResult.WorkFailed.class);
        assertThat(answer(PUSH, "sha256:def\n")).isEqualTo(new InstructionResult.ImagePushed("sha256:def"));
        assertThat(answer(PUSH, "foreign")).isInstanceOf(InstructionResult.WorkFailed.class);
        assertThat(answer(PUSH, "")).isInstanceOf(InstructionResult.Broken.class);
        assertThat(answer(CHART, "")).isEqualTo(new InstructionResult.Done());
    }

    private static InstructionResult answer(Instruction instruction, Object answer) {
        return Answers.of(instruction, answer, "name", CONTROLLER);
    }

    @Test
    void whatGetsInTheWayIsToldApart() {
        assertThat(failure(build("."), Failure.Kind.TIMED_OUT))
                .isEqualTo(new InstructionResult.TimedOut(Duration.ofMinutes(1)));
        assertThat(failure(CHART, Failure.Kind.TIMED_OUT))
                .isEqualTo(new InstructionResult.TimedOut(Duration.ofSeconds(90)));
        assertThat(failure(run(), Failure.Kind.AGENT_LOST)).isEqualTo(new InstructionResult.AgentLost("words"));
        assertThat(failure(run(), Failure.Kind.STOPPED)).isEqualTo(new InstructionResult.Aborted("because"));
        assertThat(failure(run(), Failure.Kind.BROKEN)).isEqualTo(new InstructionResult.Broken("words"));
        for (Instruction instruction : List.of(build("."), PUSH, COPY, CHART)) {
            assertThat(Answers.of(instruction, new Failure(Failure.Kind.EXITED, "", 2), Optional.empty())
                            .toString())
                    .contains("WorkFailed")
                    .contains("exit code 2");
        }
        assertThat(Answers.of(run(), new Failure(Failure.Kind.EXITED, "", 1), Optional.empty()))
                .isInstanceOf(InstructionResult.Broken.class);
        assertThat(Answers.of(CHART, new Failure(Failure.Kind.EXITED, "", -1), Optional.empty()))
                .isInstanceOf(InstructionResult.Broken.class);
    }

    private static InstructionResult failure(Instruction instruction, Failure.Kind kind) {
        return Answers.of(instruction, Failure.of(kind, "words"), Optional.of("because"));
    }

    @Test
    void aJobThatWasNoSuccessSaysWhere() {
        Instruction job = new Instruction.StartJob("deploy", Map.of("A", "b"), true);
        assertThat(answer(job, "SUCCESS")).isEqualTo(new InstructionResult.JobStarted(Optional.empty()));
        assertThat(answer(job, "FAILURE")).isEqualTo(new InstructionResult.JobStarted(Optional.of("FAILURE (job/7/)")));
        assertThat(answer(job, null)).isEqualTo(new InstructionResult.JobStarted(Optional.empty()));
    }

    @Test
    void actionsBecomeTheStepsOfJenkins() {
        Walker walker = Walker.of(
                        """
                        version: 1
                        pipelines:
                          api:
                            stages:
                              - name: image
                                build: {dockerfile: Dockerfile}
                                run: {arguments: [test]}
                                copy: [/out/]
                                trigger: {name: nightly, parameters: {A: b}}
                                notify: {email: {to: team@example.org}}
                        """)
                .answering(
                        "sluiceFiles",
                        step -> step.toString().contains("read")
                                ? "{\"result\":\"file-read\",\"text\":\"FROM scratch\"}"
                                : "{\"result\":\"done\"}")
                .answering("build", step -> "FAILURE")
                .answering("sh", step -> {
                    String script = step.toString();
                    return script.contains("docker build")
                            ? "sha256:" + "0123456789abcdef".repeat(4)
                            : script.contains("docker run") ? "0 exited 0\n" : "";
                });
        walker.walk();
        assertThat(walker.run().text()).contains("job nightly: FAILURE (job/7/)");
        assertThat(walker.steps())
                .containsExactly(
                        "deleteDir", "checkout", "sluiceFiles", "sh", "sh", "sh", "build", "mail", "error", "sh");
    }
}
