package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.GateInput;
import io.jenkins.plugins.sluice.report.GateView;
import io.jenkins.plugins.sluice.run.RunEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Asks whoever sits at the terminal to decide, once nothing else is left to do. */
public final class GatePrompt {

    private static final int POLL_MILLIS = 100;
    private static final String END = "\0";

    private final PrintStream out;
    private final BufferedReader in;
    private final String voter;
    private final Function<Gate, List<String>> groups;
    private final Function<GateView, String> described;
    private final BlockingQueue<List<RunEvent>> verdicts = new LinkedBlockingQueue<>();
    private final Set<Integer> answered = new HashSet<>();
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Thread reader = new Thread(this::read, "gate-prompt-lines");
    private List<GateView> open = List.of();
    private Optional<GateView> asked = Optional.empty();
    private boolean talking;

    /**
     * A prompt at a terminal.
     *
     * @param voter who sits there
     * @param groups the groups of a gate that the voter belongs to
     * @param described how a gate is shown before it is asked for
     */
    public GatePrompt(
            PrintStream out,
            BufferedReader in,
            String voter,
            Function<Gate, List<String>> groups,
            Function<GateView, String> described) {
        this.out = out;
        this.in = in;
        this.voter = voter;
        this.groups = groups;
        this.described = described;
    }

    /** Whether somebody sits at a terminal and could be asked. */
    public static boolean isPossible(InputStream in, PrintStream out) {
        return Ansi.isTerminal(in) && Ansi.isTerminal(out);
    }

    /** Asks for decisions at these gates, on a thread of its own; may be called again and again. */
    synchronized void ask(List<GateView> gates, BiConsumer<Integer, Vote> cast, Inbox inbox) {
        boolean news = gates.stream().anyMatch(gate -> !answered.contains(gate.number()));
        open = List.copyOf(gates);
        if (news && !talking) {
            talking = true;
            Thread thread = new Thread(() -> talk(cast, inbox), "gate-prompt");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Tells which gates still ask: a question that was decided elsewhere is not waited for any more. */
    synchronized void update(List<Integer> asking) {
        open = open.stream().filter(gate -> asking.contains(gate.number())).toList();
    }

    /** Tells what came of the vote that was cast last. */
    void told(List<RunEvent> events) {
        verdicts.add(events);
    }

    private synchronized Optional<GateView> next() {
        Optional<GateView> next =
                open.stream().filter(gate -> !answered.contains(gate.number())).findFirst();
        talking = next.isPresent();
        return next;
    }

    private synchronized boolean isOpen(GateView gate) {
        return open.stream().anyMatch(other -> other.number() == gate.number());
    }

    private void talk(BiConsumer<Integer, Vote> cast, Inbox inbox) {
        try {
            for (Optional<GateView> gate = next(); gate.isPresent(); gate = next()) {
                out.print(described.apply(gate.get()));
                Optional<Vote> vote = answer(gate.get());
                if (vote.isPresent()) {
                    cast.accept(gate.get().number(), vote.get());
                    hear(gate.get(), verdicts.take());
                } else if (isOpen(gate.get())) {
                    inbox.leave();
                    return;
                } else {
                    out.println("\n" + gate.get().id() + " was decided elsewhere");
                }
            }
        } catch (IOException e) {
            inbox.leave(); // nobody sits there any more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The vote; empty if the gate is to be left waiting, or was decided elsewhere meanwhile. */
    private Optional<Vote> answer(GateView gate) throws IOException, InterruptedException {
        asked = Optional.of(gate);
        try {
            Optional<Boolean> approve = decision();
            return approve.isPresent() ? Optional.of(vote(gate, approve.get())) : Optional.empty();
        } catch (DecidedElsewhere e) {
            return Optional.empty();
        }
    }

    private synchronized void hear(GateView gate, List<RunEvent> events) {
        boolean refused = events.stream().anyMatch(event -> event instanceof RunEvent.VoteRefused);
        if (!refused) {
            answered.add(gate.number());
            open = open.stream()
                    .filter(other -> other.number() != gate.number())
                    .toList();
        }
    }

    private Optional<Boolean> decision() throws IOException, InterruptedException {
        while (true) {
            String answer =
                    line("approve, reject, or leave it waiting? [a/r/l] ").toLowerCase(Locale.ROOT);
            switch (answer) {
                case "a", "approve", "y", "yes" -> {
                    return Optional.of(true);
                }
                case "r", "reject", "n", "no" -> {
                    return Optional.of(false);
                }
                case "l", "leave" -> {
                    return Optional.empty();
                }
                default -> out.println("please answer a, r or l");
            }
        }
    }

    private Vote vote(GateView gate, boolean approve) throws IOException, InterruptedException {
        Map<String, String> inputs = new LinkedHashMap<>();
        if (approve) {
            for (GateInput input : gate.toEnter()) {
                String entered = entered(input);
                if (!entered.isEmpty()) {
                    inputs.put(input.name(), entered);
                }
            }
        }
        boolean asksWhy = gate.gate().comment() != Gate.CommentRule.NONE;
        boolean must = gate.gate().comment() == Gate.CommentRule.REQUIRED;
        String comment = asksWhy ? line(must ? "comment: " : "comment (or nothing): ") : "";
        return new Vote(
                UUID.randomUUID().toString(), voter, groups.apply(gate.gate()), approve, comment, inputs, "terminal");
    }

    private String entered(GateInput input) throws IOException, InterruptedException {
        String help = input.description().isEmpty() ? "" : input.description() + "; ";
        String fallback = input.fallback().map(value -> ", default " + value).orElse("");
        while (true) {
            String entered = line(input.name() + " (" + help + input.expected() + fallback + "): ");
            boolean nothing =
                    entered.isEmpty() && (!input.required() || input.fallback().isPresent());
            if (nothing || (!entered.isEmpty() && input.accepts(entered))) {
                return entered;
            }
            out.println("please give " + input.expected());
        }
    }

    private String line(String question) throws IOException, InterruptedException {
        out.print(question);
        out.flush();
        if (reader.getState() == Thread.State.NEW) {
            reader.setDaemon(true);
            reader.start();
        }
        Optional<String> line = Optional.ofNullable(lines.poll(POLL_MILLIS, TimeUnit.MILLISECONDS));
        while (line.isEmpty()) {
            if (asked.filter(gate -> !isOpen(gate)).isPresent()) {
                throw new DecidedElsewhere();
            }
            line = Optional.ofNullable(lines.poll(POLL_MILLIS, TimeUnit.MILLISECONDS));
        }
        if (line.get().equals(END)) {
            throw new IOException("the terminal is closed");
        }
        return line.get().strip();
    }

    private void read() {
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            // the end, like any other
        }
        lines.add(END);
    }

    /** Nobody needs the answer any more. */
    private static final class DecidedElsewhere extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
