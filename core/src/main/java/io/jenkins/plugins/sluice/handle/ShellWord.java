package io.jenkins.plugins.sluice.handle;

/** Texts as words of a POSIX shell. */
final class ShellWord {
    private ShellWord() {}

    /** One word that stands for exactly this text. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
