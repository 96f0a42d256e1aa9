package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.report.GateView;
import io.jenkins.plugins.sluice.run.Ruling;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks whoever sits at the terminal to decide, once nothing else is left to do; gates that are open at the same time one
 * after another. It talks on a thread of its own, which the host keeps up to date.
 */
public final class GatePrompt {

    private static final Duration PATIENCE = Duration.ofMillis(50);

    /** So long the end waits for the last word. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final TypedLines typed;
    private final String voter;
    private final Function<Gate, List<String>> groups;
    private final Function<GateView, String> described;
    private final BlockingQueue<Ruling> verdicts = new LinkedBlockingQueue<>();
    private final Set<Integer> answered = new HashSet<>();
    private List<GateView> open = List.of();
    private boolean asking;
    private boolean closed;
    private @Nullable Thread thread;

    /**
     * A prompt at a terminal.
     *
     * @param in what is typed
     * @param voter who sits there
     * @param groups the groups of a gate that the voter belongs to
     * @param described how a gate is shown before it is asked for
     */
    public GatePrompt(
            InputStream in, String voter, Function<Gate, List<String>> groups, Function<GateView, String> described) {
        this.typed = new TypedLines(in);
        this.voter = voter;
        this.groups = groups;
        this.described = described;
    }

    /** Whether somebody sits at a terminal and could be asked. */
    public static boolean isPossible(InputStream in, PrintStream out) {
        return Ansi.isTerminal(in) && Ansi.isTerminal(out);
    }

    /** Takes a vote at the gate of that number; what comes of it is {@link #told} later. */
    interface Caster {
        void cast(int gate, Vote vote);
    }

    /**
     * What the conversation works with.
     *
     * @param leave leaves the run waiting
     */
    record Host(RunConsole console, Caster caster, Runnable leave) {}

    /** These gates are open, and nothing else is left to do. May be called again and again; nobody waits. */
    synchronized void ask(List<GateView> gates, Host host) {
        open = List.copyOf(gates);
        asking = true;
        if (thread == null) {
            thread = new Thread(() -> new Conversation(host).hold(), "gate-prompt");
            thread.setDaemon(true);
            thread.start();
        }
        notifyAll();
    }

    /** Something else is to do now; only these gates are still open. */
    synchronized void pause(List<Integer> gates) {
        open = open.stream().filter(gate -> gates.contains(gate.number())).toList();
        asking = false;
        notifyAll();
    }

    /**
     * Tells what came of the vote that was cast last.
     *
     * @param gates which are open now
     */
    synchronized void told(Ruling ruling, List<GateView> gates) {
        open = List.copyOf(gates);
        verdicts.add(ruling);
    }

    /** Nothing is asked any more, and after this nothing is said. */
    void close() {
        Thread talker;
        synchronized (this) {
            closed = true;
            talker = thread;
            notifyAll();
        }
        try {
            if (talker != null) {
                talker.join(GOODBYE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isAsked(GateView gate) {
        return asking && !closed && current(gate).isPresent();
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized Optional<GateView> current(GateView gate) {
        return open.stream().filter(other -> other.number() == gate.number()).findFirst();
    }

    /** What is said and typed, on the thread of the prompt. */
    private final class Conversation implements GateDialogue.Partner {
        private final Host host;
        private final RunConsole console;
        private Optional<GateView> subject = Optional.empty();
        private boolean prompting;
        private boolean cutOff;

        Conversation(Host host) {
            this.host = host;
            this.console = host.console();
        }

        void hold() {
            try {
                boolean goesOn = true;
                while (goesOn) {
                    subject = next();
                    goesOn = subject.isPresent() && discuss(subject.get());
                }
            } catch (IOException e) {
                host.leave().run(); // nobody sits there any more
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Waits for a gate to ask for; empty if none will come. */
        private Optional<GateView> next() throws InterruptedException {
            synchronized (GatePrompt.this) {
                while (!closed) {
                    Optional<GateView> gate = open.stream()
                            .filter(other -> asking && !answered.contains(other.number()))
                            .findFirst();
                    if (gate.isPresent()) {
                        return gate;
                    }
                    if (!asking && prompting) {
                        prompting = false;
                        console.promptEnds();
                    }
                    GatePrompt.this.wait();
                }
                return Optional.empty();
            }
        }

        /** Whether the conversation goes on after it. */
        private boolean discuss(GateView gate) throws IOException, InterruptedException {
            if (cutOff || typed.isTerminal()) {
                typed.forget(); // it was no answer to this question, which nobody has seen yet
            }
            cutOff = false;
            described.apply(gate).lines().forEach(console::say);
            try {
                Optional<GateDialogue.Filled> filled =
                        new GateDialogue(this).fill(() -> current(gate).orElse(gate));
                if (filled.isEmpty()) {
                    host.leave().run();
                    return false;
                }
                host.caster().cast(gate.number(), vote(gate, filled.get()));
                hear(gate);
            } catch (GateDialogue.GoneException e) {
                cutOff = true;
                tellEnd(gate);
            }
            return true;
        }

        private void tellEnd(GateView gate) {
            console.promptAnswered(false);
            if (current(gate).isEmpty()) {
                console.say(gate.id() + " was decided elsewhere");
            } else if (!isClosed()) {
                console.say("there is work again; " + gate.id() + " is asked for after it");
            }
        }

        private Vote vote(GateView gate, GateDialogue.Filled filled) {
            return new Vote(
                    UUID.randomUUID().toString(),
                    voter,
                    groups.apply(gate.gate()),
                    filled.approve(),
                    filled.comment(),
                    filled.inputs(),
                    "terminal");
        }

        /** A vote that is refused is no answer: the question is asked again. */
        private void hear(GateView gate) throws InterruptedException {
            @Nullable Ruling ruling = null;
            while (ruling == null && !isClosed()) {
                ruling = verdicts.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
            if (ruling == null || !ruling.counts()) {
                return;
            }
            answered.add(gate.number());
            current(gate).ifPresent(still -> {
                String missing = still.missing() == 1 ? "1 more approval is" : still.missing() + " more approvals are";
                console.say(
                        missing + " missing at " + gate.id() + "; waiting for others (Ctrl-C leaves the run waiting)");
            });
        }

        @Override
        public String answer(String question) throws IOException, InterruptedException, GateDialogue.GoneException {
            GateView gate = subject.orElseThrow();
            prompting = true;
            console.prompt(question);
            String answer = typed.next(() -> isAsked(gate)).orElseThrow(GateDialogue.GoneException::new);
            console.promptAnswered(typed.isTerminal());
            return answer;
        }

        @Override
        public void say(String text) {
            console.say(text);
        }
    }
}
