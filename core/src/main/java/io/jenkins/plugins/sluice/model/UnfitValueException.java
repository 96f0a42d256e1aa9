package io.jenkins.plugins.sluice.model;

/** A value that is known only while the stage runs does not fit where it is used; the message is for the author of the file. */
public final class UnfitValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String why;

    public UnfitValueException(String why) {
        super(why);
        this.why = why;
    }

    /** What is wrong, in words for the author of the file. */
    public String why() {
        return why;
    }
}
