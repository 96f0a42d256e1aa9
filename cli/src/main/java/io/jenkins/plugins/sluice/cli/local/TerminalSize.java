package io.jenkins.plugins.sluice.cli.local;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** How much a terminal shows. */
record TerminalSize(int columns, int rows) {

    /** Tells the present size whenever asked; nothing if {@code out} is no terminal with a cursor. */
    static Optional<Supplier<TerminalSize>> of(PrintStream out) {
        if (!Ansi.isTerminal(out)) {
            return Optional.empty();
        }
        try {
            // without native signals, since JLine would take away Ctrl-C from the JVM; asking for the size costs
            // nothing
            Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .provider("jni")
                    .nativeSignals(false)
                    .dumb(false)
                    .build();
            boolean dumb = terminal.getType().startsWith(Terminal.TYPE_DUMB);
            return dumb ? Optional.empty() : Optional.of(() -> from(terminal.getSize()));
        } catch (IOException | RuntimeException | LinkageError e) {
            return Optional.empty(); // e.g. where no native library can be unpacked; there are lines instead
        }
    }

    private static TerminalSize from(Size size) {
        boolean known = size.getColumns() > 0 && size.getRows() > 0;
        return known ? new TerminalSize(size.getColumns(), size.getRows()) : new TerminalSize(80, 24);
    }
}
