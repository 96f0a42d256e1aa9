package io.jenkins.plugins.sluice.library;

import io.jenkins.plugins.sluice.handle.Failure;

/** What steps throw; says of itself what it means. */
final class StepTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String kind;
    private final int exitCode;

    StepTrouble(Failure.Kind kind, String words) {
        this(kind, words, 0);
    }

    StepTrouble(Failure.Kind kind, String words, int exitCode) {
        super(words);
        this.kind = kind.name();
        this.exitCode = exitCode;
    }

    Failure failure() {
        return new Failure(Failure.Kind.valueOf(kind), getMessage(), exitCode);
    }
}
