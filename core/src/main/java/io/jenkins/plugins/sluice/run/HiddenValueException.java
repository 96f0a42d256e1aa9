package io.jenkins.plugins.sluice.run;

/** A value of an event that was written down hidden, and that cannot be shown again; the message says what is missing. */
public final class HiddenValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public HiddenValueException(String message) {
        super(message);
    }
}
