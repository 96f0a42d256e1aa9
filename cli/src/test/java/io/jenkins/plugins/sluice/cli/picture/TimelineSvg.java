package io.jenkins.plugins.sluice.cli.picture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Rect;
import io.jenkins.plugins.sluice.report.Timeline;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** A timeline that has been drawn, read back. */
final class TimelineSvg {
    private final Document document;

    private TimelineSvg(Document document) {
        this.document = document;
    }

    static TimelineSvg of(Timeline timeline) {
        return parse(TimelinePicture.svg(timeline, "Run 7"));
    }

    static TimelineSvg parse(String svg) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new TimelineSvg(factory.newDocumentBuilder().parse(new ByteArrayInputStream(svg.getBytes(UTF_8))));
        } catch (Exception e) {
            throw new AssertionError(svg, e);
        }
    }

    Element root() {
        return document.getDocumentElement();
    }

    Rect page() {
        return new Rect(0, 0, number(root(), "width"), number(root(), "height"));
    }

    List<Element> elements(String name) {
        NodeList nodes = document.getElementsByTagNameNS("http://www.w3.org/2000/svg", name);
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    /** Elements of one of its classes. */
    List<Element> styled(String name, String css) {
        return elements(name).stream().filter(e -> has(e, css)).toList();
    }

    List<String> texts(String css) {
        return styled("text", css).stream().map(Element::getTextContent).toList();
    }

    /** The tooltips and the title. */
    List<String> titles() {
        return elements("title").stream().map(Element::getTextContent).toList();
    }

    static boolean has(Element element, String css) {
        return Arrays.asList(element.getAttribute("class").split(" ")).contains(css);
    }

    static Rect rect(Element e) {
        return new Rect(number(e, "x"), number(e, "y"), number(e, "width"), number(e, "height"));
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    /** A text and the room that it may need. */
    record Text(String text, Rect place) {}

    List<Text> places() {
        List<Text> places = new ArrayList<>();
        elements("text").forEach(e -> places.add(new Text(e.getTextContent(), place(e))));
        return places;
    }

    private static Rect place(Element text) {
        String css = text.getAttribute("class");
        boolean bold = Optional.of((Element) text.getParentNode())
                .filter(row -> css.equals("name") && has(row, "critical"))
                .isPresent();
        double size =
                switch (css) {
                    case "title" -> 15;
                    case "heading" -> 13;
                    case "name" -> 12;
                    case "fact", "time" -> 11;
                    case "tick", "length", "now" -> 10.5;
                    default -> throw new AssertionError("text of the class '" + css + "'");
                };
        String words = text.getTextContent();
        boolean wide = bold || css.equals("title") || css.equals("heading");
        double width = wide ? TextWidth.bold(words, size) : TextWidth.regular(words, size);
        double share =
                switch (css) {
                    case "time" -> 1;
                    case "tick", "length" -> 0.5;
                    default -> 0;
                };
        return new Rect(number(text, "x") - share * width, number(text, "y") - 0.8 * size, width, size);
    }
}
