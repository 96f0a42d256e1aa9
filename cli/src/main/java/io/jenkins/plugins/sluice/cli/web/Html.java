package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.cli.local.Ansi;
import io.jenkins.plugins.sluice.cli.picture.Xml;
import io.jenkins.plugins.sluice.problem.Printable;
import io.jenkins.plugins.sluice.report.Masker;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * HTML that grows. All that is not a name of an element or attribute is masked and escaped here. Attributes are given as names
 * and values in turn; one whose value is null is left out, and one whose value is empty needs none.
 */
final class Html {

    private static final Ansi PLAIN = new Ansi(false);

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
        Stream<String> lines = Arrays.stream(text.split("\r?\n", -1));
        return text(lines.map(PLAIN::clean).collect(Collectors.joining("\n")));
    }

    /** What another one holds. */
    Html add(Html other) {
        out.append(other.out);
        return this;
    }

    private String escaped(String text) {
        return Xml.escape(Printable.lines(masker.mask(text)));
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
