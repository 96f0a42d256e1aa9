package io.jenkins.plugins.sluice.cli.picture;

/** Text of an XML file, which grows. Attributes are given as names and values in turn; text and values are escaped here. */
final class Markup {
    private final StringBuilder out = new StringBuilder(8192);

    /** An element that other things are in, until it is closed. */
    void open(String name, Object... attributes) {
        start(name, attributes);
        out.append(">\n");
    }

    void close(String name) {
        out.append("</").append(name).append(">\n");
    }

    /** An element with nothing in it. */
    void leaf(String name, Object... attributes) {
        start(name, attributes);
        out.append("/>\n");
    }

    /**
     * The beginning of a picture, up to its background. Screen readers get the title and the description.
     *
     * @param css the class of the picture, which is the beginning of its ids as well
     */
    void head(String css, double width, double height, String title, String description, String style) {
        String size = "0 0 " + number(width) + " " + number(height);
        String xmlns = "http://www.w3.org/2000/svg";
        String label = css + "-title " + css + "-desc";
        open(
                "svg",
                "xmlns",
                xmlns,
                "class",
                css,
                "width",
                width,
                "height",
                height,
                "viewBox",
                size,
                "role",
                "img",
                "aria-labelledby",
                label);
        text(title, "title", "id", css + "-title");
        text(description, "desc", "id", css + "-desc");
        text(style, "style");
        rect("page", new Drawing.Rect(0, 0, width, height), 0);
    }

    /** A rectangle with round corners. */
    void rect(String css, Drawing.Rect at, double round) {
        leaf("rect", "class", css, "x", at.x(), "y", at.y(), "width", at.width(), "height", at.height(), "rx", round);
    }

    /** A straight line. */
    void line(String css, Drawing.Point from, Drawing.Point to) {
        String start = number(from.x()) + " " + number(from.y());
        leaf("path", "class", css, "d", "M" + start + "L" + number(to.x()) + " " + number(to.y()));
    }

    /** The stripes of a {@linkplain TimelineStyle#HATCH bar that waits for people}. */
    void hatched(Drawing.Rect at, double round) {
        String fill = "url(#sluice-timeline-hatch)";
        leaf("rect", "fill", fill, "x", at.x(), "y", at.y(), "width", at.width(), "height", at.height(), "rx", round);
    }

    /** Text that is markup already. */
    void verbatim(String markup) {
        out.append(markup);
    }

    /** An element with text in it. */
    void text(String text, String name, Object... attributes) {
        start(name, attributes);
        out.append('>').append(Xml.escape(text));
        close(name);
    }

    private void start(String name, Object... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            String text = value instanceof Double number ? number(number) : Xml.escape(value.toString());
            out.append(' ').append(attributes[i]).append("=\"").append(text).append('"');
        }
    }

    /** A number with at most one decimal, the same in every country. */
    static String number(double value) {
        long tenths = Math.round(value * 10);
        return tenths % 10 == 0 ? Long.toString(tenths / 10) : Double.toString(tenths / 10.0);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
