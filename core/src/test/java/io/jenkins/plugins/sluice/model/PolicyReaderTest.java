package io.jenkins.plugins.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.Problems;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyReaderTest {
    private final Problems problems = new Problems();

    private Policy read(String text) {
        return PolicyReader.read("policy.yaml", text.getBytes(StandardCharsets.UTF_8), problems);
    }

    @Test
    void everyListIsAllThatIsAllowedOfItsKind() {
        Policy policy = read(
                """
                allowedActions: [build, blubberfile, script]
                allowedTriggerJobs: [docs]
                allowedCredentials: []
                allowedFrontends: ['registry.example/blubber/*', 'docker/dockerfile:1']
                """);
        assertThat(problems.list()).isEmpty();
        assertThat(allowed(policy, Policy.Kind.ACTION, "build", "publish")).containsExactly("build");
        assertThat(allowed(policy, Policy.Kind.JOB, "docs", "doc")).containsExactly("docs");
        assertThat(allowed(policy, Policy.Kind.CREDENTIAL, "token")).isEmpty();
        assertThat(allowed(
                        policy,
                        Policy.Kind.FRONTEND,
                        "registry.example/blubber/buildkit:v1",
                        "docker/dockerfile:1",
                        "docker/dockerfile:1.7",
                        "registryXexample/blubber/x",
                        "evil.example/registry.example/blubber/x"))
                .containsExactly("registry.example/blubber/buildkit:v1", "docker/dockerfile:1");
    }

    private static List<String> allowed(Policy policy, Policy.Kind kind, String... names) {
        return Stream.of(names).filter(name -> policy.allows(kind, name)).toList();
    }

    @Test
    void starStandsForAnyCharactersOfASecretButNotOfAJob() {
        Policy policy = read(
                """
                allowedTriggerJobs: ['docs/*']
                allowedCredentials: ['team-*']
                """);
        assertThat(allowed(policy, Policy.Kind.CREDENTIAL, "team-token", "my-team-token"))
                .containsExactly("team-token");
        assertThat(allowed(policy, Policy.Kind.JOB, "docs/../production")).isEmpty();
    }

    @Test
    void agentIsAllowedIfAllThatItMayMeanIs() {
        Policy policy = read("allowedAgents: [linux, 'docker*', 'windows && !slow']\n");
        assertThat(allowed(
                        policy,
                        Policy.Kind.AGENT,
                        "",
                        "linux",
                        "linux && docker-x86",
                        "(docker || linux)",
                        "windows && !slow"))
                .hasSize(5);
        assertThat(allowed(
                        policy,
                        Policy.Kind.AGENT,
                        "windows",
                        "linux || production",
                        "docker || production",
                        "!linux",
                        "linux -> docker",
                        "linux <-> docker",
                        "'linux' || \"docker || x\"",
                        "()",
                        " "))
                .isEmpty();
    }

    @Test
    void imageIsAllowedByItsNameAndByWhereItComesFrom() {
        Policy policy = read(
                """
                allowedImages: ['registry.example/*', 'maven:3*']
                allowedRegistries: [registry.example, 'localhost:5000', docker.io]
                """);
        assertThat(allowed(policy, Policy.Kind.IMAGE, "registry.example/a/b:1", "maven:3.9", "maven:4", "xmaven:3"))
                .containsExactly("registry.example/a/b:1", "maven:3.9");
        assertThat(allowed(
                        policy,
                        Policy.Kind.REGISTRY,
                        "registry.example/a",
                        "REGISTRY.example/a",
                        "localhost:5000/a",
                        "maven:3.9",
                        "library/maven",
                        "docker.io/library/maven",
                        "index.docker.io/library/maven",
                        "0".repeat(64),
                        "sha256:" + "0".repeat(64)))
                .hasSize(9);
        assertThat(allowed(
                        policy,
                        Policy.Kind.REGISTRY,
                        "registry.example:5000/a",
                        "localhost/a",
                        "evil.example/registry.example/a",
                        "evil:1/a",
                        "Evil/a",
                        "docker://registry.example/a"))
                .isEmpty();
    }

    @Test
    void imagesWithoutAHostAreOfTheDefaultRegistry() {
        Policy policy = read("allowedRegistries: [registry.example]\n");
        assertThat(allowed(policy, Policy.Kind.REGISTRY, "maven:3.9", "library/maven"))
                .isEmpty();
    }

    @Test
    void emptyMapAllowsEverything() {
        assertThat(read("{}")).isEqualTo(Policy.OPEN);
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "~"})
    void fileThatHasLostItsContentIsAnError(String text) {
        read(text);
        assertThat(problems.hasErrors()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(Action.Kind.class)
    void everyActionCanBeNamed(Action.Kind kind) {
        Policy policy = read("allowedActions: [" + kind.key() + "]\n");
        assertThat(problems.list()).isEmpty();
        assertThat(policy.allows(Policy.Kind.ACTION, kind.key())).isTrue();
    }

    @Test
    void gatesAreReadAsThoseOfAFile() {
        Policy policy = read(
                """
                defaults: {agent: linux, timeout: 30m}
                limits: {timeout: 2h}
                gates:
                  - name: production
                    before: {actions: [deploy, 'pro*'], agents: [production], credentials: ['prod-*']}
                    gate:
                      message: Change production with ${trigger.commit}?
                      approvers: {groups: [release-managers], count: 2}
                      timeout: 1d
                trusted: {users: [ada], groups: [build-team]}
                """);
        assertThat(problems.list()).isEmpty();
        assertThat(policy.bounds().agent()).isEqualTo("linux");
        assertThat(policy.bounds().timeout()).contains(Duration.ofMinutes(30));
        assertThat(policy.bounds().longest()).contains(Duration.ofHours(2));
        PolicyGate gate = policy.gates().get(0);
        assertThat(gate.before().actions()).containsExactly("deploy", "pro*");
        assertThat(gate.question().approvers().count()).isEqualTo(2);
        assertThat(gate.question().timeout()).contains(Duration.ofDays(1));
        assertThat(policy.trusted()).contains(new Policy.Trusted(List.of("ada"), List.of("build-team")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "trusted: {}",
                "trusted: {users: []}",
                "limits: {timeout: long}",
                "{defaults: {timeout: 3h}, limits: {timeout: 2h}}",
                "gates: [{name: a, gate: {}}]",
                "gates: [{name: a, before: {}, gate: {}}]",
                "gates: [{name: a, before: {agents: []}, gate: {}}]",
                "gates: [{name: a, before: {actions: [fly]}, gate: {}}]",
                "gates: [{name: 'a b', before: {agents: [x]}, gate: {}}]",
                "gates: [{name: pipeline-change, before: {agents: [x]}, gate: {}}]",
                "gates: [{name: a, before: {agents: [x]}, gate: {mesage: x}}]",
                "gates: [{name: a, before: {agents: [x]}, gate: {message: 'of ${unit.output}'}}]",
                "gates: [{name: a, before: {agents: [x]}, gate: {message: 'of ${matrix.node}'}}]",
                "gates: [{name: a, before: {agents: [x]}, gate: {approvers: {users: [ada], count: 2}}}]",
                "gates: [{name: a, before: {agents: [x]}, gate: {}}, {name: a, before: {agents: [y]}, gate: {}}]"
            })
    void gateThatWouldNotHoldIsAProblem(String text) {
        read(text);
        assertThat(problems.hasErrors()).isTrue();
        assertThat(problems.list().get(0).toString()).startsWith("policy.yaml:1:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "text", "allowedActions: build", "allowedActions: [fly]", "allowdActions: []", "["})
    void whatIsWrongIsAProblemWithItsPlace(String text) {
        read(text);
        assertThat(problems.hasErrors()).isTrue();
        assertThat(problems.list().stream().map(Problem::toString).collect(Collectors.joining()))
                .startsWith("policy.yaml:1:");
    }
}
