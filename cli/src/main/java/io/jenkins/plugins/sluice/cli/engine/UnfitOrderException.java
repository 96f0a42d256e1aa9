package io.jenkins.plugins.sluice.cli.engine;

/** Something that no engine may be asked for, with a reason for people. */
final class UnfitOrderException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnfitOrderException(String why) {
        super(why);
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
