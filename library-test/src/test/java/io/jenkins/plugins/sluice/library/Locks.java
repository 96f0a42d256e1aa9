package io.jenkins.plugins.sluice.library;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The locks that are held, each with those who wait for it, in their order. */
final class Locks {
    private final Map<String, Deque<Runnable>> queues = new HashMap<>();

    /** Runs what needs a lock as soon as it is free. */
    void take(String name, Runnable begin) {
        Deque<Runnable> waiting = queues.get(name);
        if (waiting == null) {
            queues.put(name, new ArrayDeque<>());
            begin.run();
        } else {
            waiting.add(begin);
        }
    }

    void release(String name) {
        Runnable next = queues.get(name).poll();
        if (next == null) {
            queues.remove(name);
        } else {
            next.run();
        }
    }
}
