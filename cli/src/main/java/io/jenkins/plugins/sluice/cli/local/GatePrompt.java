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
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Asks whoever sits at the terminal to decide, once nothing else is left to do. */
public final class GatePrompt {

    private final PrintStream out;
    private final BufferedReader in;
    private final String voter;
    private final Function<Gate, List<String>> groups;
    private final Function<GateView, String> described;
    private final BlockingQueue<List<RunEvent>> verdicts = new LinkedBlockingQueue<>();
    private final Set<Integer> answered = new HashSet<>();
    private List<GateView> open = List.of();
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
                Optional<Boolean> approve = decision();
                if (approve.isEmpty()) {
                    inbox.leave();
                    return;
                }
                if (!isOpen(gate.get())) {
                    out.println(gate.get().id() + " was decided elsewhere");
                    continue;
                }
                cast.accept(gate.get().number(), vote(gate.get(), approve.get()));
                hear(gate.get(), verdicts.take());
            }
        } catch (IOException e) {
            inbox.leave(); // nobody sits there any more
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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

    private Optional<Boolean> decision() throws IOException {
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

    private Vote vote(GateView gate, boolean approve) throws IOException {
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

    private String entered(GateInput input) throws IOException {
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

    private String line(String question) throws IOException {
        out.print(question);
        out.flush();
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the terminal is closed");
        }
        return line.strip();
    }
}
