package io.jenkins.plugins.sluice.library;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import io.jenkins.plugins.sluice.gate.Parties;
import io.jenkins.plugins.sluice.handle.BuildVariables;
import io.jenkins.plugins.sluice.handle.Change;
import io.jenkins.plugins.sluice.handle.Failure;
import io.jenkins.plugins.sluice.handle.Preparation;
import io.jenkins.plugins.sluice.handle.RunBasis;
import io.jenkins.plugins.sluice.handle.RunHandle;
import io.jenkins.plugins.sluice.library.Program.Context;
import io.jenkins.plugins.sluice.library.Program.Frame;
import io.jenkins.plugins.sluice.library.Program.GreenThread;
import io.jenkins.plugins.sluice.library.Program.Request;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.report.ProblemReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** The steps of Jenkins that the library takes, with real processes and directories behind them. */
final class Steps implements AutoCloseable {
    /** What the library may use; tests ask whether it uses anything else. */
    static final Set<String> NAMES = Set.of(
            "node",
            "stage",
            "parallel",
            "deleteDir",
            "checkout",
            "withEnv",
            "withCredentials",
            "timeout",
            "lock",
            "sh",
            "stash",
            "unstash",
            "sleep",
            "input",
            "build",
            "mail",
            "echo",
            "error",
            "catchError",
            "sluicePlan",
            "sluiceFiles",
            "sluiceStoppable",
            "sluiceLock");

    private final Path repository;
    private final Path directory;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final Processes processes;
    private final Artifacts artifacts;
    private final Map<Integer, Map<String, Object>> questions = new ConcurrentHashMap<>();
    private final Deque<String> free = new ArrayDeque<>();
    private final Locks locks = new Locks();
    private final Secrets secrets = new Secrets();
    private final List<String> checkouts = new ArrayList<>();
    private BiFunction<Map<String, Object>, Integer, Object> people = (question, asked) -> null;
    private Map<String, String> parameters = Map.of();
    private Trigger trigger = Trigger.unknown();
    private Parties parties = new Parties(List.of(), List.of("starter"));
    private Set<String> lacking = Set.of();
    private World world;
    private int workspaces;
    private int asked;
    private Predicate<String> lost = script -> false;

    /**
     * Steps about a repository.
     *
     * @param directory for workspaces and artifacts
     */
    Steps(Path repository, Path directory) {
        this.repository = repository;
        this.directory = directory;
        this.processes = new Processes(directory, threads);
        this.artifacts = new Artifacts(directory.resolve("artifacts"));
    }

    boolean has(String name) {
        return NAMES.contains(name) && !lacking.contains(name);
    }

    void enter(World entered) {
        world = entered;
    }

    /** Whoever answers questions; nobody if the answer is null. An exception is what the step then throws. */
    Steps people(BiFunction<Map<String, Object>, Integer, Object> answers) {
        people = answers;
        return this;
    }

    Steps secret(String id, Map<String, String> parts) {
        secrets.add(id, parts);
        return this;
    }

    Map<String, String> parameters() {
        return parameters;
    }

    Steps parameters(Map<String, String> given) {
        parameters = given;
        return this;
    }

    Steps trigger(Trigger given, Parties known) {
        trigger = given;
        parties = known;
        return this;
    }

    Steps lacking(String... names) {
        lacking = Set.of(names);
        return this;
    }

    /** An agent goes away as soon as it is asked to run such a script. */
    Steps losing(Predicate<String> scripts) {
        lost = scripts;
        return this;
    }

    /** What was checked out, in order. */
    List<String> checkouts() {
        return checkouts;
    }

    /** The id of the question that a thread waits for; empty if it waits for none. */
    String question(int thread) {
        return String.valueOf(questions.getOrDefault(thread, Map.of()).getOrDefault("id", ""));
    }

    void begin(GreenThread thread, Request request) throws IOException {
        switch (request.step()) {
            case "node" -> node(thread, request);
            case "parallel" -> parallel(thread, request);
            case "stage", "catchError" -> body(thread, request, thread.context);
            case "withEnv" -> body(thread, request, thread.context.with(overrides(request)));
            case "withCredentials" ->
                body(thread, request, thread.context.with(secrets.bound(request, workspace(thread))));
            case "sluiceStoppable" ->
                body(
                        thread,
                        request,
                        thread.context.stoppable(((Number) request.args().get("stage")).intValue()));
            case "timeout" -> timeout(thread, request);
            case "lock", "sluiceLock" -> lock(thread, request);
            case "sh" -> sh(thread, request);
            case "sleep" -> sleep(thread, request);
            case "input" -> input(thread, request);
            default -> world.goOn(thread.id, new Outcome(atOnce(thread, request), null));
        }
    }

    /** Steps that take no time, and their answers. */
    private Object atOnce(GreenThread thread, Request request) throws IOException {
        return switch (request.step()) {
            case "build" -> "SUCCESS";
            case "sluicePlan" -> plan(thread, request);
            case "sluiceFiles" -> artifacts.files(request, workspace(thread), thread.context.env());
            default -> {
                withoutAnswer(thread, request);
                yield null;
            }
        };
    }

    private void withoutAnswer(GreenThread thread, Request request) throws IOException {
        switch (request.step()) {
            case "echo" -> world.log(request.text("message"));
            case "error" -> throw new StepTrouble(Failure.Kind.BROKEN, request.text("message"));
            case "deleteDir" -> Trees.empty(workspace(thread));
            case "checkout" -> {
                checkouts.add(String.valueOf(request.plain() == null ? request.args() : request.plain()));
                Trees.copySources(repository, workspace(thread));
            }
            case "stash" -> Trees.copy(workspace(thread), stash(request));
            case "unstash" -> Trees.copy(stash(request), workspace(thread));
            case "mail" -> {}
            default -> throw new IllegalStateException("there is no step " + request.step());
        }
    }

    private Path stash(Request request) {
        return directory.resolve("stash-" + request.text("name"));
    }

    private void body(GreenThread thread, Request request, Context context) {
        world.bodies(thread, request.step(), Map.of("", request.body()), context);
    }

    private void parallel(GreenThread thread, Request request) {
        Map<String, Closure<?>> branches = new LinkedHashMap<>();
        request.args().forEach((name, branch) -> branches.put(name, (Closure<?>) branch));
        world.bodies(thread, "parallel", branches, thread.context);
    }

    /** Like Jenkins, it gives a directory again with all that is left in it. */
    private void node(GreenThread thread, Request request) throws IOException {
        String workspace = free.isEmpty() ? "agent/workspace@" + ++workspaces : free.pop();
        Files.createDirectories(directory.resolve(workspace));
        Frame frame = world.bodies(thread, "node", Map.of("", request.body()), thread.context.in(workspace));
        frame.held = workspace;
    }

    private Path workspace(GreenThread thread) {
        if (thread.context.workspace().isEmpty()) {
            throw new StepTrouble(Failure.Kind.BROKEN, "there is no workspace outside of a node");
        }
        return directory.resolve(thread.context.workspace());
    }

    /** What a step with bodies does when they have ended. */
    Outcome end(Frame frame, Outcome outcome) {
        if (frame.step.equals("node")) {
            free.push(frame.held);
        } else if (frame.step.equals("lock")) {
            locks.release(frame.held);
        } else if (frame.step.equals("catchError") && outcome.isFailure()) {
            world.log("ERROR: " + outcome.getAbnormal().getMessage());
            return new Outcome(null, null);
        }
        return outcome;
    }

    private static Map<String, String> overrides(Request request) {
        Map<String, String> env = new LinkedHashMap<>();
        ((List<?>) request.args().get("overrides")).forEach(line -> {
            String[] parts = String.valueOf(line).split("=", 2);
            env.put(parts[0], parts[1]);
        });
        return env;
    }

    private void timeout(GreenThread thread, Request request) {
        body(thread, request, thread.context);
        long millis = ((Number) request.args().get("time")).longValue();
        int id = thread.id;
        after(millis, () -> world.interruptWithin(id, Failure.Kind.TIMED_OUT, "timed out"));
    }

    private void lock(GreenThread thread, Request request) {
        String name = request.text("resource");
        int id = thread.id;
        thread.pending = request.body();
        locks.take(name, () -> world.beginPending(id, "lock", name));
    }

    private void sleep(GreenThread thread, Request request) {
        long millis = ((Number) request.args().get("time")).longValue();
        int id = thread.id;
        after(millis, () -> world.goOn(id, new Outcome(null, null)));
    }

    private void after(long millis, Runnable happening) {
        Future<?> unused = clock.schedule(() -> world.post(happening), millis, TimeUnit.MILLISECONDS);
    }

    private void input(GreenThread thread, Request request) {
        int id = thread.id;
        questions.put(id, request.args());
        threads.execute(() -> {
            try {
                Object answer = people.apply(request.args(), ++asked);
                if (answer != null) {
                    answer(id, new Outcome(answer, null));
                }
            } catch (RuntimeException e) {
                answer(id, new Outcome(null, e));
            }
        });
    }

    private void answer(int thread, Outcome outcome) {
        world.post(() -> {
            if (questions.remove(thread) != null) {
                world.goOn(thread, outcome);
            }
        });
    }

    private void sh(GreenThread thread, Request request) throws IOException {
        Path workspace = workspace(thread);
        if (lost.test(request.text("script"))) {
            throw new StepTrouble(Failure.Kind.AGENT_LOST, "the agent went away");
        }
        processes.start(world, thread, workspace, request);
    }

    /** Ends what a thread waits for. */
    void cancel(int thread) {
        questions.remove(thread);
        processes.cancel(thread);
    }

    private Object plan(GreenThread thread, Request request) throws IOException {
        Path file = workspace(thread)
                .resolve(String.valueOf(request.args().getOrDefault("config", ".pipeline/config.yaml")));
        Map<String, String> setup = new LinkedHashMap<>();
        setup.put("project", "shop");
        setup.put("timestamp", "2026-11-25-120000");
        parameters.forEach((name, value) -> setup.put("params." + name, value));
        Object chosen = request.args().getOrDefault("pipeline", List.of());
        List<String> pipelines = chosen instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of(String.valueOf(chosen));
        String name = workspace(thread).relativize(file).toString();
        RunBasis draft = RunBasis.builder(world.key(), name)
                .pipelines(pipelines)
                .trigger(trigger)
                .setup(setup)
                .run(Map.of("id", "1", "number", "1", "url", "http://localhost/job/shop/1/"))
                .parties(parties)
                .source(new BuildVariables(parameters).source())
                .build();
        Set<String> there = new HashSet<>(NAMES);
        there.removeAll(lacking);
        Preparation preparation = Preparation.of(
                Files.readAllBytes(file),
                draft,
                new Change(trigger.changed(), trigger.changed(), List.of(), Optional.empty()),
                there);
        world.log(ProblemReport.text(preparation.problems().list()));
        if (preparation.basis().isEmpty()) {
            throw new StepTrouble(Failure.Kind.BROKEN, "the configuration has errors");
        }
        return Boolean.TRUE.equals(request.args().get("dryRun"))
                ? null
                : RunHandle.begin(preparation.basis().get());
    }

    @Override
    public void close() {
        processes.cancelAll();
        threads.shutdownNow();
        clock.shutdownNow();
    }
}
