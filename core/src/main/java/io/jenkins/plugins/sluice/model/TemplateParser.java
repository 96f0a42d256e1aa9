package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.config.ConfigScalar;
import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the references in texts. */
final class TemplateParser {
    /** In a script only dotted names are references: they are no shell variables, so nothing is taken from the shell. */
    private static final Pattern IN_SCRIPT =
            Pattern.compile("(\\$?)\\$\\{([A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]+)+)(?:\\|([^}]*))?}");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private final Dialect dialect;
    private final Problems problems;

    TemplateParser(Dialect dialect, Problems problems) {
        this.dialect = dialect;
        this.problems = problems;
    }

    Template text(ConfigScalar scalar) {
        return text(scalar.text(), scalar.place());
    }

    Template text(String text, Place place) {
        if (text.indexOf('$') < 0) {
            return Template.literal(place, text);
        }
        List<Template.Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        int i = 0;
        while (i < text.length()) {
            if (dialect == Dialect.SLUICE && text.startsWith("$${", i)) {
                literal.append("${");
                i += 3;
            } else if (text.startsWith("${", i)) {
                int end = text.indexOf('}', i);
                String expression = text.substring(i, end < 0 ? text.length() : end + 1);
                Optional<Reference> reference = reference(expression, place);
                if (reference.isPresent()) {
                    flush(literal, parts);
                    parts.add(reference.get());
                } else {
                    literal.append(expression);
                }
                i += expression.length();
            } else {
                literal.append(text.charAt(i++));
            }
        }
        flush(literal, parts);
        return new Template(place, parts);
    }

    Template script(ConfigScalar scalar) {
        String text = scalar.text();
        List<Template.Part> parts = new ArrayList<>();
        StringBuilder literal = new StringBuilder();
        Matcher matcher = IN_SCRIPT.matcher(text);
        int from = 0;
        while (matcher.find()) {
            literal.append(text, from, matcher.start());
            from = matcher.end();
            if (matcher.group(1).isEmpty()) {
                flush(literal, parts);
                parts.add(new Reference(matcher.group(2), Optional.ofNullable(matcher.group(3))));
            } else {
                literal.append(matcher.group().substring(1));
            }
        }
        flush(literal.append(text.substring(from)), parts);
        return new Template(scalar.place(), parts);
    }

    private static void flush(StringBuilder literal, List<Template.Part> parts) {
        if (!literal.isEmpty()) {
            parts.add(new Template.Literal(literal.toString()));
            literal.setLength(0);
        }
    }

    private Optional<Reference> reference(String expression, Place place) {
        if (!expression.endsWith("}")) {
            return invalid(expression, "the '}' is missing", place);
        }
        String inner = expression.substring(2, expression.length() - 1);
        int bar = inner.indexOf('|');
        String name = bar < 0 ? inner : inner.substring(0, bar);
        Optional<String> fallback = bar < 0 ? Optional.empty() : Optional.of(inner.substring(bar + 1));
        Matcher start = NAME.matcher(inner);
        if (!start.lookingAt()) {
            return invalid(expression, "the name is missing", place);
        }
        if (start.end() != name.length()) {
            return invalid(expression, "'" + inner.charAt(start.end()) + "' cannot follow the name", place);
        }
        return Optional.of(new Reference(name, fallback));
    }

    private Optional<Reference> invalid(String expression, String why, Place place) {
        problems.add(ProblemCode.INVALID_REFERENCE.at(place, expression, why));
        return Optional.empty();
    }
}
