package io.jenkins.plugins.sluice.cli.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;

/**
 * Colours, where they are wanted, and protection from what else an output does to a terminal: a stage may colour its
 * lines, but not move the cursor, change the title or write into the clipboard.
 *
 * @param coloured whether colours are shown
 */
public record Ansi(boolean coloured) {

    static final String BOLD = "1";
    static final String DIM = "2";
    static final String RED = "31";
    static final String GREEN = "32";
    static final String YELLOW = "33";

    private static final String ESCAPE = "\u001b";
    private static final String RESET = ESCAPE + "[0m";

    /** Control sequences, then strings up to their end (titles, links), then single controls except tab. */
    private static final Pattern CONTROLS = Pattern.compile("(?:\u001b\\[|\u009b)[0-?]*[ -/]*([@-~])"
            + "|(?:\u001b[\\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\\\|\u009c|$)"
            + "|\u001b[ -/]*[0-~]?"
            + "|[\\x00-\\x08\\x0a-\\x1f\\x7f-\\x9f]");

    /** Colours if {@code out} is a terminal and nobody objects (https://no-color.org). */
    static Ansi of(PrintStream out) {
        boolean wanted = System.getenv().getOrDefault("NO_COLOR", "").isEmpty();
        boolean dumb = System.getenv().getOrDefault("TERM", "dumb").equals("dumb");
        return new Ansi(wanted && !dumb && isTerminal(out));
    }

    /** Whether {@code out} is the standard output and that is a terminal. */
    static boolean isTerminal(PrintStream out) {
        return out == System.out && isTerminal(1, SystemStream.Output);
    }

    /** Whether {@code in} is the standard input and somebody types it at a terminal. */
    static boolean isTerminal(InputStream in) {
        return in == System.in && isTerminal(0, SystemStream.Input);
    }

    private static boolean isTerminal(int descriptor, SystemStream stream) {
        try {
            String file = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException | UnsupportedOperationException e) {
            return isTerminalForJLine(stream);
        }
    }

    /** Where there is no {@code /proc}; Java itself cannot tell since 22, and JLine has to load a library for it. */
    private static boolean isTerminalForJLine(SystemStream stream) {
        try {
            return TerminalProvider.load("jni").isSystemStream(stream);
        } catch (IOException | RuntimeException | LinkageError e) {
            return false;
        }
    }

    /** The text in that style. */
    String styled(String style, String text) {
        return coloured && !text.isEmpty() ? ESCAPE + "[" + style + "m" + text + RESET : text;
    }

    /** A line of some program without what would upset the terminal. */
    public String clean(String line) {
        if (line.chars().noneMatch(c -> (c < ' ' && c != '\t') || (c >= 0x7f && c <= 0x9f))) {
            return line;
        }
        StringBuilder clean = new StringBuilder();
        Matcher matcher = CONTROLS.matcher(line);
        boolean styled = false;
        while (matcher.find()) {
            boolean keep = coloured && "m".equals(matcher.group(1)) && isPlainStyle(matcher.group());
            styled |= keep;
            matcher.appendReplacement(clean, keep ? Matcher.quoteReplacement(matcher.group()) : "");
        }
        matcher.appendTail(clean);
        return styled ? clean.append(RESET).toString() : clean.toString();
    }

    private static boolean isPlainStyle(String sequence) {
        return sequence.chars().skip(2).limit(sequence.length() - 3L).allMatch(c -> c >= '0' && c <= ';');
    }
}
