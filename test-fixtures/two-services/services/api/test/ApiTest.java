import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Tests without a framework, that leave a report as JUnit does. */
public final class ApiTest {
    private ApiTest() {}

    public static void main(String[] args) throws IOException {
        Map<String, Boolean> results = new LinkedHashMap<>();
        results.put("greetsByName", Api.greet("Hello", "Ada").equals("Hello, Ada!"));
        results.put("greetsNobody", Api.greet("Hello", " ").equals("Hello!"));
        StringBuilder xml = new StringBuilder("<testsuite name=\"ApiTest\">\n");
        boolean good = true;
        for (Map.Entry<String, Boolean> result : results.entrySet()) {
            xml.append("  <testcase classname=\"ApiTest\" name=\"").append(result.getKey()).append("\">");
            xml.append(result.getValue() ? "" : "<failure message=\"wrong greeting\"/>").append("</testcase>\n");
            System.out.println((result.getValue() ? "ok      " : "FAILED  ") + result.getKey());
            good &= result.getValue();
        }
        Path report = Path.of(args[0]);
        Files.createDirectories(report.getParent());
        Files.writeString(report, xml.append("</testsuite>\n"));
        System.exit(good ? 0 : 1);
    }
}
