package io.jenkins.plugins.sluice.cli.local;

/** The {@code [pipeline/stage]} in front of each line: all of one width, each stage always in the same colour. */
final class StageLabels {

    /** One very long id shall not push all lines to the right. */
    private static final int WIDEST = 32;

    private static final String[] COLOURS = {"36", "35", "34", "33", "32", "96", "95", "94"};

    private final int width;
    private final Ansi ansi;

    StageLabels(int widthOfIds, Ansi ansi) {
        this.width = Math.min(widthOfIds, WIDEST);
        this.ansi = ansi;
    }

    Ansi ansi() {
        return ansi;
    }

    /** With a blank behind it; nothing for the run itself, which has no id. */
    String of(String id) {
        if (id.isEmpty()) {
            return "";
        }
        String colour = COLOURS[Math.floorMod(id.hashCode(), COLOURS.length)];
        return ansi.styled(colour, "[" + id + "]") + " ".repeat(1 + Math.max(0, width - id.length()));
    }
}
