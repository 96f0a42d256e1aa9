package io.jenkins.plugins.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.config.FormatTables;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.run.StageStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The pages that are made from the code say what the code says. */
class DocsTest {
    private static final Path DOCS = Golden.repository().resolve("docs");
    private static final Path PROBLEMS = Path.of("src/test/resources/problems");

    @Test
    void errorPageHasASectionForEachCode() throws IOException {
        StringBuilder page = new StringBuilder();
        page.append("# Problems and what to do about them\n\n");
        page.append(
                "Every problem that Sluice reports has a code in brackets. `./sluice explain CODE` shows its section\n");
        page.append("of this page. The examples are the test fixtures of the reader, with what it says of them.\n");
        for (ProblemCode code : ProblemCode.values()) {
            page.append("\n## ").append(code.id()).append("\n\n");
            Map.Entry<String, String> texts = code.texts();
            page.append("It says: *").append(texts.getKey()).append("*\n");
            if (!texts.getValue().equals("…")) {
                page.append("\nWhat to do: ").append(texts.getValue()).append(".\n");
            }
            Path example = PROBLEMS.resolve(code.id() + ".yaml");
            if (Files.exists(example)) {
                String said = Files.readString(Golden.beside(example, ".txt"));
                page.append("\n```yaml\n").append(Files.readString(example, StandardCharsets.ISO_8859_1));
                page.append("```\n\n```text\n").append(said).append("```\n");
            }
        }
        Golden.check(DOCS.resolve("errors.md"), page.toString());
    }

    @Test
    void statePageShowsTheTransitionsOfTheTable() throws IOException {
        String page = "# The life of a stage\n\n"
                + "Made from the table in `StageStatus`. What an attempt leads to depends on how it ended and on the\n"
                + "stage's `retry`. The outcome (succeeded, failed, errored, aborted, skipped) is a fact of its own,\n"
                + "known once the stage has finished.\n\n```mermaid\n"
                + StageStatus.diagram() + "```\n";
        Golden.check(DOCS.resolve("stage-states.md"), page);
    }

    @Test
    void configPageHasTheTablesOfTheFormat() throws IOException {
        Path file = DOCS.resolve("config.md");
        String begin = "<!-- The tables below are made from the declaration of the format. -->\n";
        String page = Files.readString(file);
        int start = page.indexOf(begin);
        assertThat(start).as("the marker in docs/config.md").isPositive();
        Golden.check(file, page.substring(0, start) + begin + FormatTables.markdown());
    }

    @Test
    void settingsPageHasTheTablesOfItsFormats() throws IOException {
        Path file = DOCS.resolve("site.md");
        String begin = "<!-- The tables below are made from the declarations of the formats. -->\n";
        String page = Files.readString(file);
        int start = page.indexOf(begin);
        assertThat(start).as("the marker in docs/site.md").isPositive();
        Golden.check(file, page.substring(0, start) + begin + FormatTables.ofSettings());
    }
}
