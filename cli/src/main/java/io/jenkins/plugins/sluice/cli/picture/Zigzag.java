package io.jenkins.plugins.sluice.cli.picture;

/** Two broken edges, one beside the other, with nothing between them: here something has been cut out. */
record Zigzag(double middle, double top, double bottom) {
    private static final double STEP = 4;
    private static final double APART = 3.5;

    void write(Markup out) {
        out.leaf("path", "class", "gap", "d", path(middle));
        out.leaf("path", "class", "edge", "d", path(middle - APART));
        out.leaf("path", "class", "edge", "d", path(middle + APART));
    }

    private String path(double x) {
        int teeth = (int) ((bottom - top) / (2 * STEP));
        String tooth = "l4 4l-4 4";
        return "M" + Markup.number(x - STEP / 2) + " " + Markup.number(top) + tooth.repeat(teeth);
    }
}
