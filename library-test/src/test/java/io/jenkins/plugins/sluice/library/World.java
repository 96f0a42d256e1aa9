package io.jenkins.plugins.sluice.library;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Continuation;
import com.cloudbees.groovy.cps.Next;
import com.cloudbees.groovy.cps.Outcome;
import com.cloudbees.groovy.cps.impl.CpsCallableInvocation;
import com.cloudbees.groovy.cps.impl.FunctionCallEnv;
import com.cloudbees.groovy.cps.impl.TryBlockEnv;
import com.cloudbees.groovy.cps.sandbox.DefaultInvoker;
import groovy.lang.Closure;
import groovy.lang.Script;
import io.jenkins.plugins.sluice.handle.Failure;
import io.jenkins.plugins.sluice.handle.RunHandle;
import io.jenkins.plugins.sluice.library.Program.Context;
import io.jenkins.plugins.sluice.library.Program.CurrentBuild;
import io.jenkins.plugins.sluice.library.Program.Frame;
import io.jenkins.plugins.sluice.library.Program.GreenThread;
import io.jenkins.plugins.sluice.library.Program.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.codehaus.groovy.runtime.InvokerHelper;

/**
 * Runs one program on the CPS engine as Jenkins does, without Jenkins: green threads, steps with and without bodies, and after
 * every single step the whole program is written down, thrown away and read again.
 */
final class World implements AutoCloseable {
    private static final Map<String, World> ALL = new ConcurrentHashMap<>();
    private static final ThreadLocal<World> CURRENT = new ThreadLocal<>();
    private static final int PATIENCE_SECONDS = 60;

    private final String key;
    private final Steps steps;
    private final BlockingQueue<Runnable> inbox = new LinkedBlockingQueue<>();
    private final List<String> taken = new ArrayList<>();
    private final StringBuilder log = new StringBuilder();
    private Library library = new Library();
    private Program program = new Program();
    private RunHandle handle;
    private String newer = "";
    private volatile long size;
    private boolean forgetsCode;
    private boolean rests;
    private String text = "";

    World(String key, Steps steps) {
        this.key = key;
        this.steps = steps;
        ALL.put(key, this);
        steps.enter(this);
    }

    static World current() {
        return CURRENT.get();
    }

    static World find(String key) {
        return ALL.get(key);
    }

    /** Compiles the library anew for each time that the program is read, as after a restart of the controller. */
    World forgettingCode() {
        forgetsCode = true;
        return this;
    }

    /** Writes the program down only when all of it waits, as Jenkins does. */
    World restingLikeJenkins() {
        rests = true;
        return this;
    }

    // For scripts

    CurrentBuild build() {
        return program.build;
    }

    Map<String, String> parameters() {
        return steps.parameters();
    }

    Object call(String name, Object arguments) {
        Script variable = library.variable(name);
        return variable == null
                ? Continuable.suspend(name, Request.of(name, arguments))
                : InvokerHelper.invokeMethod(variable, "call", arguments);
    }

    // For the host

    boolean hasStep(String name) {
        return steps.has(name);
    }

    void changed(RunHandle run) {
        handle = run;
    }

    void stop(int stage) {
        post(() -> List.copyOf(program.threads.values()).stream()
                .filter(thread -> thread.context.stoppable() == stage && isLeaf(thread))
                .forEach(thread -> interrupt(thread, Failure.Kind.STOPPED, "stopped")));
    }

    synchronized void log(String line) {
        log.append(line).append('\n');
    }

    synchronized String log() {
        return log.toString();
    }

    Optional<String> newer() {
        return newer.isEmpty() ? Optional.empty() : Optional.of(newer);
    }

    // For tests

    RunHandle run() {
        return handle;
    }

    /** The steps that were taken, in order. */
    List<String> taken() {
        return taken;
    }

    /** How many bytes the program had when it was last written down. */
    long size() {
        return size;
    }

    String result() {
        return program.build.getResult();
    }

    /** The workspaces of agents that are held now. */
    List<String> nodes() {
        return program.frames.values().stream()
                .filter(frame -> frame.step.equals("node"))
                .map(frame -> frame.held)
                .toList();
    }

    /** Somebody ends the build. */
    void abort(String who) {
        post(() -> List.copyOf(program.threads.values()).stream()
                .filter(this::isLeaf)
                .forEach(thread -> interrupt(thread, Failure.Kind.ABORTED, "aborted by " + who)));
    }

    /** A newer run has begun. */
    void supersede(String why) {
        post(() -> {
            newer = why;
            List.copyOf(program.threads.values()).stream()
                    .filter(thread -> handle.isSupersedable(steps.question(thread.id)))
                    .forEach(thread -> interrupt(thread, Failure.Kind.SUPERSEDED, why));
        });
    }

    /** Lets something happen to the program while no code of it runs. */
    void post(Runnable happening) {
        inbox.add(happening);
    }

    /** Runs a script to its end. */
    void run(String script) throws IOException, InterruptedException {
        text = script;
        Program.GreenThread main = new GreenThread(0, 0, "", Context.TOP, new Continuable(library.script(script)));
        program.threads.put(0, main);
        while (!program.threads.isEmpty()) {
            Optional<GreenThread> runnable =
                    program.threads.values().stream().filter(t -> !t.waits).findFirst();
            if (runnable.isPresent()) {
                advance(runnable.get());
                if (!rests) {
                    restart();
                }
            } else {
                restart();
                Runnable happening = inbox.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (happening == null) {
                    throw new IllegalStateException("nothing happens any more; taken so far: " + taken + "\n" + log());
                }
                happening.run();
            }
        }
    }

    /** What a controller that is killed and started again does. */
    private void restart() throws IOException {
        byte[] bytes = Rivers.write(program, library.classes());
        size = bytes.length;
        if (forgetsCode) {
            library = new Library();
            library.script(text);
            library.variable("sluice");
        }
        program = Rivers.read(bytes, library.classes());
    }

    // Green threads

    private void advance(GreenThread thread) {
        CURRENT.set(this);
        Outcome outcome = thread.code.run0(thread.goesOnWith, Continuable.categories);
        CURRENT.remove();
        if (thread.code.isResumable()) {
            Request request = (Request) outcome.getNormal();
            thread.waits = true;
            thread.goesOnWith = null;
            taken.add(request.step());
            try {
                steps.begin(thread, request);
            } catch (RuntimeException | IOException e) {
                goOn(thread.id, new Outcome(null, e));
            }
        } else {
            program.threads.remove(thread.id);
            ended(thread, outcome);
        }
    }

    private void ended(GreenThread thread, Outcome outcome) {
        Frame frame = program.frames.get(thread.frame);
        if (frame == null) {
            if (outcome.isFailure()) {
                program.build.setResult("FAILURE");
                log("the program failed: " + outcome.getAbnormal());
                throw new IllegalStateException("the program failed", outcome.getAbnormal());
            }
            return;
        }
        frame.open--;
        if (outcome.isFailure() && frame.trouble == null) {
            frame.trouble = outcome.getAbnormal();
        }
        frame.results.put(thread.branch, outcome.getNormal());
        if (frame.open == 0) {
            program.frames.remove(thread.frame);
            Object result = frame.step.equals("parallel")
                    ? new LinkedHashMap<>(frame.results)
                    : frame.results.get(thread.branch);
            goOn(frame.waiting, steps.end(frame, new Outcome(frame.trouble == null ? result : null, frame.trouble)));
        }
    }

    /** A thread that waits for a step gets what came of it. */
    void goOn(int thread, Outcome outcome) {
        GreenThread waiting = program.threads.get(thread);
        if (waiting != null && waiting.waits) {
            waiting.waits = false;
            waiting.goesOnWith = outcome;
        }
    }

    /** Begins the bodies of a step. */
    Frame bodies(GreenThread thread, String step, Map<String, Closure<?>> bodies, Context context) {
        Frame frame = new Frame(step, thread.id);
        int number = program.next++;
        program.frames.put(number, frame);
        bodies.forEach((name, body) -> {
            frame.open++;
            int id = program.next++;
            program.threads.put(id, new GreenThread(id, number, name, context, code(body)));
        });
        return frame;
    }

    void beginPending(int thread, String step, String held) {
        GreenThread waiting = program.threads.get(thread);
        if (waiting != null && waiting.pending != null) {
            Closure<?> body = waiting.pending;
            waiting.pending = null;
            bodies(waiting, step, Map.of("", body), waiting.context).held = held;
        }
    }

    private Continuable code(Closure<?> body) {
        CURRENT.set(this);
        try {
            Object result = body.call();
            return new Continuable(Next.terminate(result));
        } catch (CpsCallableInvocation invocation) {
            FunctionCallEnv caller = new FunctionCallEnv(null, new Ended(), null, null);
            caller.setInvoker(new DefaultInvoker());
            TryBlockEnv env = new TryBlockEnv(caller, null);
            env.addHandler(Throwable.class, new Failed());
            return new Continuable(invocation.invoke(env, null, new Ended()));
        }
    }

    private static final class Ended implements Continuation {
        private static final long serialVersionUID = 1L;

        @Override
        public Next receive(Object value) {
            return Next.terminate(value);
        }
    }

    private static final class Failed implements Continuation {
        private static final long serialVersionUID = 1L;

        @Override
        public Next receive(Object trouble) {
            return Next.unhandledException((Throwable) trouble);
        }
    }

    private boolean isLeaf(GreenThread thread) {
        return program.frames.values().stream().noneMatch(frame -> frame.waiting == thread.id);
    }

    /** The threads within a step. */
    void interruptWithin(int thread, Failure.Kind kind, String words) {
        GreenThread top = program.threads.get(thread);
        if (top == null) {
            return;
        }
        if (isLeaf(top)) {
            interrupt(top, kind, words);
        }
        program.frames.forEach((number, frame) -> {
            if (frame.waiting == thread) {
                List.copyOf(program.threads.values()).stream()
                        .filter(below -> below.frame == number)
                        .forEach(below -> interruptWithin(below.id, kind, words));
            }
        });
    }

    private void interrupt(GreenThread thread, Failure.Kind kind, String words) {
        steps.cancel(thread.id);
        thread.waits = false;
        thread.goesOnWith = new Outcome(null, new StepTrouble(kind, words));
    }

    String key() {
        return key;
    }

    @Override
    public void close() {
        steps.close();
        ALL.remove(key);
    }
}
