package io.jenkins.plugins.sluice.cli.web;

import java.util.regex.Pattern;

/** What is shown of a text that anybody may have written. */
final class Shown {

    /** Control sequences of terminals (colours, cursor, titles). */
    private static final Pattern TERMINAL = Pattern.compile(
            "\u001b\\[[0-?]*[ -/]*[@-~]|\u001b[\\]PX^_][^\u0007\u001b\n]*(?:\u0007|\u001b\\\\)?|\u001b[ -/]*[0-~]");

    private Shown() {}

    /**
     * Control characters but for line ends and tabs, marks that turn the direction of writing (they can make text look like
     * other text), and halves of characters appear as escapes.
     */
    static String of(String text) {
        if (text.chars().allMatch(c -> (c >= ' ' && c <= '~') || c == '\n' || c == '\t')) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (unsafe(c)) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    /** The output of a program without what drives a terminal. */
    static String output(String text) {
        return TERMINAL.matcher(text.replace("\r\n", "\n")).replaceAll("");
    }

    private static boolean unsafe(int c) {
        boolean turns = c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        boolean alone = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        boolean control = Character.isISOControl(c) && c != '\n' && c != '\t';
        return control || turns || alone || (c & 0xFFFE) == 0xFFFE;
    }
}
