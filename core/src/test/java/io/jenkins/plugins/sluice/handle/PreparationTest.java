package io.jenkins.plugins.sluice.handle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.model.Trigger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a policy, and a change of the pipeline itself, make of a run before it begins. */
class PreparationTest {
    @BeforeEach
    void reset() {
        FakeController.reset();
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
