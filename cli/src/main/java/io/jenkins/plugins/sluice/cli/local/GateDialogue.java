package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.GateInput;
import io.jenkins.plugins.sluice.report.GateView;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** What is asked at a gate, one question after another, until each has an answer that fits. */
final class GateDialogue {

    private final Partner partner;

    GateDialogue(Partner partner) {
        this.partner = partner;
    }

    /** With whom it is spoken. */
    interface Partner {

        /** What they answer to a question. */
        String answer(String question) throws IOException, InterruptedException, GoneException;

        /** Tells them something. */
        void say(String text);
    }

    /** The question needs no answer any more. */
    static final class GoneException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** What was entered for a vote. */
    record Filled(boolean approve, String comment, Map<String, String> inputs) {}

    /**
     * Asks for everything; empty if the decision is left to others.
     *
     * @param gate as it stands whenever asked: others may vote meanwhile
     */
    Optional<Filled> fill(Supplier<GateView> gate) throws IOException, InterruptedException, GoneException {
        Optional<Boolean> approve = decision();
        if (approve.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> inputs = new LinkedHashMap<>();
        if (approve.get()) {
            for (GateInput input : gate.get().toEnter()) {
                String entered = entered(input);
                if (!entered.isEmpty()) {
                    inputs.put(input.name(), entered);
                }
            }
        }
        return Optional.of(new Filled(approve.get(), comment(gate.get().gate()), inputs));
    }

    private Optional<Boolean> decision() throws IOException, InterruptedException, GoneException {
        while (true) {
            String answer = partner.answer("approve, reject, or leave it waiting? [a/r/l] ");
            switch (answer.toLowerCase(Locale.ROOT)) {
                case "a", "approve", "y", "yes" -> {
                    return Optional.of(true);
                }
                case "r", "reject", "n", "no" -> {
                    return Optional.of(false);
                }
                case "l", "leave" -> {
                    return Optional.empty();
                }
                default -> partner.say("please answer a, r or l");
            }
        }
    }

    private String entered(GateInput input) throws IOException, InterruptedException, GoneException {
        String help = input.description().isEmpty() ? "" : input.description() + "; ";
        String fallback = input.fallback().map(value -> ", default " + value).orElse("");
        while (true) {
            String entered = partner.answer(input.name() + " (" + help + input.expected() + fallback + "): ");
            boolean nothing = entered.isEmpty() && !input.mustBeEntered();
            if (nothing || (!entered.isEmpty() && input.accepts(entered))) {
                return entered;
            }
            partner.say("please give " + input.expected());
        }
    }

    private String comment(Gate gate) throws IOException, InterruptedException, GoneException {
        return switch (gate.comment()) {
            case REQUIRED -> partner.answer("comment: ");
            case OPTIONAL -> partner.answer("comment (or nothing): ");
            case NONE -> "";
        };
    }
}
