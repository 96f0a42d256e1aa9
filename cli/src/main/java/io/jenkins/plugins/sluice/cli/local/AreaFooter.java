package io.jenkins.plugins.sluice.cli.local;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Keeps a status area at the bottom of a terminal.
 *
 * <p>The cursor always waits at the first character of the area. To write lines, all from there on is erased, the lines
 * are written, and the area again below them. So the terminal's history gets every line, and no change of its size can
 * confuse this: whatever the terminal does to the lines above, the cursor moves with them. (JLine's {@code Status}, which
 * uses a scrolling region, loses lines and leaves garbage when tmux changes its size.) No mode of the terminal is changed,
 * so that nothing has to be restored if this process is killed.
 */
final class AreaFooter implements Footer {

    private static final String ERASE = "\r\u001b[J";

    private final StatusArea area;
    private final Supplier<TerminalSize> size;
    private List<String> drawn = List.of();
    private TerminalSize drawnFor = new TerminalSize(0, 0);

    AreaFooter(StatusArea area, Supplier<TerminalSize> size) {
        this.area = area;
        this.size = size;
    }

    @Override
    public String frame(String lines) {
        TerminalSize now = size.get();
        List<String> rows = area.rows(now);
        if (lines.isEmpty() && rows.equals(drawn) && now.equals(drawnFor)) {
            return "";
        }
        drawn = rows;
        drawnFor = now;
        String back = rows.size() > 1 ? "\u001b[" + (rows.size() - 1) + "A\r" : "\r";
        return ERASE + lines + String.join("\n", rows) + back;
    }

    @Override
    public String end(String lines) {
        drawn = List.of(); // it may come back
        return ERASE + lines;
    }

    @Override
    public Duration interval() {
        return Duration.ofMillis(200);
    }
}
