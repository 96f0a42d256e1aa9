package io.jenkins.plugins.sluice.model;

import java.util.List;
import java.util.Optional;

/** What a stage does. */
public sealed interface Work {
    /** Steps on an agent: the script, then the actions. */
    record Steps(Optional<Script> script, Optional<Template> image, List<Action> actions, List<LaterWork> later)
            implements Work {
        public Steps {
            actions = List.copyOf(actions);
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

    /**
     * A question to people or programs, which holds no agent.
     *
     * @param rule the name of the gate in the policy that asks for it; empty if the file itself does
     */
    record Decision(Gate question, Optional<String> rule) implements Work {
        /** A question of the file. */
        public Decision(Gate question) {
            this(question, Optional.empty());
        }

        @Override
        public boolean holdsAgent() {
            return false;
        }

        @Override
        public List<LaterWork> laterWork() {
            return List.of();
        }
    }

    /** Whether an agent and a workspace are needed. */
    boolean holdsAgent();

    /** The parts that cannot be executed yet. */
    List<LaterWork> laterWork();

    /** The actions, in the order in which they are done; none if it is a decision. */
    default List<Action> actions() {
        return steps().map(Steps::actions).orElse(List.of());
    }

    /** The gate, if it is one. */
    default Optional<Gate> gate() {
        return this instanceof Decision decision ? Optional.of(decision.question()) : Optional.empty();
    }

    /** The name of the gate in the policy that asks for it; empty for what the file asks for. */
    default Optional<String> rule() {
        return Optional.empty();
    }

    /** The steps, if it is no decision. */
    default Optional<Steps> steps() {
        return this instanceof Steps steps ? Optional.of(steps) : Optional.empty();
    }
}
