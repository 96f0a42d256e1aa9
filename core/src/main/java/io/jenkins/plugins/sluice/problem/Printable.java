package io.jenkins.plugins.sluice.problem;

/** Makes text from a file safe to print: control characters cannot drive a terminal, and lines cannot be forged. */
public final class Printable {
    private static final int LONGEST = 300;

    private Printable() {}

    /** The text with control characters shown as escapes, cut after 300 characters. */
    public static String of(String text) {
        String cut = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        if (cut.chars().noneMatch(Printable::unsafe)) {
            return cut;
        }
        StringBuilder out = new StringBuilder();
        cut.chars().forEach(c -> {
            if (unsafe(c)) {
                out.append(c == '\n' ? "\\n" : c == '\t' ? "\\t" : String.format("\\u%04x", c));
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
    }

    /** Control characters, and the marks that turn the direction of writing (they can make text look like other text). */
    private static boolean unsafe(int c) {
        return Character.isISOControl(c) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }
}
