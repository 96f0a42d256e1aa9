package io.jenkins.plugins.sluice.cli.ask;

/** Text of strangers in one short line. */
final class Excerpt {

    static final int MOST_CHARACTERS = 200;

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private Excerpt() {}

    /** The first 200 printable characters; one space for all that is between words. */
    static String of(String text) {
        StringBuilder out = new StringBuilder();
        int shown = 0;
        for (int i = 0; i < text.length() && shown < MOST_CHARACTERS; i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean space = !isPrintable(c) || Character.isWhitespace(c);
            if (!space || (shown > 0 && out.charAt(out.length() - 1) != ' ')) {
                out.appendCodePoint(space ? ' ' : c);
                shown++;
            }
        }
        return out.toString().strip();
    }

    static boolean isPrintable(String text) {
        return text.codePoints().allMatch(Excerpt::isPrintable);
    }

    /** Neither drives a terminal, nor turns the direction of writing, nor ends a line. */
    private static boolean isPrintable(int c) {
        int type = Character.getType(c);
        boolean hidden = type == Character.FORMAT && c != ZERO_WIDTH_JOINER && c != ZERO_WIDTH_NON_JOINER;
        boolean line = type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
        boolean nothing = type == Character.SURROGATE || type == Character.UNASSIGNED || type == Character.PRIVATE_USE;
        return !hidden && !line && !nothing && type != Character.CONTROL;
    }
}
