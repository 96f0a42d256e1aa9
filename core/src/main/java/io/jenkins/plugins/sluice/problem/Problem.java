package io.jenkins.plugins.sluice.problem;

import java.util.Comparator;

/**
 * Something that is wrong with an input: what, where, and what to do next.
 *
 * @param code which kind of problem; its documentation is {@code docs/errors.md#code}
 * @param severity whether the file can still be used
 * @param place where the offending value stands
 * @param message what is wrong, in the present tense, with the value as written
 * @param hint the next action; empty if there is nothing to add
 */
public record Problem(ProblemCode code, Severity severity, Place place, String message, String hint)
        implements Comparable<Problem> {
    private static final Comparator<Problem> ORDER =
            Comparator.comparing(Problem::place).thenComparing(Problem::code).thenComparing(Problem::message);

    /** By place, so that a list reads like the file. */
    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** The same problem, but not one that stops anything. */
    public Problem asWarning() {
        return new Problem(code, Severity.WARNING, place, message, hint);
    }

    /** The two lines (one without a hint) that terminals and logs show, without a line end. */
    @Override
    public String toString() {
        String path = place.path().isEmpty() ? "" : " " + Printable.of(place.path());
        String head = place.location() + ": " + severity.word() + "[" + code.id() + "]" + path + ": " + message;
        return hint.isEmpty() ? head : head + "\n  hint: " + hint;
    }
}
