package io.jenkins.plugins.sluice.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Groovy stays tiny, and does nothing that Java could do. */
class LibraryRulesTest {
    private static final int LONGEST_VARIABLE = 20;
    private static final int LONGEST_CLASS = 150;

    /** What ends in a crash when a program is written down, what evaluates text, and what goes past the steps. */
    private static final Pattern FORBIDDEN = Pattern.compile("Jenkins\\.(instance|get)|@Grab|\\bevaluate\\b|\\beval\\b"
            + "|GroovyShell|\\bexecute\\(|new URL|new File\\b|Thread|@NonCPS|\\.each\\b|\\.collect\\b|\\.findAll\\b|\\.any\\b"
            + "|rawBuild|System\\.|for \\(\\w+ \\w+ (in|:)");

    static List<Path> groovy() throws IOException {
        List<Path> all = new ArrayList<>(below("vars"));
        all.addAll(below("src"));
        return all;
    }

    private static List<Path> below(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(Library.ROOT.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".groovy")).toList();
        }
    }

    static List<Path> variables() throws IOException {
        return groovy().stream()
                .filter(file -> file.startsWith(Library.ROOT.resolve("vars")))
                .toList();
    }

    @Test
    void thereIsALibrary() throws IOException {
        assertThat(variables()).isNotEmpty();
        assertThat(groovy().size()).isGreaterThan(variables().size());
    }

    @ParameterizedTest
    @MethodSource("groovy")
    void itUsesNothingThatIsForbidden(Path file) throws IOException {
        assertThat(Files.readAllLines(file))
                .noneMatch(line -> FORBIDDEN.matcher(line).find());
    }

    @ParameterizedTest
    @MethodSource("groovy")
    void itStaysSmall(Path file) throws IOException {
        int most = variables().contains(file) ? LONGEST_VARIABLE : LONGEST_CLASS;
        assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(most);
    }

    @ParameterizedTest
    @MethodSource("groovy")
    void classesCanBeWrittenDown(Path file) throws IOException {
        String text = Files.readString(file);
        if (!variables().contains(file)) {
            assertThat(text).contains("implements Serializable").contains("serialVersionUID");
        }
    }

    @ParameterizedTest
    @MethodSource("variables")
    void everyVariableHasItsHelp(Path file) {
        assertThat(file.resolveSibling(file.getFileName().toString().replace(".groovy", ".txt")))
                .isNotEmptyFile();
    }

    @Test
    void onlyStepsThatTheHarnessKnowsAreTaken() throws IOException {
        Pattern step = Pattern.compile("script\\.([a-zA-Z]+)\\b");
        for (Path file : groovy()) {
            assertThat(step.matcher(Files.readString(file)).results().map(found -> found.group(1)))
                    .isSubsetOf(Stream.concat(Steps.NAMES.stream(), Stream.of("params", "scm", "currentBuild"))
                            .toList());
        }
    }
}
