package io.jenkins.plugins.sluice.handle;

/** Steps whose names more than one place has to agree on. */
public final class StepNames {
    /** Of Sluice's plugin: reads the configuration, and begins a run. */
    public static final String PLAN = "sluicePlan";

    /** Of Sluice's plugin: everything that is done with files alone. */
    public static final String FILES = "sluiceFiles";

    /** Of Sluice's plugin: a body that {@code failFast} can stop. */
    public static final String STOPPABLE = "sluiceStoppable";

    /** Of Sluice's plugin: a lock between its own runs, where {@link #LOCK} is missing. */
    public static final String OWN_LOCK = "sluiceLock";

    /** Of the plugin Lockable Resources. */
    static final String LOCK = "lock";

    /** Of the plugin JUnit: shows test reports. */
    static final String JUNIT = "junit";

    private StepNames() {}
}
