package io.jenkins.plugins.sluice.handle;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * What a run must ask of the host outside of its steps. The host registers one implementation as a service
 * ({@link ServiceLoader}); it finds the build that it is about by {@link RunHandle#key}. Methods are called on the thread that
 * runs the program of a build, and must not wait.
 */
public interface Controller {
    /** The implementation of this host. */
    static Controller find() {
        return ServiceLoader.load(Controller.class, Controller.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no host has registered a " + Controller.class.getName()));
    }

    /**
     * What takes steps for the build whose program calls this: {@code steps.sh(…)}.
     *
     * @param script who asks for it; not to be trusted, because a script in the sandbox makes up its own
     */
    Object steps(Object script);

    /** What time it is. */
    Instant now();

    /** Whether the host has a step of that name. */
    boolean hasStep(String name);

    /** What an exception of a step means. */
    Failure failure(Throwable trouble);

    /** Takes note that something has happened in a run: people may look at it. */
    void changed(RunHandle run);

    /** Tells people, in the log of the build. */
    void note(RunHandle run, String line);

    /** Stops the stage, which was begun within the step for that; {@link #failure} then says {@link Failure.Kind#STOPPED}. */
    void stop(RunHandle run, int stage);

    /** Which of some groups a person belongs to. */
    List<String> groups(String person, List<String> among);

    /** Why a newer run has taken the place of this one, if it has. */
    Optional<String> newer(RunHandle run);

    /**
     * What to check out if the job says where the sources are: what it has, with the options that a pipeline asks for, at the
     * commit of the run, because a branch may move on meanwhile. If that cannot be done, the sources come as the job has them; the
     * log says so if it is about an option.
     *
     * @param scm what the job has
     * @param options {@code shallow} and {@code depth}, {@code submodules}, {@code tags}, as far as the pipeline says so
     */
    Object sources(RunHandle run, Object scm, Map<String, ?> options);

    /** What came of a job that a step has started, by the answer of that step. */
    StartedJob job(Object answer);
}
