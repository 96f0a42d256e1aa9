package io.jenkins.plugins.sluice.cli.local;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * What Ctrl-C and a polite kill mean during a run: the first asks it to end, the second ends it. Several may be open at the
 * same time, in any order; a signal is for all of them. From any thread.
 */
public final class Interrupts implements AutoCloseable {

    /** How the interrupt from a terminal is called. */
    static final String CTRL_C = "Ctrl-C";

    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private static final List<Interrupts> OPEN = new ArrayList<>();
    private static final Map<String, @Nullable Object> BEFORE = new LinkedHashMap<>();

    private final Consumer<String> first;
    private final Runnable second;
    private boolean heard;

    private Interrupts(Consumer<String> first, Runnable second) {
        this.first = first;
        this.second = second;
    }

    /**
     * Handles the signals until it is closed.
     *
     * @param first takes the name of the first signal, for people
     */
    public static Interrupts handledBy(Consumer<String> first, Runnable second) {
        Interrupts interrupts = new Interrupts(first, second);
        synchronized (OPEN) {
            if (OPEN.isEmpty()) {
                SIGNALS.forEach(signal -> BEFORE.put(signal, Signals.register(signal, () -> tellAll(signal))));
            }
            OPEN.add(interrupts);
        }
        return interrupts;
    }

    private static void tellAll(String signal) {
        List<Interrupts> all;
        synchronized (OPEN) {
            all = List.copyOf(OPEN);
        }
        all.forEach(interrupts -> interrupts.tell(signal));
    }

    private void tell(String signal) {
        boolean again;
        synchronized (this) {
            again = heard;
            heard = true;
        }
        if (again) {
            second.run();
        } else {
            first.accept(signal.equals("INT") ? CTRL_C : "signal " + signal);
        }
    }

    /** The signals mean again what they meant before, once nobody handles them any more. */
    @Override
    public void close() {
        synchronized (OPEN) {
            if (OPEN.remove(this) && OPEN.isEmpty()) {
                BEFORE.forEach((signal, handler) -> {
                    if (handler != null) {
                        Signals.unregister(signal, handler);
                    }
                });
                BEFORE.clear();
            }
        }
    }
}
