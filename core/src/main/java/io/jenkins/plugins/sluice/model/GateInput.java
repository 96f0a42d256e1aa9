package io.jenkins.plugins.sluice.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value that a gate asks for; {@code ${gate.inputs.NAME}} in later stages.
 *
 * @param choices what may be chosen, if the type is {@link Type#CHOICE}
 * @param fallback the value if nothing is entered
 * @param required whether there must be a value
 * @param description help for whoever decides; may be empty
 */
public record GateInput(
        String name, Type type, List<String> choices, Optional<String> fallback, boolean required, String description) {
    /** The longest value of an input, in characters. */
    public static final int MOST_CHARACTERS = 10_000;

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,100}(\\.\\d{1,100})?");

    public GateInput {
        choices = List.copyOf(choices);
    }

    /** What a value may look like. */
    public enum Type {
        TEXT("a text"),
        NUMBER("a number such as 3 or 0.5"),
        FLAG("true or false"),
        CHOICE("one of the choices");

        private final String words;

        Type(String words) {
            this.words = words;
        }

        /** The type of that word in a file. */
        static Type of(String word) {
            return switch (word) {
                case "number" -> NUMBER;
                case "flag" -> FLAG;
                case "choice" -> CHOICE;
                default -> TEXT;
            };
        }
    }

    /** What a value must look like, in words for people. */
    public String expected() {
        return type == Type.CHOICE ? "one of " + String.join(", ", choices) : type.words;
    }

    /** Whether an approval needs a value of it from whoever gives it: a flag that nobody sets is a no. */
    public boolean mustBeEntered() {
        return required && fallback.isEmpty() && type != Type.FLAG;
    }

    /** Whether a value fits the type. An empty one fits no type but text. */
    public boolean accepts(String value) {
        return switch (type) {
            case TEXT -> value.length() <= MOST_CHARACTERS;
            case NUMBER -> NUMBER.matcher(value).matches();
            case FLAG -> value.equals("true") || value.equals("false");
            case CHOICE -> choices.contains(value);
        };
    }
}
