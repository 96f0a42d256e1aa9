package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.AttemptResult;
import io.jenkins.plugins.sluice.run.FileInstructionJson;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.ResultJson;
import io.jenkins.plugins.sluice.run.RunValues;
import io.jenkins.plugins.sluice.run.StageProgram;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An attempt at a stage that can be taken up again by whoever has its number, what it was given and the results so far: the
 * program of a stage always tells the same if it is told the same.
 */
final class Attempt {
    private final int number;
    private final List<KeptFile> carried;
    private final List<String> results = new ArrayList<>();
    private final StageProgram program;

    private Attempt(PlannedStage stage, int number, List<KeptFile> carried, RunValues values) {
        this.number = number;
        this.carried = List.copyOf(carried);
        this.program = StageProgram.of(stage, values, carried, environment(stage, number, values), false);
    }

    static Attempt begin(PlannedStage stage, int number, List<KeptFile> carried, RunValues values) {
        return new Attempt(stage, number, carried, values);
    }

    /**
     * What is kept of an attempt.
     *
     * @param carried the instruction to bring the artifacts that it was given
     * @param told the results so far
     */
    record Written(int number, String carried, List<String> told) {}

    Written written() {
        String given = FileInstructionJson.write(new Instruction.RestoreArtifacts(carried))
                .orElseThrow();
        return new Written(number, given, List.copyOf(results));
    }

    /** The same attempt after what it was told. */
    static Attempt resume(PlannedStage stage, Written written, RunValues values) {
        List<KeptFile> carried = ((Instruction.RestoreArtifacts) FileInstructionJson.read(written.carried())).files();
        Attempt attempt = new Attempt(stage, written.number(), carried, values);
        for (String result : written.told()) {
            attempt.next();
            attempt.take(ResultJson.read(result));
        }
        return attempt;
    }

    private static Map<String, String> environment(PlannedStage stage, int attempt, RunValues values) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("CI", "true");
        env.put("SLUICE_RUN_ID", values.runId());
        env.put("SLUICE_PIPELINE", stage.pipeline());
        env.put("SLUICE_STAGE", stage.shortName());
        env.put("SLUICE_ATTEMPT", String.valueOf(attempt));
        return env;
    }

    Optional<Instruction> next() {
        return program.next();
    }

    void take(InstructionResult result) {
        results.add(ResultJson.write(result));
        program.take(result);
    }

    AttemptResult result() {
        return program.result();
    }

    int number() {
        return number;
    }

    /** How many results there are so far. */
    int told() {
        return results.size();
    }
}
