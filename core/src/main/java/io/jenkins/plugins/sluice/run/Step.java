package io.jenkins.plugins.sluice.run;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A part of a stage's work. What it tells the host to do is made when its turn comes, because it may depend on what came
 * before; without an instruction it is through at once.
 *
 */
record Step(Supplier<Optional<Instruction>> begin, Consumer<InstructionResult> end, Due due) {
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
