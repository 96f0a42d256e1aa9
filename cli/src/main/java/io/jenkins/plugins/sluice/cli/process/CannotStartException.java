package io.jenkins.plugins.sluice.cli.process;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A command that never ran, e.g. because its program does not exist; the message says what to look at. */
public final class CannotStartException extends IOException {

    private static final long serialVersionUID = 1;

    CannotStartException(String message) {
        this(message, null);
    }

    CannotStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
