package io.jenkins.plugins.sluice.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.cli.process.Ending;
import io.jenkins.plugins.sluice.cli.process.Invocation;
import io.jenkins.plugins.sluice.model.UnfitValueException;
import io.jenkins.plugins.sluice.run.HandedVariables;
import io.jenkins.plugins.sluice.run.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineTest {
    private static final Map<String, String> ENVIRONMENT = Map.of("HOME", "/home/me");
    private static final Engine DOCKER = new Docker(new EngineProgram("docker", ENVIRONMENT), 20);
    private static final Engine PODMAN = new Podman(new EngineProgram("podman", ENVIRONMENT));

    @TempDir
    Path directory;

    private BuildOrder order(String context, List<String> excludes, boolean pull) {
        Instruction.BuildImage image = new Instruction.BuildImage(
                "FROM scratch\n",
                context,
                "wanted",
                Map.of("GREETING", "it's \"me\"\n$(id)"),
                Map.of("ci.project", "shop"),
                excludes,
                pull,
                "localhost/name",
                Optional.empty());
        return new BuildOrder(image, "token", context, directory);
    }

    @Test
    void dockerBuildsByBuildKitAndPassesEachValueAsOneArgument() {
        Invocation build = DOCKER.build(order("/work", List.of(), false));
        assertThat(build.argv())
                .containsExactly(
                        "docker",
                        "build",
                        "--progress=plain",
                        "--file=" + directory.resolve("Dockerfile"),
                        "--iidfile=" + directory.resolve("id"),
                        "--tag=localhost/name",
                        "--label=ci.project=shop",
                        "--label=sluice.run=token",
                        "--build-arg=GREETING=it's \"me\"\n$(id)",
                        "--target=wanted",
                        "/work");
        assertThat(build.environment()).containsEntry("DOCKER_BUILDKIT", "1").containsAllEntriesOf(ENVIRONMENT);
        assertThat(build.input()).isEmpty();
    }

    @Test
    void dockerReadsTheDockerfileFromItsInputIfTheContextIsElsewhere() {
        Invocation build = DOCKER.build(order("https://git.example/shop.git", List.of(), true));
        assertThat(build.argv()).contains("--pull", "--file=-").endsWith("https://git.example/shop.git");
        assertThat(build.input()).contains(directory.resolve("Dockerfile"));
    }

    @Test
    void podmanIsToldWhereTheExcludesAreAndNotHowToIsolate() {
        List<String> argv =
                PODMAN.build(order("/work", List.of("private"), true)).argv();
        assertThat(argv).contains("--ignorefile=" + directory.resolve("Dockerfile.dockerignore"), "--pull=always");
        assertThat(argv).noneMatch(argument -> argument.startsWith("--isolation"));
        assertThat(PODMAN.build(order("/work", List.of(), false)).argv())
                .contains("--pull=missing")
                .noneMatch(argument -> argument.startsWith("--ignorefile"));
    }

    @Test
    void excludesAreWrittenBesideTheDockerfile() throws IOException {
        order("/work", List.of("private", "*.key"), false).write();
        assertThat(directory.resolve("Dockerfile")).hasContent("FROM scratch\n");
        assertThat(directory.resolve("Dockerfile.dockerignore")).hasContent("private\n*.key\n");
        assertThat(directory.resolve(".dockerignore")).doesNotExist();
    }

    @Test
    void onlyARegistryOfThisMachineIsSpokenToWithoutEncryption() {
        for (String own : List.of("127.0.0.1:5000/shop/api", "localhost/api", "localhost:5000/api", "[::1]:5000/api")) {
            assertThat(PODMAN.push(own + ":1", directory).argv()).contains("--tls-verify=false");
            assertThat(PODMAN.pull(own + "@sha256:0").argv()).contains("--tls-verify=false");
        }
        for (String other : List.of("registry.example/api", "127.0.0.1.example/api", "localhost.example:5000/api")) {
            assertThat(PODMAN.push(other + ":1", directory).argv()).doesNotContain("--tls-verify=false");
            assertThat(PODMAN.pull(other + "@sha256:0").argv()).doesNotContain("--tls-verify=false");
        }
    }

    @Test
    void theDigestIsWhereTheEngineWritesIt() throws IOException {
        String digest = "sha256:" + "0a".repeat(32);
        Path file = directory.resolve("digest");
        assertThat(DOCKER.digest(List.of("The push refers to …", "1: digest: " + digest + " size: 943"), file))
                .contains(digest);
        assertThat(DOCKER.digest(List.of("denied"), file)).isEmpty();
        assertThat(PODMAN.digest(List.of(), file)).isEmpty();
        Files.writeString(file, digest);
        assertThat(PODMAN.digest(List.of(), file)).contains(digest);
    }

    @Test
    void valuesOfVariablesAreNeverArguments() throws IOException {
        Map<String, String> variables = Map.of("TOKEN", "s3cr3t\n$(id)", "DOCKER_PASSWORD", "s3cr3t too", "EMPTY", "");
        ContainerOrder order = new ContainerOrder(
                "name", "sha256:1", List.of("--pull=never"), List.of("a b", ""), variables, List.of(Path.of("/key")));
        Path file = directory.resolve("variables");
        Invocation run = order.call(DOCKER.program(), "token", file);
        assertThat(run.argv())
                .startsWith("docker", "run", "--name=name", "--label=sluice.run=token", "--pull=never")
                .contains("--volume=/key:/key:ro", "--env=TOKEN", "--env=EMPTY", "--env-file=" + file)
                .endsWith("sha256:1", "a b", "")
                .noneMatch(argument -> argument.contains("s3cr3t"));
        assertThat(run.environment())
                .containsEntry("TOKEN", "s3cr3t\n$(id)")
                .containsEntry("HOME", "/home/me")
                .doesNotContainKey("DOCKER_PASSWORD");
        assertThat(file).hasContent("DOCKER_PASSWORD=s3cr3t too");
    }

    @Test
    void aVariableThatWouldMeanSomethingElseIsRefused() {
        assertThatThrownBy(() -> HandedVariables.of(Map.of("HOME*", ""))).isInstanceOf(UnfitValueException.class);
        assertThatThrownBy(() -> HandedVariables.of(Map.of("DOCKER_HOST", "a\nb")))
                .isInstanceOf(UnfitValueException.class)
                .hasMessageContaining("DOCKER_HOST");
    }

    @Test
    void clientThatCannotBuildGivesWayToOneThatCan() throws IOException {
        program("new", "echo Docker version 28.2.2", "exit 1");
        program("old", "echo Docker version 20.10.24", "exit 1");
        String path = directory.resolve("new") + ":" + directory.resolve("old") + ":/usr/bin:/bin";
        assertThat(found(Map.of("PATH", path)))
                .contains(directory.resolve("old/docker").toString());
        Map<String, String> named = Map.of("PATH", path, ContainerEngine.VARIABLE, "docker");
        assertThat(found(named)).contains("docker");
    }

    @Test
    void clientThatCanOnlyRunIsBetterThanNone() throws IOException {
        program("new", "echo Docker version 28.2.2", "exit 1");
        Files.createSymbolicLink(directory.resolve("new/sh"), Path.of("/bin/sh"));
        assertThat(found(Map.of("PATH", directory.resolve("new").toString()))).contains("docker");
    }

    private static Optional<String> found(Map<String, String> environment) {
        return ContainerEngine.find(environment).engine().map(ContainerEngine::program);
    }

    /** A client whose service answers. */
    private void program(String folder, String version, String buildx) throws IOException {
        Path file = Files.createDirectories(directory.resolve(folder)).resolve("docker");
        Files.writeString(
                file,
                "#!/bin/sh\ncase $1 in --version) " + version + " ;; buildx) " + buildx + " ;; *) echo 1 ;; esac\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void whatIsSaidOfAFailureIsTheComplaintAndNotTheAdvice() {
        for (String advice : List.of("See 'docker run --help'.", "Run 'docker --help' for more information")) {
            Answer answer =
                    new Answer(new Ending.Exited(1), List.of("docker: unknown command: docker buildx", "", advice));
            assertThat(answer.words()).isEqualTo("docker: unknown command: docker buildx");
        }
    }
}
