package io.jenkins.plugins.sluice.library;

import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import io.jenkins.plugins.sluice.gate.Parties;
import io.jenkins.plugins.sluice.handle.BuildVariables;
import io.jenkins.plugins.sluice.handle.Change;
import io.jenkins.plugins.sluice.handle.Failure;
import io.jenkins.plugins.sluice.handle.KeptSecrets;
import io.jenkins.plugins.sluice.handle.Preparation;
import io.jenkins.plugins.sluice.handle.RunBasis;
import io.jenkins.plugins.sluice.handle.RunHandle;
import io.jenkins.plugins.sluice.library.Program.Context;
import io.jenkins.plugins.sluice.library.Program.Frame;
import io.jenkins.plugins.sluice.library.Program.GreenThread;
import io.jenkins.plugins.sluice.library.Program.Request;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.report.ProblemReport;
import io.jenkins.plugins.sluice.run.FileInstructionJson;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.ResultJson;
import io.jenkins.plugins.sluice.workspace.Deletion;
import io.jenkins.plugins.sluice.workspace.FileInstructions;
import io.jenkins.plugins.sluice.workspace.WorkspaceFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Stream;

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
    private final Map<String, String> environment;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1);
    private final List<ScheduledFuture<?>> alarms = new ArrayList<>();
    private final Map<Integer, Process> processes = new ConcurrentHashMap<>();
    private final Map<Integer, Map<String, Object>> questions = new ConcurrentHashMap<>();
    private final Deque<String> free = new ArrayDeque<>();
    private final Map<String, Deque<Runnable>> locks = new HashMap<>();
    private final Map<String, Map<String, String>> secrets = new HashMap<>();
    private final List<Map<String, Object>> mails = new ArrayList<>();
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
        this.environment = new HashMap<>(System.getenv());
        environment.keySet().removeIf(name -> name.startsWith("SLUICE_"));
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
        secrets.put(id, parts);
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

    List<Map<String, Object>> mails() {
        return mails;
    }

    /** What was checked out, in order. */
    List<String> checkouts() {
        return checkouts;
    }

    /** The id of the question that a thread waits for; empty if it waits for none. */
    String question(int thread) {
        return String.valueOf(questions.getOrDefault(thread, Map.of()).getOrDefault("id", ""));
    }

    Path artifacts() {
        return directory.resolve("artifacts");
    }

    void begin(GreenThread thread, Request request) throws IOException {
        switch (request.step()) {
            case "node" -> node(thread, request);
            case "parallel" -> parallel(thread, request);
            case "stage", "catchError" -> body(thread, request, thread.context);
            case "withEnv" -> body(thread, request, thread.context.with(overrides(request)));
            case "withCredentials" -> body(thread, request, thread.context.with(credentials(thread, request)));
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

    /** Steps that take no time. */
    private Object atOnce(GreenThread thread, Request request) throws IOException {
        return switch (request.step()) {
            case "echo" -> said(request.text("message"));
            case "error" -> throw new StepTrouble(Failure.Kind.BROKEN, request.text("message"));
            case "deleteDir" -> deleteDir(thread);
            case "checkout" -> checkout(thread, request);
            case "stash" -> copyTree(workspace(thread), directory.resolve("stash-" + request.text("name")));
            case "unstash" -> copyTree(directory.resolve("stash-" + request.text("name")), workspace(thread));
            case "mail" -> mails.add(request.args());
            case "build" -> "SUCCESS";
            case "sluicePlan" -> plan(thread, request);
            case "sluiceFiles" -> files(thread, request);
            default -> throw new IllegalStateException("there is no step " + request.step());
        };
    }

    private Object said(String message) {
        world.log(message);
        return null;
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
            Runnable next = locks.get(frame.held).poll();
            if (next == null) {
                locks.remove(frame.held);
            } else {
                next.run();
            }
        } else if (frame.step.equals("catchError") && outcome.isFailure()) {
            world.log("ERROR: " + outcome.getAbnormal().getMessage());
            return new Outcome(null, null);
        }
        return outcome;
    }

    private Object deleteDir(GreenThread thread) throws IOException {
        try (Stream<Path> entries = Files.list(workspace(thread))) {
            for (Path entry : entries.toList()) {
                Deletion.of(entry);
            }
        }
        return null;
    }

    private Object checkout(GreenThread thread, Request request) throws IOException {
        checkouts.add(String.valueOf(request.plain() == null ? request.args() : request.plain()));
        Path target = workspace(thread);
        try (Stream<Path> sources = Files.walk(repository)) {
            for (Path source : sources.toList()) {
                Path relative = repository.relativize(source);
                boolean skipped = relative.startsWith(".sluice") || relative.startsWith(".git");
                if (!skipped && Files.isDirectory(source)) {
                    Files.createDirectories(target.resolve(relative));
                } else if (!skipped) {
                    Files.copy(source, target.resolve(relative), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return null;
    }

    private static Object copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
        return null;
    }

    private static Map<String, String> overrides(Request request) {
        Map<String, String> env = new LinkedHashMap<>();
        ((List<?>) request.args().get("overrides")).forEach(line -> {
            String[] parts = String.valueOf(line).split("=", 2);
            env.put(parts[0], parts[1]);
        });
        return env;
    }

    private Map<String, String> credentials(GreenThread thread, Request request) throws IOException {
        Map<String, String> env = new LinkedHashMap<>();
        for (Object one : (List<?>) request.args().get("bindings")) {
            Map<?, ?> binding = (Map<?, ?>) one;
            Map<String, String> parts = secrets.get(String.valueOf(binding.get("credentialsId")));
            if (parts == null) {
                throw new StepTrouble(
                        Failure.Kind.BROKEN, "Could not find credentials '" + binding.get("credentialsId") + "'");
            }
            for (Map.Entry<?, ?> entry : binding.entrySet()) {
                String name = String.valueOf(entry.getKey());
                boolean file =
                        String.valueOf(binding.get("$class")).equals("FileBinding") || name.equals("keyFileVariable");
                if (name.endsWith("ariable") && parts.containsKey(name)) {
                    env.put(String.valueOf(entry.getValue()), file ? file(thread, parts.get(name)) : parts.get(name));
                }
            }
        }
        return env;
    }

    /** Beside the workspace, as Jenkins does. */
    private String file(GreenThread thread, String text) throws IOException {
        Path secrets = Files.createDirectories(Path.of(workspace(thread) + "@tmp", "secretFiles"));
        return Files.writeString(Files.createTempFile(secrets, "secret", ""), text)
                .toString();
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
        Runnable begin = () -> world.beginPending(id, "lock", name);
        Deque<Runnable> waiting = locks.get(name);
        if (waiting == null) {
            locks.put(name, new ArrayDeque<>());
            begin.run();
        } else {
            waiting.add(begin);
        }
    }

    private void sleep(GreenThread thread, Request request) {
        long millis = ((Number) request.args().get("time")).longValue();
        int id = thread.id;
        after(millis, () -> world.goOn(id, new Outcome(null, null)));
    }

    private void after(long millis, Runnable happening) {
        ScheduledFuture<?> alarm = clock.schedule(() -> world.post(happening), millis, TimeUnit.MILLISECONDS);
        alarms.add(alarm);
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
        Path script = Files.createTempFile(directory, "script", ".sh");
        Files.writeString(script, request.text("script"));
        Files.setPosixFilePermissions(script, java.nio.file.attribute.PosixFilePermissions.fromString("rwx------"));
        ProcessBuilder builder = new ProcessBuilder(script.toString()).directory(workspace.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.environment().putAll(thread.context.env());
        boolean printing = Boolean.TRUE.equals(request.args().get("returnStdout"));
        if (!printing) {
            builder.redirectErrorStream(true);
        }
        Process process = builder.start();
        int id = thread.id;
        processes.put(id, process);
        threads.execute(() -> await(id, process, printing));
    }

    private void await(int thread, Process process, boolean printing) {
        try {
            process.getOutputStream().close();
            if (printing) {
                threads.execute(() -> drain(process));
            }
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (!printing) {
                world.log(out);
            }
            Outcome outcome = !printing
                    ? new Outcome(code, null)
                    : code == 0
                            ? new Outcome(out, null)
                            : new Outcome(null, new StepTrouble(Failure.Kind.EXITED, "exit code " + code, code));
            world.post(() -> {
                if (processes.remove(thread, process)) {
                    world.goOn(thread, outcome);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void drain(Process process) {
        try {
            world.log(new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends what a thread waits for. */
    void cancel(int thread) {
        questions.remove(thread);
        Process process = processes.remove(thread);
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
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
        RunBasis draft = new RunBasis(
                world.key(),
                workspace(thread).relativize(file).toString(),
                "",
                pipelines,
                trigger,
                Map.of(),
                setup,
                Map.of("id", "1", "number", "1", "url", "http://localhost/job/shop/1/"),
                parties,
                new BuildVariables(parameters).source(),
                "",
                "",
                Optional.empty());
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

    private Object files(GreenThread thread, Request request) throws IOException {
        Path workspace = workspace(thread);
        Instruction instruction = FileInstructionJson.read(request.text("instruction"));
        if (instruction instanceof Instruction.RestoreArtifacts) {
            for (Map.Entry<?, ?> source : ((Map<?, ?>) request.args().get("sources")).entrySet()) {
                Path target = WorkspaceFiles.place(workspace, String.valueOf(source.getKey()));
                Path from =
                        artifacts().resolve(String.valueOf(source.getValue()).replaceFirst("^/", ""));
                Files.copy(from, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        FileInstructions.Done done = FileInstructions.run(workspace, instruction);
        if (done.result() instanceof InstructionResult.Kept) {
            for (Map.Entry<String, String> source : done.sources().entrySet()) {
                Path target = artifacts().resolve(request.text("place")).resolve(source.getKey());
                Files.createDirectories(target.getParent());
                Files.copy(workspace.resolve(source.getValue()), target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
        List<String> names = ((List<?>) request.args().getOrDefault("secrets", List.of()))
                .stream().map(String::valueOf).toList();
        return ResultJson.write(KeptSecrets.without(done.result(), names, thread.context.env()));
    }

    @Override
    public void close() {
        processes.keySet().forEach(this::cancel);
        threads.shutdownNow();
        clock.shutdownNow();
    }
}
