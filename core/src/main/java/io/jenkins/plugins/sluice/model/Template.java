package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.problem.Place;
import java.util.List;
import java.util.function.Function;

/** A text with references in it, parsed but not resolved. */
public record Template(Place place, List<Part> parts) {
    public Template {
        parts = List.copyOf(parts);
    }

    /** A stretch of a text. */
    public sealed interface Part permits Literal, Reference {}

    /** Text that stands for itself. */
    public record Literal(String text) implements Part {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A text without references. */
    public static Template literal(Place place, String text) {
        return new Template(place, text.isEmpty() ? List.of() : List.of(new Literal(text)));
    }

    public List<Reference> references() {
        return parts.stream()
                .filter(Reference.class::isInstance)
                .map(Reference.class::cast)
                .toList();
    }

    /** The text with every reference replaced. */
    public String resolve(Function<Reference, String> value) {
        if (parts.size() == 1 && parts.get(0) instanceof Literal literal) {
            return literal.text();
        }
        StringBuilder text = new StringBuilder();
        for (Part part : parts) {
            text.append(part instanceof Reference reference ? value.apply(reference) : part.toString());
        }
        return text.toString();
    }

    /** The text as the author sees it, references included. */
    @Override
    public String toString() {
        return resolve(Reference::toString);
    }
}
