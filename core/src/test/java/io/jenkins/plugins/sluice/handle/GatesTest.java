package io.jenkins.plugins.sluice.handle;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.handle.FakeController.Trouble;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a gate asks, what counts as its answer, and what else decides it. */
class GatesTest {
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
}
