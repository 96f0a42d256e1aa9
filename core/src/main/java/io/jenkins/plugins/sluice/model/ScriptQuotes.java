package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.config.ConfigScalar;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Warns of references inside single quotes, where the shell would show them as they are. Follows quotes, escapes, comments
 * and here-documents as far as that needs; it is no parser of the shell's language.
 */
final class ScriptQuotes {
    private static final Pattern REFERENCE =
            Pattern.compile("\\$\\{[A-Za-z0-9_-]*(?:\\.[A-Za-z0-9_-]+)+(?:\\|[^}]*)?}");
    private static final Pattern HERE_DOCUMENT = Pattern.compile("<<-?\\s*(['\"\\\\]?)([A-Za-z_][A-Za-z0-9_]*)\\1");

    private final Problems problems;

    ScriptQuotes(Problems problems) {
        this.problems = problems;
    }

    void check(ConfigScalar script) {
        String text = script.text();
        Matcher reference = REFERENCE.matcher(text);
        if (text.indexOf('\'') < 0 || !reference.find()) {
            return;
        }
        boolean[] quoted = singleQuoted(text);
        do {
            boolean escaped = reference.start() > 0 && text.charAt(reference.start() - 1) == '$';
            if (quoted[reference.start()] && !escaped) {
                problems.add(ProblemCode.QUOTED_REFERENCE.warningAt(script.place(), reference.group()));
            }
        } while (!problems.isFull() && reference.find());
    }

    private static boolean[] singleQuoted(String text) {
        boolean[] quoted = new boolean[text.length()];
        int i = 0;
        boolean inDouble = false;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '\\') {
                i += 2;
            } else if (c == '"') {
                inDouble = !inDouble;
                i++;
            } else if (c == '\'' && !inDouble) {
                int end = text.indexOf('\'', i + 1);
                int stop = end < 0 ? text.length() : end;
                Arrays.fill(quoted, i, stop, true);
                i = stop + 1;
            } else if (c == '#' && !inDouble && (i == 0 || Character.isWhitespace(text.charAt(i - 1)))) {
                i = lineEnd(text, i);
            } else if (text.startsWith("<<", i) && !inDouble) {
                i = afterHereDocument(text, i, quoted);
            } else {
                i++;
            }
        }
        return quoted;
    }

    private static int afterHereDocument(String text, int start, boolean[] quoted) {
        Matcher matcher = HERE_DOCUMENT.matcher(text).region(start, text.length());
        if (!matcher.lookingAt()) {
            return start + 2;
        }
        int body = lineEnd(text, matcher.end());
        Matcher end = Pattern.compile("(?m)^\\s*" + matcher.group(2) + "$").matcher(text);
        int stop = end.find(Math.min(body, text.length())) ? end.end() : text.length();
        if (!matcher.group(1).isEmpty()) {
            Arrays.fill(quoted, Math.min(body, stop), stop, true);
        }
        return stop;
    }

    private static int lineEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
