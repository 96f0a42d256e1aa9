package io.jenkins.plugins.sluice.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.InstructionResult.Aborted;
import io.jenkins.plugins.sluice.run.InstructionResult.Broken;
import io.jenkins.plugins.sluice.run.InstructionResult.Done;
import io.jenkins.plugins.sluice.run.InstructionResult.FileRead;
import io.jenkins.plugins.sluice.run.InstructionResult.Kept;
import io.jenkins.plugins.sluice.run.InstructionResult.ScriptEnded;
import io.jenkins.plugins.sluice.run.InstructionResult.TestsRead;
import io.jenkins.plugins.sluice.run.InstructionResult.TimedOut;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StageProgramTest {
    private static final KeptFile FILE = new KeptFile("out/a", "0".repeat(64), 1, false);

    private static RunValues.Facts facts() {
        return new RunValues.Facts(
                Map.of("params.WHO", "me; rm -rf /"),
                Map.of("id", "7", "url", "file:///7", "number", "7"),
                new Trigger(Map.of("branch", "main"), Optional.empty(), Map.of()));
    }

    private static StageProgram program(ExecutionPlan plan, int stage) {
        return program(new RunState(plan), stage, List.of());
    }

    private static StageProgram program(RunState state, int stage, List<KeptFile> carried) {
        PlannedStage planned = state.plan().stage(stage);
        return StageProgram.of(planned, new RunValues(state, facts()), carried, Map.of("CI", "true"), true);
    }

    private static Instruction.RunScript script(StageProgram program) {
        return (Instruction.RunScript) program.next().orElseThrow();
    }

    @Test
    void referencesBecomeVariablesAndNeverText() {
        ExecutionPlan plan = Plans.of(
                "name: a, script: ['echo ${setup.params.WHO} $HOME ${HOME} ${trigger.branch|none} ${setup.params.NONE|x y}']");
        Instruction.RunScript script = script(program(plan, 0));
        assertThat(script.text())
                .isEqualTo("echo ${SLUICE_VALUE_setup_params_WHO} $HOME ${HOME} ${SLUICE_VALUE_trigger_branch}"
                        + " ${SLUICE_VALUE_setup_params_NONE}\n");
        assertThat(script.env())
                .containsEntry("SLUICE_VALUE_setup_params_WHO", "me; rm -rf /")
                .containsEntry("SLUICE_VALUE_trigger_branch", "main")
                .containsEntry("SLUICE_VALUE_setup_params_NONE", "x y")
                .containsEntry("CI", "true");
    }

    @Test
    void imageThatIsKnownOnlyInTheRunIsHeldAgainstThePolicy() {
        ExecutionPlan plan = Plans.of(
                "name: a, script: x, image: '${setup.params.IMAGE|evil.example/x}'",
                "name: b, script: x, image: 'good.example/${setup.params.IMAGE|x}'");
        Policy policy = Policy.of(Map.of(Policy.Kind.REGISTRY, List.of("good.example")));
        RunValues.Facts facts = new RunValues.Facts(Map.of(), Map.of(), Trigger.unknown(), Site.NONE, policy);
        RunValues values = new RunValues(new RunState(plan), facts);
        StageProgram evil = StageProgram.of(plan.stage(0), values, List.of(), Map.of(), true);
        assertThat(evil.next()).isEmpty();
        assertThat(evil.result().detail())
                .isEqualTo("the policy does not allow the registry of 'evil.example/x'; allowed are: good.example");
        StageProgram good = StageProgram.of(plan.stage(1), values, List.of(), Map.of(), true);
        assertThat(script(good).image()).contains("good.example/x");
    }

    @Test
    void twoReferencesNeverShareAVariable() {
        ExecutionPlan plan =
                Plans.of("name: a, script: 'echo ${setup.params.A-B|1} ${setup.params.A_B|2} ${setup.params.A-B|3}'");
        Instruction.RunScript script = script(program(plan, 0));
        assertThat(script.env().values()).contains("1", "2", "3");
        assertThat(script.text()).contains("A_B}", "A_B_2}", "A_B_3}");
    }

    @Test
    void dollarDollarIsALiteral() {
        ExecutionPlan plan = Plans.of("name: a, script: \"echo '$${a.b}' $$ $${x}\"");
        assertThat(script(program(plan, 0)).text()).isEqualTo("echo '${a.b}' $$ $${x}\n");
    }

    @Test
    void outputsOfEarlierStagesAreSeen() {
        ExecutionPlan plan = Plans.of(
                "name: a, script: x, outputs: {version: '1.${run.number}', none: ''}",
                "name: b, script: 'echo ${a.version} ${a.none} ${a.none|default} ${a.stage}'");
        RunState state = new RunState(plan);
        state.apply(new RunEvent.AttemptStarted("p/a", 1, Instant.EPOCH));
        StageProgram first = program(state, 0, List.of());
        answer(first, new ScriptEnded(0));
        AttemptResult result = first.result();
        assertThat(result.outputs()).containsEntry("version", "1.7");
        state.apply(new RunEvent.AttemptEnded("p/a", 1, result, Instant.EPOCH));
        assertThat(script(program(state, 1, List.of())).env())
                .containsEntry("SLUICE_VALUE_a_version", "1.7")
                .containsEntry("SLUICE_VALUE_a_none", "")
                .containsEntry("SLUICE_VALUE_a_none_2", "default")
                .containsEntry("SLUICE_VALUE_a_stage", "a");
    }

    @Test
    void valueThatIsNotThereIsAnErrorAndNothingRuns() {
        ExecutionPlan plan = Plans.of(
                "name: a, script: x, outputs: {file: out.env}", "name: b, script: 'echo ${a.version} ${setup.commit}'");
        StageProgram program = program(plan, 1);
        assertThat(program.next()).isEmpty();
        assertThat(program.result().outcome()).isEqualTo(Outcome.ERRORED);
        assertThat(program.result().detail()).isEqualTo("no value for ${a.version}, ${setup.commit}");
    }

    @Test
    void wholeDialogueInItsOrder() {
        ExecutionPlan plan = Plans.with(
                "directory: services/api",
                "name: a, script: make, image: 'jdk:17', timeout: 5m, artifacts: [out/a], reports: {junit: 'r/*.xml'},"
                        + " outputs: {file: out.env}");
        StageProgram program = program(new RunState(plan), 0, List.of(FILE));
        assertThat(program.next()).contains(new Instruction.RestoreArtifacts(List.of(FILE)));
        program.take(new Done());
        assertThat(script(program).image()).contains("jdk:17");
        assertThat(script(program).timeout()).contains(Duration.ofMinutes(5));
        assertThat(script(program).directory()).isEqualTo("services/api");
        program.take(new ScriptEnded(0));
        assertThat(program.next()).contains(new Instruction.PublishTests(List.of("services/api/r/*.xml")));
        program.take(new TestsRead(new TestReport(1, 0, 0, 0, List.of()), List.of()));
        assertThat(program.next()).contains(new Instruction.ReadFile("services/api/out.env"));
        program.take(new FileRead(Optional.of("# outputs\nVERSION=1=2\n\nNAME=\n")));
        assertThat(program.next()).contains(new Instruction.KeepArtifacts(List.of("services/api/out/a"), true));
        program.take(new Kept(List.of(FILE), List.of(), List.of()));
        assertThat(program.next()).isEmpty();
        AttemptResult result = program.result();
        assertThat(result.outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(result.outputs()).containsEntry("VERSION", "1=2").containsEntry("NAME", "");
        assertThat(result.kept()).containsExactly(FILE);
        assertThat(result.tests()).isPresent();
    }

    @Test
    void failedScriptStillLeavesReportsAndArtifacts() {
        ExecutionPlan plan = Plans.of("name: a, script: make, artifacts: [out/a], reports: {junit: 'r/*.xml'}");
        StageProgram program = program(plan, 0);
        answer(program, new ScriptEnded(3));
        answer(program, new TestsRead(new TestReport(2, 1, 0, 0, List.of("T.t")), List.of()));
        answer(program, new Kept(List.of(), List.of("out/a"), List.of("out/b")));
        AttemptResult result = program.result();
        assertThat(result.detail()).isEqualTo("exit code 3");
        assertThat(result.cause()).isEqualTo("3");
        assertThat(result.tests()).isPresent();
    }

    @Test
    void missingArtifactsReportsAndOutputsAreFailures() {
        assertThat(after("artifacts: [out/a]", new Kept(List.of(), List.of("out/a"), List.of("out/b"))))
                .isEqualTo("no artifact matches out/a; there is out/b");
        assertThat(after("artifacts: [out/a]", new Kept(List.of(), List.of("out/a"), List.of())))
                .isEqualTo("no artifact matches out/a; the directory is empty");
        assertThat(after(
                        "reports: {junit: 'r/*.xml'}",
                        new TestsRead(new TestReport(0, 0, 0, 0, List.of()), List.of("r/*.xml"))))
                .isEqualTo("no test report matches r/*.xml");
        assertThat(after("outputs: {file: out.env}", new FileRead(Optional.empty())))
                .isEqualTo("the outputs file out.env is not there");
        assertThat(after("outputs: {file: out.env}", new FileRead(Optional.of("A=1\nno assignment\n"))))
                .isEqualTo("out.env:2: this is no NAME=value line");
    }

    private static void answer(StageProgram program, InstructionResult result) {
        assertThat(program.next()).isPresent();
        program.take(result);
    }

    private static String after(String keys, InstructionResult second) {
        StageProgram program = program(Plans.of("name: a, script: make, " + keys), 0);
        answer(program, new ScriptEnded(0));
        answer(program, second);
        AttemptResult result = program.result();
        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        return result.detail();
    }

    @Test
    void timeoutAbortAndBrokenHostAreToldApart() {
        ExecutionPlan plan = Plans.of("name: a, script: make, artifacts: [x]");
        StageProgram timedOut = program(plan, 0);
        answer(timedOut, new TimedOut(Duration.ofMinutes(90)));
        assertThat(timedOut.next()).isPresent();
        assertThat(timedOut.result().detail()).isEqualTo("timed out after 1h 30m");
        assertThat(timedOut.result().cause()).isEqualTo("timeout");
        StageProgram aborted = program(plan, 0);
        answer(aborted, new Aborted("Ctrl-C"));
        assertThat(aborted.next()).isEmpty();
        assertThat(aborted.result().outcome()).isEqualTo(Outcome.ABORTED);
        StageProgram broken = program(plan, 0);
        answer(broken, new Broken("no space left"));
        assertThat(broken.next()).isEmpty();
        assertThat(broken.result().outcome()).isEqualTo(Outcome.ERRORED);
    }
}
