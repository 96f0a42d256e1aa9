package io.jenkins.plugins.sluice.cli.picture;

/** The titles of areas. */
enum Title {
    PIPELINE(13, 38, 25),
    WORKSPACE(10.5, 26, 17);

    private final double size;
    private final double room;
    private final double baseline;

    Title(double size, double room, double baseline) {
        this.size = size;
        this.room = room;
        this.baseline = baseline;
    }

    /** The CSS class of such areas. */
    String css() {
        return this == PIPELINE ? "pipeline" : "workspace";
    }

    /** How wide a title gets at most. */
    double width(String title) {
        return this == PIPELINE ? TextWidth.bold(title, size) : TextWidth.regular(title, size);
    }

    /** From the top of the area to what is in it. */
    double room() {
        return room;
    }

    /** From the top of the area to the foot of the letters. */
    double baseline() {
        return baseline;
    }
}
