package io.jenkins.plugins.sluice.handle;

/** The steps of the host, for the shared library: Groovy of Jenkins' age calls no static methods of interfaces. */
public final class HostSteps {
    private HostSteps() {}

    /** What {@link Controller#steps} says. */
    public static Object of(Object script) {
        return Controller.find().steps(script);
    }
}
