package io.jenkins.plugins.sluice.cli.ask;

/** What comes of posting a question. */
public sealed interface Reply {

    /**
     * An answer, signed with the secret for this very question.
     *
     * @param body the JSON that {@link Answer#parse} reads; not looked at yet
     */
    record Answered(String body) implements Reply {}

    /** The question has arrived; the answer comes by another way. */
    record Later() implements Reply {}

    /**
     * There will be no answer.
     *
     * @param reason why, for people; names the host, never the whole URL. May quote the start of what the program said
     */
    record Failed(String reason) implements Reply {}

    /** {@link QuestionPost#cancel} was called before there was a reply. The question may have arrived nevertheless. */
    record Cancelled() implements Reply {}
}
