package io.jenkins.plugins.sluice.cli;

/** The command line is wrong in a way that only the command itself can tell; the message is for the user. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message, null, false, false);
    }
}
