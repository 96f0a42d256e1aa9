package io.jenkins.plugins.sluice.cli.picture;

/**
 * How wide text gets at most. Nobody knows which font a viewer has, so the tables hold, for each character, the wider of
 * DejaVu Sans and Liberation Sans (which is as wide as Arial and Helvetica): text fits its box wherever the picture is
 * looked at. Asking AWT would take longer than the layout, and would give other pictures on other machines.
 */
final class TextWidth {
    /** Hundredths of the font size, from the space to the tilde. */
    private static final int[] REGULAR = {
        32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34,
                84,
        84, 84, 56, 102, 69, 69, 73, 78, 67, 62, 78, 76, 30, 50, 67, 56, 87, 75, 79, 67, 79, 73, 67, 62, 74, 69, 99, 69,
                67,
        69, 40, 34, 40, 84, 56, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64,
                60,
        82, 60, 60, 53, 64, 34, 64, 84
    };

    private static final int[] BOLD = {
        35, 46, 53, 84, 70, 101, 88, 31, 46, 46, 53, 84, 38, 42, 38, 37, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 40, 40,
        84, 84, 84, 62, 100, 78, 77, 74, 84, 69, 69, 83, 84, 38, 56, 78, 64, 100, 84, 86, 74, 86, 78, 73, 69, 82, 78,
        111, 78, 73, 73, 46, 37, 46, 84, 56, 50, 68, 72, 60, 72, 68, 44, 72, 72, 35, 35, 67, 35, 105, 72, 69, 72, 72,
        50, 60, 48, 72, 66, 93, 65, 66, 59, 72, 37, 72, 84
    };

    private static final int LATIN = 110;
    private static final int OTHER = 145;
    private static final String ELLIPSIS = "…";

    private TextWidth() {}

    static double regular(String text, double size) {
        return width(text, REGULAR, size);
    }

    static double bold(String text, double size) {
        return width(text, BOLD, size);
    }

    private static double width(String text, int[] table, double size) {
        return text.codePoints().mapToLong(c -> hundredths(c, table)).sum() * size / 100;
    }

    private static int hundredths(int c, int[] table) {
        if (c >= ' ' && c <= '~') {
            return table[c - ' '];
        }
        return c == '·' ? 38 : c < 0x180 || c == '…' ? LATIN : OTHER;
    }

    /** The text, or so much of it that it is not wider than that with an ellipsis at its end. */
    static String cut(String text, double size, double widest) {
        return cut(text, REGULAR, size, widest);
    }

    /** The same of bold text. */
    static String cutBold(String text, double size, double widest) {
        return cut(text, BOLD, size, widest);
    }

    private static String cut(String text, int[] table, double size, double widest) {
        if (width(text, table, size) <= widest) {
            return text;
        }
        double left = widest - width(ELLIPSIS, table, size);
        int end = 0;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            left -= width(text.substring(end, next), table, size);
            if (left < 0) {
                break;
            }
            end = next;
        }
        while (end > 0 && " ·.,:/-".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end) + ELLIPSIS;
    }
}
