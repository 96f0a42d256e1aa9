package io.jenkins.plugins.sluice.workspace;

import io.jenkins.plugins.sluice.run.TestReport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads the XML that JUnit and its likes write: {@code testcase}s in {@code testsuite}s, these in {@code testsuites} or
 * in one another.
 *
 * <p>The cases are counted, as each tool means something else by the numbers that it writes beside them.
 */
final class JUnitReport {

    private static final int LARGEST_MIB = 128;
    private static final int DEEPEST = 100;

    private final XMLStreamReader xml;
    private final TestTally tally = new TestTally();
    private int depth;

    private JUnitReport(XMLStreamReader xml) {
        this.xml = xml;
    }

    /** Reads one file; if that is not possible, the exception says in which line and column. */
    static TestReport read(Path file) throws IOException {
        if (Files.size(file) > LARGEST_MIB * 1024L * 1024L) {
            throw new IOException(file + ": larger than a test report should be (" + LARGEST_MIB + " MiB)");
        }
        try (InputStream input = new BufferedInputStream(Files.newInputStream(file))) {
            return new JUnitReport(factory().createXMLStreamReader(input)).read();
        } catch (XMLStreamException e) {
            throw new IOException(file + place(e.getLocation()) + ": " + reason(e), e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        // whoever can change the code can write the report: it must neither name other files nor grow when it is read
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        factory.setXMLReporter((message, type, information, location) -> {}); // else the JDK prints to standard error
        return factory;
    }

    private TestReport read() throws XMLStreamException {
        try {
            while (xml.hasNext()) {
                handle(xml.next());
            }
        } catch (RuntimeException e) { // the JDK's parser is not meant to throw these, but does for some broken input
            throw new XMLStreamException("the XML cannot be read: " + e.getMessage(), xml.getLocation(), e);
        }
        return tally.report();
    }

    private void handle(int event) throws XMLStreamException {
        switch (event) {
            case XMLStreamConstants.START_ELEMENT -> start(xml.getLocalName());
            case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
            case XMLStreamConstants.DTD -> throw broken("a test report has no DOCTYPE");
            case XMLStreamConstants.ENTITY_REFERENCE -> throw broken("an unknown entity is used");
            default -> {}
        }
    }

    private void start(String element) throws XMLStreamException {
        if (depth == 0 && !element.equals("testsuites") && !element.equals("testsuite")) {
            throw broken("this is no JUnit report: it begins with <" + element + ">");
        }
        depth++;
        if (depth > DEEPEST) {
            throw broken("the elements are nested deeper than " + DEEPEST + " times");
        }
        switch (element) {
            case "testcase" -> tally.begin(attribute("classname"), attribute("name"));
            case "failure" -> tally.failure();
            case "error" -> tally.error();
            case "skipped" -> tally.skipped();
            default -> {} // properties, output, and what the tools have added
        }
    }

    private void end(String element) {
        depth--;
        if (element.equals("testcase")) {
            tally.end();
        }
    }

    private String attribute(String name) {
        String value = xml.getAttributeValue(null, name);
        return value == null ? "" : value;
    }

    private XMLStreamException broken(String reason) {
        return new XMLStreamException(reason, xml.getLocation());
    }

    private static String place(Location location) {
        return location == null ? "" : ":" + location.getLineNumber() + ":" + location.getColumnNumber();
    }

    /** The JDK puts the place in front, which is said already. */
    private static String reason(XMLStreamException e) {
        String message = String.valueOf(e.getMessage());
        int reason = message.indexOf("Message: ");
        return reason < 0 ? message : message.substring(reason + "Message: ".length());
    }
}
