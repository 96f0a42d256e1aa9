package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.cli.process.CannotStartException;
import io.jenkins.plugins.sluice.cli.process.Invocation;
import io.jenkins.plugins.sluice.cli.process.Leftovers;
import io.jenkins.plugins.sluice.cli.process.OutputSink;
import io.jenkins.plugins.sluice.cli.process.Patience;
import io.jenkins.plugins.sluice.cli.process.ProcessGroup;
import io.jenkins.plugins.sluice.cli.process.ProcessRunner;
import io.jenkins.plugins.sluice.cli.process.Programs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Docker or Podman, by its command-line program. Safe for threads. */
public final class ContainerEngine {

    /** Names the program to use instead of the usual ones. */
    public static final String VARIABLE = "SLUICE_CONTAINER_ENGINE";

    private static final List<String> PROGRAMS = List.of("docker", "podman");
    private static final Pattern PODMAN = Pattern.compile("podman.* version .*");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}");
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final Engine engine;
    private final Optional<Login> login;

    private ContainerEngine(Engine engine, Optional<Login> login) {
        this.engine = engine;
        this.login = login;
    }

    /** The same engine; what it pushes to the registry of that login, it pushes as that user. */
    public ContainerEngine with(Login other) {
        return new ContainerEngine(engine, Optional.of(other));
    }

    /** What looking for an engine came to: an engine, or the reasons why there is none. */
    public record Search(Optional<ContainerEngine> engine, String reasons) {}

    /**
     * Finds an engine that answers: that which {@link #VARIABLE} names, else Docker, else Podman. One that can build comes before
     * one that can only run: of several Docker clients on a {@code PATH} the first may lack the plugin that builds.
     */
    public static Search find(Map<String, String> environment) {
        String wanted = environment.getOrDefault(VARIABLE, "");
        List<String> reasons = new ArrayList<>();
        Optional<Engine> runs = Optional.empty();
        for (String program : wanted.isEmpty() ? usual(environment) : List.of(wanted)) {
            try {
                Engine engine = of(new EngineProgram(program, environment));
                Answer answer = ask(engine.check());
                if (answer.isYes() && canBuild(engine)) {
                    return found(engine);
                }
                if (answer.isYes()) {
                    runs = runs.or(() -> Optional.of(engine));
                } else {
                    reasons.add(program + " does not work (" + answer.words() + ")");
                }
            } catch (CannotStartException e) {
                reasons.add("there is no " + program);
            }
        }
        return runs.map(ContainerEngine::found)
                .orElseGet(() -> new Search(Optional.empty(), String.join(", and ", reasons)));
    }

    private static Search found(Engine engine) {
        return new Search(Optional.of(new ContainerEngine(engine, Optional.empty())), "");
    }

    /** The usual programs by their names, and what else there is of those names by its path. */
    private static List<String> usual(Map<String, String> environment) {
        List<String> programs = new ArrayList<>();
        for (String name : PROGRAMS) {
            programs.add(name);
            Programs.all(name, environment).stream().skip(1).map(Path::toString).forEach(programs::add);
        }
        return programs;
    }

    private static boolean canBuild(Engine engine) throws CannotStartException {
        Optional<Invocation> check = engine.buildCheck();
        return check.isEmpty() || ask(check.get()).isYes();
    }

    /** Tells the kinds apart by what the program says: Podman comes under Docker's name, too. */
    private static Engine of(EngineProgram program) throws CannotStartException {
        List<String> said = ask(program.call("--version")).lines();
        if (said.stream().anyMatch(line -> PODMAN.matcher(line).matches())) {
            return new Podman(program);
        }
        Matcher number = NUMBER.matcher(String.join(" ", said));
        return new Docker(program, number.find() ? Integer.parseInt(number.group()) : 0);
    }

    private static Answer ask(Invocation question) throws CannotStartException {
        LastLines lines = new LastLines(50);
        return new Answer(
                ProcessGroup.start(question).await(Patience.UNLIMITED.withTimeout(ANSWER), lines), lines.lines());
    }

    /** The program, as {@link #VARIABLE} would name it. */
    public String program() {
        return engine.program().name();
    }

    /**
     * What one attempt at a stage can have done.
     *
     * @param runner ends what is done when it is stopped
     */
    public ContainerWork work(ContainerWork.Place place, ProcessRunner runner, OutputSink log) {
        // The token tells whose the program is if this process is killed.
        EngineProgram program = engine.program().with(Map.of(Leftovers.VARIABLE, place.token()));
        return new ContainerWork(place, new Session(engine.with(program), place.token(), runner, log), login);
    }

    /** What a run has left with this engine. */
    public Traces traces(String token) {
        return new Traces(engine, token);
    }
}
