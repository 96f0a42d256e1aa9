package io.jenkins.plugins.sluice.cli.deliver;

import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import java.io.IOException;

/** Runs a script of a stage, with its output in the stage's log. */
@FunctionalInterface
public interface ScriptRunner {

    /** Runs it to its end. */
    InstructionResult run(Instruction.RunScript script) throws IOException;
}
