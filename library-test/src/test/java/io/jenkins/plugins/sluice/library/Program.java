package io.jenkins.plugins.sluice.library;

import com.cloudbees.groovy.cps.Continuable;
import com.cloudbees.groovy.cps.Outcome;
import groovy.lang.Closure;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that there is of a running program: it is written down and read again between any two steps. */
final class Program implements Serializable {
    private static final long serialVersionUID = 1L;

    final Map<Integer, GreenThread> threads = new LinkedHashMap<>();
    final Map<Integer, Frame> frames = new LinkedHashMap<>();
    final CurrentBuild build = new CurrentBuild();
    int next = 1;

    /** One strand of work; it waits for a step, or has an outcome to go on with. */
    static final class GreenThread implements Serializable {
        private static final long serialVersionUID = 1L;

        final int id;
        final int frame;
        final String branch;
        final Context context;
        Continuable code;
        /** The body of a step that has not begun it yet. */
        Closure<?> pending;

        Outcome goesOnWith = new Outcome(null, null);
        boolean waits;

        GreenThread(int id, int frame, String branch, Context context, Continuable code) {
            this.id = id;
            this.frame = frame;
            this.branch = branch;
            this.context = context;
            this.code = code;
        }
    }

    /** A step with bodies, and the thread that waits for it. */
    static final class Frame implements Serializable {
        private static final long serialVersionUID = 1L;

        final String step;
        final int waiting;
        int open;
        final Map<String, Object> results = new LinkedHashMap<>();
        Throwable trouble;
        /** What is to be given back: a workspace, or a lock. */
        String held = "";

        Frame(String step, int waiting) {
            this.step = step;
            this.waiting = waiting;
        }
    }

    /** What steps find out about where they are. */
    record Context(String workspace, Map<String, String> env, int stoppable) implements Serializable {
        static final Context TOP = new Context("", Map.of(), -1);

        Context in(String directory) {
            return new Context(directory, env, stoppable);
        }

        Context with(Map<String, String> more) {
            Map<String, String> all = new LinkedHashMap<>(env);
            all.putAll(more);
            return new Context(workspace, all, stoppable);
        }

        Context stoppable(int stage) {
            return new Context(workspace, env, stage);
        }
    }

    /** A step that somebody wants to take. */
    record Request(String step, Map<String, Object> args, Object plain, Closure<?> body) {
        static Request of(String step, Object given) {
            List<Object> all = new ArrayList<>(List.of((Object[]) given));
            Closure<?> body = null;
            if (!all.isEmpty() && all.get(all.size() - 1) instanceof Closure<?> closure) {
                body = closure;
                all.remove(all.size() - 1);
            }
            Map<String, Object> named = new LinkedHashMap<>();
            Object plain = null;
            if (!all.isEmpty() && all.get(0) instanceof Map<?, ?> map) {
                map.forEach((key, value) -> named.put(String.valueOf(key), value));
            } else if (!all.isEmpty()) {
                plain = all.get(0);
            }
            return new Request(step, named, plain, body);
        }

        String text(String name) {
            return String.valueOf(args.getOrDefault(name, plain == null ? "" : plain));
        }
    }

    /** What scripts call {@code currentBuild}. */
    public static final class CurrentBuild implements Serializable {
        private static final long serialVersionUID = 1L;

        private String result = "SUCCESS";

        public String getResult() {
            return result;
        }

        public void setResult(String result) {
            this.result = result;
        }
    }
}
