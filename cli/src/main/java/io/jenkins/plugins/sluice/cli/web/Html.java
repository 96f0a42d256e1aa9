package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.report.Masker;
import org.jspecify.annotations.Nullable;

/**
 * HTML that grows. All that is not a name of an element or attribute is masked and escaped here. Attributes are given as names
 * and values in turn; one whose value is null is left out, and one whose value is empty needs none.
 */
final class Html {

    private final StringBuilder out = new StringBuilder(4096);
    private final Masker masker;

    Html(Masker masker) {
        this.masker = masker;
    }

    /** Another one for the same eyes. */
    Html fresh() {
        return new Html(masker);
    }

    /** An element that other things are in, until it is closed. */
    Html open(String name, @Nullable String... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            String value = attributes[i + 1];
            if (value != null) {
                out.append(' ').append(attributes[i]).append("=\"");
                out.append(escaped(value)).append('"');
            }
        }
        out.append('>');
        return this;
    }

    Html close(String name) {
        out.append("</").append(name).append('>');
        return this;
    }

    /** An element with nothing but text in it. */
    Html element(String name, String text, @Nullable String... attributes) {
        return open(name, attributes).text(text).close(name);
    }

    Html text(String text) {
        out.append(escaped(text));
        return this;
    }

    /** Text as it is printed by programs: without what drives a terminal. */
    Html output(String text) {
        return text(Shown.output(text));
    }

    /** What another one holds. */
    Html add(Html other) {
        out.append(other.out);
        return this;
    }

    private String escaped(String text) {
        return escape(Shown.of(masker.mask(text)));
    }

    /** A text as content of an element, or of an attribute in double quotes. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
