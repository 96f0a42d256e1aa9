package io.jenkins.plugins.sluice.handle;

import java.util.LinkedHashMap;

/**
 * A step that a run has named, for a host to take: {@code step}, {@code args}, and {@code around}, a list of such steps. Only a run
 * makes them. The library takes no other step: it is trusted, and a script in the sandbox may call whatever it has with whatever
 * it likes.
 */
public final class NamedStep extends LinkedHashMap<String, Object> {
    private static final long serialVersionUID = 1L;

    NamedStep() {}

    /**
     * The step that a run has named.
     *
     * @throws IllegalArgumentException if it is anything else
     */
    public static NamedStep of(Object step) {
        if (step instanceof NamedStep named) {
            return named;
        }
        throw new IllegalArgumentException("this step was not named by a run");
    }
}
