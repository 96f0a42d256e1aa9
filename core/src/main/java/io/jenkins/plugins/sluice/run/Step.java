package io.jenkins.plugins.sluice.run;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * A part of a stage's work. What it tells the host to do is made when its turn comes, because it may depend on what came
 * before; without an instruction it is through at once.
 *
 * @param judges whether it says itself what the exit code of its script means; otherwise all but 0 is a failure
 */
record Step(Supplier<Optional<Instruction>> begin, Consumer<InstructionResult> end, Due due, boolean judges) {
    Step(Supplier<Optional<Instruction>> begin, Consumer<InstructionResult> end, Due due) {
        this(begin, end, due, false);
    }

    /** How far a stage that goes wrong still goes. */
    enum Due {
        /** Left out after a failure. */
        WHILE_WELL,
        /** Done after a failure, too. */
        AFTER_FAILURE,
        /** Done even if the host could not do its work before, and told also if it cannot do this. */
        AT_LAST
    }

    /** One instruction, unless the stage has failed. */
    static Step of(Supplier<Instruction> instruction, Consumer<InstructionResult> end) {
        return new Step(() -> Optional.of(instruction.get()), end, Due.WHILE_WELL);
    }

    /** A script that may end with more than one exit code, unless the stage has failed. */
    static Step ofScript(Supplier<Instruction> script, IntConsumer end) {
        return new Step(
                () -> Optional.of(script.get()),
                result -> end.accept(((InstructionResult.ScriptEnded) result).exitCode()),
                Due.WHILE_WELL,
                true);
    }

    /** Work of the core itself. */
    static Step of(Runnable work) {
        return new Step(
                () -> {
                    work.run();
                    return Optional.empty();
                },
                result -> {},
                Due.WHILE_WELL);
    }
}
