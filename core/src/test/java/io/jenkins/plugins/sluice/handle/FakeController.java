package io.jenkins.plugins.sluice.handle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host whose clock and people a test sets; one at a time. */
public final class FakeController implements Controller {
    static final List<String> NOTES = new ArrayList<>();
    static final List<Integer> STOPPED = new ArrayList<>();
    static Instant clock = Instant.parse("2026-11-25T12:00:00Z");
    static Optional<String> newer = Optional.empty();

    /** What steps throw here. */
    static final class Trouble extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Failure failure;

        Trouble(Failure failure) {
            super(failure.words());
            this.failure = failure;
        }
    }

    static void reset() {
        NOTES.clear();
        STOPPED.clear();
        clock = Instant.parse("2026-11-25T12:00:00Z");
        newer = Optional.empty();
    }

    @Override
    public Object steps(Object script) {
        return script;
    }

    @Override
    public Instant now() {
        return clock;
    }

    @Override
    public boolean hasStep(String name) {
        return name.equals("junit");
    }

    @Override
    public Failure failure(Throwable trouble) {
        return trouble instanceof Trouble known
                ? known.failure
                : Failure.of(Failure.Kind.BROKEN, String.valueOf(trouble.getMessage()));
    }

    @Override
    public void changed(RunHandle run) {}

    @Override
    public void note(RunHandle run, String line) {
        NOTES.add(line);
    }

    @Override
    public void stop(RunHandle run, int stage) {
        STOPPED.add(stage);
    }

    @Override
    public List<String> groups(String person, List<String> among) {
        return person.equals("ada") ? among : List.of();
    }

    @Override
    public Optional<String> newer(RunHandle run) {
        return newer;
    }

    @Override
    public Object sources(RunHandle run, Object scm, Map<String, ?> options) {
        return Map.of("of", scm, "options", Map.copyOf(options));
    }

    @Override
    public StartedJob job(Object answer) {
        return new StartedJob(String.valueOf(answer), "job/7/");
    }
}
