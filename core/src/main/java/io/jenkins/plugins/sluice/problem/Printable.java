package io.jenkins.plugins.sluice.problem;

import java.util.function.IntPredicate;

/**
 * Makes text that anybody may have written safe to show: control characters cannot drive a terminal, lines cannot be forged, and
 * a text cannot look like another one because the direction of writing turns. What is unsafe appears as an escape, e.g. {@code \n}.
 */
public final class Printable {
    private static final int LONGEST = 300;

    private Printable() {}

    /** The text on one line, cut after 300 characters. */
    public static String of(String text) {
        if (text.length() <= LONGEST) {
            return line(text);
        }
        int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
        return line(text.substring(0, end) + "…");
    }

    /** The whole text on one line. */
    public static String line(String text) {
        return escaped(text, Printable::isUnsafe);
    }

    /** The whole text; line ends and tabs stay. */
    public static String lines(String text) {
        return escaped(text, c -> isUnsafe(c) && c != '\n' && c != '\t');
    }

    private static String escaped(String text, IntPredicate unsafe) {
        if (text.codePoints().noneMatch(unsafe)) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (unsafe.test(c)) {
                out.append(c == '\n' ? "\\n" : c == '\t' ? "\\t" : String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** Also halves of characters and what is none: neither can stand in UTF-8 or XML. */
    private static boolean isUnsafe(int c) {
        boolean turns =
                c == 0x061C || c == 0x200E || c == 0x200F || inRange(c, 0x202A, 0x202E) || inRange(c, 0x2066, 0x2069);
        boolean endsLine = c == 0x2028 || c == 0x2029;
        boolean half = inRange(c, Character.MIN_SURROGATE, Character.MAX_SURROGATE);
        boolean none = (c & 0xFFFE) == 0xFFFE;
        return Character.isISOControl(c) || turns || endsLine || half || none;
    }

    private static boolean inRange(int c, int first, int last) {
        return c >= first && c <= last;
    }
}
