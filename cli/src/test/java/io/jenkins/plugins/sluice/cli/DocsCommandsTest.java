package io.jenkins.plugins.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.PolicyReader;
import io.jenkins.plugins.sluice.model.SiteReader;
import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs every command of the documentation in a copy of the repository's samples and holds what it prints against the page; reads
 * every configuration. In expected output a line of {@code …} stands for any lines, and durations and sizes do not count.
 */
class DocsCommandsTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern POLICY = Pattern.compile("allowed|defaults:|gates:|trusted:");
    private static final Pattern DURATION = Pattern.compile("\\b\\d+(\\.\\d+)?(s|m \\d\\ds)\\b");

    @TempDir
    Path copy;

    record Block(Path page, String kind, String text) {
        @Override
        public String toString() {
            return TOP.relativize(page) + ": " + text.lines().findFirst().orElse("");
        }
    }

    static List<Block> blocks(String kind) throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path page : pages()) {
            Matcher matcher = BLOCK.matcher(Files.readString(page));
            while (matcher.find()) {
                if (matcher.group(1).equals(kind)) {
                    blocks.add(new Block(page, kind, matcher.group(2)));
                }
            }
        }
        return blocks;
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        for (Path folder : List.of(TOP, TOP.resolve("docs"), TOP.resolve("docs/how-to"))) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(p -> p.toString().endsWith(".md")).sorted().forEach(pages::add);
            }
        }
        return pages;
    }

    static List<Block> consoles() throws IOException {
        return blocks("console");
    }

    /** Examples of mistakes, and of PipelineLib's own spelling, are on the error page; a test of core makes that. */
    static List<Block> configurations() throws IOException {
        return blocks("yaml").stream()
                .filter(b -> !b.page().endsWith("docs/errors.md"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void configurationHasNoProblem(Block block) {
        Problems problems = new Problems();
        byte[] bytes = block.text().getBytes(StandardCharsets.UTF_8);
        if (!block.page().endsWith("docs/site.md")) {
            ModelReader.read(block.toString(), bytes, problems);
        } else if (POLICY.matcher(block.text()).lookingAt()) {
            PolicyReader.read(block.toString(), bytes, problems);
        } else {
            SiteReader.read(block.toString(), bytes, problems);
        }
        assertThat(problems.list().stream().map(Problem::toString)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("consoles")
    void commandsPrintWhatThePageSays(Block block) throws Exception {
        prepare();
        StringBuilder printed = new StringBuilder();
        for (String line : block.text().lines().filter(l -> l.startsWith("$ ")).toList()) {
            printed.append(line).append('\n').append(bash(line.substring(2)));
        }
        String expected = Stream.of(normal(block.text()).split("(?m)^…\\n", -1))
                .map(Pattern::quote)
                .reduce((a, b) -> a + "(?s:.*)" + b)
                .orElse("");
        assertThat(normal(printed.toString())).matches(expected);
    }

    @Test
    void pictureInTheReadmeIsThatOfTheExample() throws Exception {
        prepare();
        String drawn = bash("./sluice plan test-fixtures/two-services --format svg");
        assertThat(drawn).isEqualTo(Files.readString(TOP.resolve("docs/two-services.svg")));
    }

    @Test
    void thereIsSomethingToCheck() throws IOException {
        assertThat(consoles()).hasSizeGreaterThan(5);
        assertThat(configurations()).hasSizeGreaterThan(4);
    }

    private static String normal(String text) {
        return DURATION.matcher(text)
                .replaceAll("<time>")
                .replaceAll("\\([0-9.]+ (B|[KMG]iB)(?=[,)])", "(<size>")
                .replaceAll("sha256 [0-9a-f]{12}", "sha256 <digest>")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d(:\\d\\d UTC)?", "<moment>")
                .replaceAll("(?<=\\S) +(?=\\S)", " ");
    }

    private void prepare() throws IOException {
        for (String folder : List.of("test-fixtures", "docs")) {
            copy(TOP.resolve(folder), copy.resolve(folder));
        }
        Path launcher = copy.resolve("sluice");
        Files.writeString(
                launcher,
                "#!/bin/sh\nSLUICE_NAME=$0 exec '%s/bin/java' -cp '%s' %s \"$@\"\n"
                        .formatted(
                                System.getProperty("java.home"),
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(f -> !from.relativize(f).toString().contains(".sluice"))
                    .toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    private String bash(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("bash", "-c", command)
                .directory(copy.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
    }
}
