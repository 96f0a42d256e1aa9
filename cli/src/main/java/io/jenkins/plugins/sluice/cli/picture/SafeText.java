package io.jenkins.plugins.sluice.cli.picture;

/** Makes text from a file safe to draw: it cannot end an element, add one, or make the file invalid. */
final class SafeText {
    private SafeText() {}

    /**
     * What is shown of a text: control characters, marks that turn the direction of writing, and characters that XML does not
     * allow appear as escapes. The length of a text is its reader's business: names are never cut.
     */
    static String shown(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            return text;
        }
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (unsafe(c)) {
                out.append(c == '\n' ? "\\n" : c == '\t' ? "\\t" : String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private static boolean unsafe(int c) {
        boolean turns = c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        boolean lineEnd = c == 0x2028 || c == 0x2029;
        boolean alone = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return Character.isISOControl(c) || turns || lineEnd || alone || (c & 0xFFFE) == 0xFFFE;
    }

    /** A text as content of an element or of an attribute in double quotes; line ends stay. */
    static String xml(String text) {
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
}
