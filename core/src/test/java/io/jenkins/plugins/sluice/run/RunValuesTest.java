package io.jenkins.plugins.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.gate.Parties;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.Reference;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunValuesTest {
    private static final Instant NOW = Instant.EPOCH;

    /** A gate of a name that asks for an input {@code x}. */
    private static String gate(String name, String needs) {
        return "name: " + name + ", needs: [" + needs + "], gate: {comment: optional, inputs: [{name: x, default: d}]}";
    }

    private static String script(String name, String needs, String text) {
        return "name: " + name + ", needs: [" + needs + "], script: 'echo " + text + "'";
    }

    private static PlannedStage stage(RunState state, String name) {
        return state.plan().stage(state.find("p/" + name).orElseThrow());
    }

    private static void approve(RunState state, String gate, String voter, Map<String, String> inputs) {
        PlannedStage stage = stage(state, gate);
        state.apply(new RunEvent.GateOpened(stage.id(), "", List.of(), Optional.empty(), NOW));
        Vote vote = new Vote("1", voter, List.of(), true, "because of " + voter, inputs, "terminal");
        new GateKeeper(state, new Parties(List.of(), List.of()))
                .cast(stage.number(), vote, Optional.empty(), NOW)
                .events()
                .forEach(state::apply);
        assertThat(state.stage(stage.number()).outcome()).contains(Outcome.SUCCEEDED);
    }

    private static void skip(RunState state, String name) {
        state.apply(new RunEvent.StageSkipped("p/" + name, "why", NOW));
    }

    /** What {@code ${name|fallback}} is in a stage. */
    private static Optional<String> value(RunState state, String reference, String from) {
        int bar = reference.indexOf('|');
        Reference parsed = bar < 0
                ? new Reference(reference, Optional.empty())
                : new Reference(reference.substring(0, bar), Optional.of(reference.substring(bar + 1)));
        RunValues.Facts facts = new RunValues.Facts(Map.of(), Map.of("id", "7"), Trigger.unknown());
        return new RunValues(state, facts).of(parsed, stage(state, from));
    }

    @Test
    void gateLeavesItsApproverCommentAndInputs() {
        RunState state = new RunState(Plans.of(
                gate("review", ""),
                script("b", "review", "${gate.approver} ${gate.comment} ${gate.inputs.x} ${review.inputs.x}")));
        approve(state, "review", "ada", Map.of("x", "1"));
        assertThat(value(state, "gate.approver", "b")).contains("ada");
        assertThat(value(state, "gate.comment", "b")).contains("because of ada");
        assertThat(value(state, "gate.inputs.x", "b")).contains("1");
        assertThat(value(state, "review.approver", "b")).contains("ada");
        assertThat(value(state, "review.comment", "b")).contains("because of ada");
        assertThat(value(state, "review.inputs.x", "b")).contains("1");
        assertThat(value(state, "gate.inputs.y", "b")).isEmpty();
        assertThat(value(state, "review.inputs.y|none", "b")).contains("none");
    }

    @Test
    void referencesToAGateAreGoodReferences() {
        ExecutionPlan plan = Plans.of(
                gate("review", ""),
                script("b", "review", "${gate.approver} ${gate.comment} ${gate.inputs.x} ${review.inputs.x}"));
        assertThat(plan.stages()).hasSize(2);
    }

    @Test
    void inputsWithDotsInTheirNamesAreFound() {
        RunState state = new RunState(Plans.of(
                "name: re.view, gate: {inputs: [{name: a.b, default: d}]}",
                script("b", "re.view", "${gate.inputs.a.b} ${re.view.inputs.a.b}")));
        approve(state, "re.view", "ada", Map.of("a.b", "1"));
        assertThat(value(state, "gate.inputs.a.b", "b")).contains("1");
        assertThat(value(state, "re.view.inputs.a.b", "b")).contains("1");
    }

    @Test
    void gateThatIsNotDecidedHasNoValues() {
        RunState state = new RunState(Plans.of(gate("review", ""), script("b", "review", "x")));
        assertThat(value(state, "gate.approver", "b")).isEmpty();
        state.apply(new RunEvent.GateOpened("p/review", "", List.of(), Optional.empty(), NOW));
        assertThat(value(state, "gate.approver", "b")).isEmpty();
        assertThat(value(state, "review.inputs.x", "b")).isEmpty();
        assertThat(value(state, "gate.approver|nobody", "b")).contains("nobody");
    }

    @Test
    void defaultOfAnInputIsItsValueAndNotMissing() {
        RunState state = new RunState(Plans.of(gate("review", ""), script("b", "review", "x")));
        approve(state, "review", "ada", Map.of());
        assertThat(value(state, "gate.inputs.x|other", "b")).contains("d");
    }

    @Test
    void nearestOfSeveralGatesIsMeantAndOthersByName() {
        RunState state = new RunState(Plans.of(
                gate("first", ""),
                script("a", "first", "x"),
                gate("second", "a"),
                script("b", "second", "x"),
                script("c", "b", "x")));
        approve(state, "first", "ada", Map.of("x", "1"));
        approve(state, "second", "bob", Map.of("x", "2"));
        assertThat(value(state, "gate.approver", "c")).contains("bob");
        assertThat(value(state, "gate.inputs.x", "c")).contains("2");
        assertThat(value(state, "first.approver", "c")).contains("ada");
        assertThat(value(state, "second.approver", "c")).contains("bob");
        assertThat(value(state, "gate.approver", "a")).contains("ada");
        assertThat(value(state, "gate.approver", "first")).isEmpty();
    }

    @Test
    void nearestGateThatHasTheValueIsMeant() {
        RunState state = new RunState(
                Plans.of(gate("first", ""), "name: second, needs: [first], gate: {}", script("b", "second", "x")));
        approve(state, "first", "ada", Map.of("x", "1"));
        approve(state, "second", "bob", Map.of());
        assertThat(value(state, "gate.approver", "b")).contains("bob");
        assertThat(value(state, "gate.inputs.x", "b")).contains("1");
    }

    @Test
    void gateThatIsNearByOneWayAndFarByAnotherIsNear() {
        RunState state = new RunState(Plans.of(
                gate("far", ""),
                gate("near", "far"),
                script("a", "near", "x"),
                script("b", "a", "x"),
                script("c", "b, near", "x")));
        approve(state, "far", "ada", Map.of());
        approve(state, "near", "bob", Map.of());
        assertThat(value(state, "gate.approver", "c")).contains("bob");
    }

    @Test
    void ofGatesSideBySideTheLastOfTheFileIsMeant() {
        for (String needs : List.of("left, right", "right, left")) {
            RunState state =
                    new RunState(Plans.of(gate("left", ""), gate("right", ""), script("b", needs, "${gate.approver}")));
            approve(state, "right", "bob", Map.of());
            approve(state, "left", "ada", Map.of());
            assertThat(value(state, "gate.approver", "b")).contains("bob");
            assertThat(value(state, "left.approver", "b")).contains("ada");
        }
    }

    @Test
    void gateThatDoesNotComeBeforeIsNotMeant() {
        RunState state = new RunState(Plans.of(gate("left", ""), gate("right", ""), script("b", "left", "x")));
        approve(state, "left", "ada", Map.of());
        approve(state, "right", "bob", Map.of());
        assertThat(value(state, "gate.approver", "b")).contains("ada");
        assertThat(value(state, "gate.approver", "left")).isEmpty();
    }

    @Test
    void skippedGateLeavesTheDefault() {
        RunState state = new RunState(Plans.of(gate("review", ""), script("b", "review", "x")));
        skip(state, "review");
        assertThat(value(state, "gate.approver|nobody", "b")).contains("nobody");
        assertThat(value(state, "review.inputs.x|now", "b")).contains("now");
        assertThat(value(state, "gate.approver", "b")).isEmpty();
        assertThat(value(state, "review.inputs.x", "b")).isEmpty();
    }

    @Test
    void beforeASkippedGateTheNextNearestIsMeant() {
        RunState state = new RunState(Plans.of(gate("first", ""), gate("second", "first"), script("b", "second", "x")));
        approve(state, "first", "ada", Map.of("x", "1"));
        skip(state, "second");
        assertThat(value(state, "gate.inputs.x", "b")).contains("1");
        assertThat(value(state, "gate.approver|nobody", "b")).contains("ada");
    }

    @Test
    void approvalByTimeoutHasNoApproverSoThatTheDefaultStands() {
        RunState state = new RunState(
                Plans.of("name: review, gate: {timeout: 1h, onTimeout: approve}", script("b", "review", "x")));
        state.apply(new RunEvent.GateOpened("p/review", "", List.of(), Optional.of(NOW), NOW));
        state.apply(new GateKeeper(state, new Parties(List.of(), List.of()))
                .due(0, NOW)
                .orElseThrow());
        assertThat(value(state, "gate.approver", "b")).contains("");
        assertThat(value(state, "gate.approver|the clock", "b")).contains("the clock");
    }

    @Test
    void resultOfAnEarlierRunStandsForTheGateWithItsValues() {
        RunState state = new RunState(Plans.of(gate("review", ""), script("b", "review", "x")));
        AttemptResult earlier = new AttemptResult(
                Outcome.SUCCEEDED,
                "approved by ada",
                "approved",
                Map.of("approver", "ada", "inputs.x", "1"),
                List.of(),
                Optional.empty());
        state.apply(new RunEvent.ResultTaken("p/review", "6", earlier, NOW));
        assertThat(value(state, "gate.approver", "b")).contains("ada");
        assertThat(value(state, "review.inputs.x", "b")).contains("1");
    }

    @Test
    void valueOfAStageThatOnlyLooksLikeAGateIsNotMeant() {
        RunState state = new RunState(Plans.of(
                "name: a, script: x, outputs: {approver: eve}", "name: b, script: 'echo ${gate.approver|nobody}'"));
        AttemptResult result =
                new AttemptResult(Outcome.SUCCEEDED, "", "", Map.of("approver", "eve"), List.of(), Optional.empty());
        state.apply(new RunEvent.AttemptStarted("p/a", 1, NOW));
        state.apply(new RunEvent.AttemptEnded("p/a", 1, result, NOW));
        assertThat(value(state, "gate.approver|nobody", "b")).contains("nobody");
        assertThat(value(state, "a.approver", "b")).contains("eve");
    }

    @Test
    void stepsBehindAGateGetItsValuesInTheirEnvironment() {
        RunState state = new RunState(
                Plans.of(gate("review", ""), script("b", "review", "${gate.inputs.x} ${review.approver}")));
        approve(state, "review", "ada; rm -rf /", Map.of("x", "$(date)"));
        RunValues values = new RunValues(state, new RunValues.Facts(Map.of(), Map.of("id", "7"), Trigger.unknown()));
        StageProgram program = StageProgram.of(stage(state, "b"), values, List.of(), Map.of(), true);
        Instruction.RunScript script = (Instruction.RunScript) program.next().orElseThrow();
        assertThat(script.env()).containsEntry("SLUICE_VALUE_gate_inputs_x", "$(date)");
        assertThat(script.env()).containsEntry("SLUICE_VALUE_review_approver", "ada; rm -rf /");
        assertThat(script.text()).doesNotContain("date").doesNotContain("rm -rf");
    }

    @Test
    void eachCopyOfAPipelineReadsItsOwnGate() {
        RunState state = new RunState(Plans.with(
                "matrix: {zone: [east, west]}", gate("review", ""), script("b", "review", "${gate.approver}")));
        for (String zone : List.of("east", "west")) {
            String id = "p[zone=" + zone + "]/review";
            state.apply(new RunEvent.GateOpened(id, "", List.of(), Optional.empty(), NOW));
            Vote vote = new Vote("1", "of " + zone, List.of(), true, "", Map.of(), "terminal");
            new GateKeeper(state, new Parties(List.of(), List.of()))
                    .cast(state.find(id).orElseThrow(), vote, Optional.empty(), NOW)
                    .events()
                    .forEach(state::apply);
        }
        RunValues values = new RunValues(state, new RunValues.Facts(Map.of(), Map.of("id", "7"), Trigger.unknown()));
        for (String zone : List.of("east", "west")) {
            PlannedStage from =
                    state.plan().stage(state.find("p[zone=" + zone + "]/b").orElseThrow());
            for (String name : List.of("gate.approver", "review.approver")) {
                assertThat(values.of(new Reference(name, Optional.empty()), from))
                        .contains("of " + zone);
            }
        }
    }
}
