package io.jenkins.plugins.sluice.handle;

/**
 * Why a step did not end as it should, as far as the host can tell.
 *
 * @param words for people; for {@link Kind#REJECTED} the name of who said no
 * @param exitCode of a script, if that is the reason
 */
public record Failure(Kind kind, String words, int exitCode) {

    /** What can get in the way. */
    public enum Kind {
        /** A limit of time around the step was exceeded. */
        TIMED_OUT,
        /** Somebody, or something, ends the whole build. */
        ABORTED,
        /** Sluice itself has stopped this stage. */
        STOPPED,
        /** A newer run has taken the place of this one. */
        SUPERSEDED,
        /** Somebody said no at a gate without filling in its form. */
        REJECTED,
        /** The agent went away. */
        AGENT_LOST,
        /** A script ended with an exit code other than 0. */
        EXITED,
        /** Anything else. */
        BROKEN
    }

    /** A failure without an exit code. */
    public static Failure of(Kind kind, String words) {
        return new Failure(kind, words, 0);
    }
}
