package io.jenkins.plugins.sluice.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.sluice.run.TestReport;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JUnitReportTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameFile() {
        file = directory.resolve("TEST-x.xml");
    }

    @Test
    void countsTheCasesOfSurefire() throws IOException {
        write(
                """
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" name="a.B" tests="5" errors="1">
                  <properties><property name="x" value="y"/></properties>
                  <testcase name="good" classname="a.B" time="0.1"/>
                  <testcase name="bad" classname="a.B"><failure message="no" type="E"><![CDATA[trace]]></failure></testcase>
                  <testcase name="ill" classname="a.B"><error>trace</error><system-out>hi</system-out></testcase>
                  <testcase name="not" classname="a.B"><skipped/></testcase>
                  <testcase name="flaky" classname="a.B"><flakyFailure>first time</flakyFailure></testcase>
                </testsuite>
                """);
        assertThat(JUnitReport.read(file)).isEqualTo(new TestReport(5, 1, 1, 1, List.of("a.B.bad", "a.B.ill")));
    }

    @Test
    void countsNestedSuites() throws IOException {
        write(
                """
                <testsuites tests="99">
                  <testsuite name="outer">
                    <testsuite name="inner"><testcase name="1"/><testcase name="2"><failure/></testcase></testsuite>
                    <testcase classname="c" name=""><error/><failure/></testcase>
                  </testsuite>
                  <testsuite name="empty"/>
                </testsuites>
                """);
        assertThat(JUnitReport.read(file)).isEqualTo(new TestReport(3, 2, 0, 0, List.of("2", "c")));
    }

    @Test
    void namesOnlyTheFirstFailures() throws IOException {
        write("<testsuite>" + "<testcase name='x&#10;y'><failure/></testcase>".repeat(50) + "</testsuite>");
        TestReport report = JUnitReport.read(file);
        assertThat(report.failures()).isEqualTo(50);
        assertThat(report.failed()).hasSize(20).containsOnly("x y");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                <testsuite>;  <testcase>;</testsuite>       | :3:3: The element type "testcase" must be terminated
                <testsuite>                                 | :1:12: XML document structures must start and end
                ''                                          | :1:1: Premature end of file
                <html/>                                     | :1:8: this is no JUnit report: it begins with <html>
                <testsuite><testcase name='a'</testsuite>   | :1:30: Element type "testcase" must be followed by
                <testsuite>&unknown;</testsuite>            | entity
                """)
    void brokenFileIsLocated(String xml, String message) throws IOException {
        write(xml.replace(';', xml.contains("&") ? ';' : '\n'));
        assertThatThrownBy(() -> JUnitReport.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContaining(message);
    }

    @Test
    void otherFilesAreNotRead() throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "top secret");
        write(
                """
                <!DOCTYPE testsuite [<!ENTITY x SYSTEM "%s">]>
                <testsuite><testcase name="&x;"><failure/></testcase></testsuite>
                """
                        .formatted(secret.toUri()));
        assertThatThrownBy(() -> JUnitReport.read(file)).hasMessageContaining("a test report has no DOCTYPE");
    }

    @Test
    void entitiesDoNotExplode() throws IOException {
        StringBuilder bomb = new StringBuilder("<!DOCTYPE testsuite [<!ENTITY a0 'ha'>");
        for (int i = 1; i < 30; i++) {
            bomb.append("<!ENTITY a")
                    .append(i)
                    .append(" '&a")
                    .append(i - 1)
                    .append(";&a")
                    .append(i - 1)
                    .append(";'>");
        }
        write(bomb + "]><testsuite name='&a29;'/>");
        assertThatThrownBy(() -> JUnitReport.read(file)).hasMessageContaining("DOCTYPE");
    }

    @Test
    void depthIsLimited() throws IOException {
        write("<testsuite>".repeat(100_000));
        assertThatThrownBy(() -> JUnitReport.read(file)).hasMessageContaining("nested deeper than 100");
    }

    @Test
    void sizeIsLimited() throws IOException {
        try (RandomAccessFile huge = new RandomAccessFile(file.toFile(), "rw")) {
            huge.setLength(1L << 32);
        }
        assertThatThrownBy(() -> JUnitReport.read(file)).hasMessageContaining("larger than");
    }

    @Test
    void malformedBytesAreAnError() throws IOException {
        Files.write(file, "<testsuite name='\u00e9'/>".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> JUnitReport.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void missingFileIsAnError() {
        assertThatThrownBy(() -> JUnitReport.read(file)).isInstanceOf(NoSuchFileException.class);
    }

    private void write(String xml) throws IOException {
        Files.writeString(file, xml);
    }
}
