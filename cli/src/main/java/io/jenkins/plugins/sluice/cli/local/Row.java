package io.jenkins.plugins.sluice.cli.local;

import org.jline.utils.WCWidth;

/**
 * A row of a terminal that is put together from the left and cut at its right end. The last column stays free: there,
 * terminals differ in where the cursor is.
 */
final class Row {

    private final StringBuilder text = new StringBuilder();
    private final Ansi ansi;
    private int free;

    Row(int columns, Ansi ansi) {
        this.ansi = ansi;
        this.free = Math.max(0, columns - 1);
    }

    /** Adds a part in a style (none if empty), as far as there is room. */
    Row add(String style, String part) {
        String fitting = fitting(new Ansi(false).clean(part));
        text.append(style.isEmpty() ? fitting : ansi.styled(style, fitting));
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private String fitting(String part) {
        int end = 0;
        while (end < part.length()) {
            int character = part.codePointAt(end);
            int width = Math.max(0, WCWidth.wcwidth(character));
            if (width > free) {
                free = 0;
                break;
            }
            free -= width;
            end += Character.charCount(character);
        }
        return part.substring(0, end);
    }
}
