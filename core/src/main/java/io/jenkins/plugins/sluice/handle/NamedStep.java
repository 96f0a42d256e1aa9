package io.jenkins.plugins.sluice.handle;

import java.util.LinkedHashMap;

/**
 * A step that a run has named, for a host to take: {@code step}, {@code args}, and {@code around}, a list of such steps. Only a run
 * makes them. The library takes nothing else for one, so that a mistake of a script is told early; what keeps a script in its
 * sandbox is that {@link Controller#steps} knows nothing but steps.
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
