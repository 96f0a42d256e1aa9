package io.jenkins.plugins.sluice.cli.ask;

/** An answer, or what is wrong with the text of one. */
public sealed interface ParsedAnswer {

    /** It can be read. */
    record Valid(Answer answer) implements ParsedAnswer {}

    /**
     * It is no decision.
     *
     * @param reason why, for people, as a sentence about the answer; safe to print
     */
    record Invalid(String reason) implements ParsedAnswer {}
}
