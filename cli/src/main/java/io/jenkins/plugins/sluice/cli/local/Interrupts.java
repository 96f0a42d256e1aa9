package io.jenkins.plugins.sluice.cli.local;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** What Ctrl-C and a polite kill mean during a run: the first asks it to end, the second ends it. */
final class Interrupts {

    private static final List<String> SIGNALS = List.of("INT", "TERM", "HUP");

    private final Map<String, @Nullable Object> before = new LinkedHashMap<>();

    private Interrupts() {}

    /** Handles the signals until it is closed. */
    static Interrupts handledBy(Consumer<String> first, Runnable second) {
        Interrupts interrupts = new Interrupts();
        AtomicInteger count = new AtomicInteger();
        for (String signal : SIGNALS) {
            Runnable handler = () -> {
                if (count.getAndIncrement() == 0) {
                    first.accept(signal.equals("INT") ? "Ctrl-C" : "signal " + signal);
                } else {
                    second.run();
                }
            };
            interrupts.before.put(signal, Signals.register(signal, handler));
        }
        return interrupts;
    }

    /** The signals mean again what they meant before. */
    void close() {
        before.forEach((signal, handler) -> {
            if (handler != null) {
                Signals.unregister(signal, handler);
            }
        });
    }
}
