package io.jenkins.plugins.sluice.model;

import java.util.List;
import java.util.Optional;

/** What a stage does. */
public sealed interface Work {
    /** Steps on an agent. */
    record Steps(Optional<Script> script, Optional<Template> image, List<LaterWork> later) implements Work {
        public Steps {
            later = List.copyOf(later);
        }

        @Override
        public boolean holdsAgent() {
            return true;
        }

        @Override
        public List<LaterWork> laterWork() {
            return later;
        }
    }

    /** A question to people or programs, which holds no agent. */
    record Decision(Gate question, LaterWork key) implements Work {
        @Override
        public boolean holdsAgent() {
            return false;
        }

        @Override
        public List<LaterWork> laterWork() {
            return List.of(key);
        }
    }

    /** Whether an agent and a workspace are needed. */
    boolean holdsAgent();

    /** The parts that cannot be executed yet. */
    List<LaterWork> laterWork();

    /** The gate, if it is one. */
    default Optional<Gate> gate() {
        return this instanceof Decision decision ? Optional.of(decision.question()) : Optional.empty();
    }

    /** The steps, if it is no decision. */
    default Optional<Steps> steps() {
        return this instanceof Steps steps ? Optional.of(steps) : Optional.empty();
    }
}
