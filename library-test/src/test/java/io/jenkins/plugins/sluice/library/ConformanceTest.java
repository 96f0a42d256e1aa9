package io.jenkins.plugins.sluice.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.sluice.gate.Parties;
import io.jenkins.plugins.sluice.model.Trigger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fixture, run by the command line on this machine and by the shared library: what happens is the same. */
class ConformanceTest {
    /** Those need an engine for containers: see {@link #bothHostsDoTheSameInContainers}. */
    private static final Set<String> WITH_IMAGES = Set.of("image", "images", "pipelinelib");

    private static final Map<String, List<String>> VOTES = Map.of(
            "approvals", List.of("review ada fine", "review bob fine window=now", "review carol agreed"),
            "supersede", List.of("review ada"),
            "terraform", List.of("review ada"),
            "two-services", List.of("review ada"));

    private static final String TOKEN = "s3cr3t-token";
    private static final String BRANCH = "main; echo hacked";
    private static final String KEY = "a key with\ntwo lines";

    @TempDir
    Path directory;

    static Stream<String> fixtures() throws IOException {
        try (Stream<Path> entries = Files.list(Library.ROOT.resolve("test-fixtures"))) {
            return entries
                    .map(entry -> entry.getFileName().toString())
                    .filter(name -> !WITH_IMAGES.contains(name))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void bothHostsDoTheSame(String fixture) throws Exception {
        assumeTrue(!fixture.equals("terraform") || isThere("terraform"), "there is no terraform here");
        compare(fixture, "", Map.of());
    }

    /** By checks/containers.sh, which has an engine and an image with nothing but busybox. */
    @Tag("engine")
    @ParameterizedTest
    @CsvSource({"image,''", "images,api", "images,web", "pipelinelib,''"})
    void bothHostsDoTheSameInContainers(String fixture, String pipeline) throws Exception {
        String image = Objects.requireNonNull(System.getenv("SLUICE_CHECK_IMAGE"), "SLUICE_CHECK_IMAGE names an image");
        compare(fixture, pipeline, Map.of("image", image, "base", image, "ZUUL_BRANCH", BRANCH));
    }

    private void compare(String fixture, String pipeline, Map<String, String> parameters) throws Exception {
        Path repository = directory.resolve("repository");
        Trees.copySources(Library.ROOT.resolve("test-fixtures/" + fixture), repository);
        if (fixture.equals("pipelinelib")) {
            Files.copy(Path.of("/bin/busybox"), repository.resolve("busybox"), StandardCopyOption.COPY_ATTRIBUTES);
        }
        List<String> votes = VOTES.getOrDefault(fixture, List.of());

        Map<String, List<String>> here = EventLog.normal(onThisMachine(repository, votes, pipeline, parameters));
        Map<String, List<String>> there = EventLog.normal(byTheLibrary(repository, votes, pipeline, parameters));

        assertThat(there.keySet()).isEqualTo(here.keySet());
        SoftAssertions.assertSoftly(softly -> here.forEach(
                (stage, events) -> softly.assertThat(there.get(stage)).as(stage).isEqualTo(events)));
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    private List<String> onThisMachine(
            Path repository, List<String> votes, String pipeline, Map<String, String> parameters) throws Exception {
        Path state = directory.resolve("state");
        List<String> how = new ArrayList<>(
                List.of("--author", "ada@example.org", "--as", "dave", "--at-gates", "leave", "--jobs", "8"));
        if (!pipeline.isEmpty()) {
            how.addAll(List.of("--pipeline", pipeline));
        }
        parameters.forEach((name, value) -> how.addAll(List.of("--param", name + "=" + value)));
        sluice("run", repository, state, how.toArray(String[]::new));
        for (String vote : votes) {
            String[] words = vote.split(" ", -1);
            List<String> options = new ArrayList<>(List.of("last", words[0], "--as", words[1]));
            if (words.length > 2) {
                options.addAll(List.of("--comment", words[2]));
            }
            if (words.length > 3) {
                options.addAll(List.of("--input", words[3]));
            }
            sluice("approve", repository, state, options.toArray(String[]::new));
        }
        if (!votes.isEmpty() || !EventLog.ofJournal(journal(state)).toString().contains("run-finished")) {
            Thread.sleep(1_100); // until what is decided by the time is decided
            sluice("resume", repository, state, "last");
        }
        return EventLog.ofJournal(journal(state));
    }

    private static Path journal(Path state) throws IOException {
        try (Stream<Path> files = Files.walk(state)) {
            return files.filter(file -> file.getFileName().toString().startsWith("journal"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void sluice(String command, Path repository, Path state, String... options) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.jenkins.plugins.sluice.cli.Main",
                command));
        if (command.equals("run")) {
            line.add(repository.toString());
        }
        line.addAll(List.of(options));
        line.addAll(List.of("--state", state.toString()));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.directory(directory.toFile());
        builder.environment()
                .put(
                        "SLUICE_GROUPS",
                        Library.ROOT.resolve("test-fixtures/approvals/groups").toString());
        builder.environment().put("ZUUL_BRANCH", BRANCH);
        builder.environment().put("SLUICE_SECRET_TOKEN", TOKEN);
        builder.environment()
                .put(
                        "SLUICE_SECRET_KEY_FILE",
                        Files.writeString(directory.resolve("key"), KEY).toString());
        Path output = directory.resolve("output.txt");
        Process process = builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        int code = process.waitFor();
        assertThat(code).as(() -> command + ": " + text(output)).isNotEqualTo(2);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private List<String> byTheLibrary(
            Path repository, List<String> votes, String pipeline, Map<String, String> parameters) throws Exception {
        Path work = Files.createDirectories(directory.resolve("jenkins"));
        Trigger trigger =
                new Trigger(Map.of("author", "ada@example.org", "event", "manual"), Optional.empty(), parameters);
        Steps steps = new Steps(repository, work)
                .trigger(trigger, new Parties(List.of("ada@example.org"), List.of("dave")))
                .parameters(parameters)
                .secret("token", Map.of("variable", TOKEN))
                .secret("key", Map.of("variable", KEY))
                .people((question, number) -> answer(votes, number));
        try (World world = new World(work.toString(), steps)) {
            world.run(pipeline.isEmpty() ? "sluice()" : "sluice(pipeline: '" + pipeline + "')");
            return world.run().events();
        }
    }

    private static Map<String, Object> answer(List<String> votes, int number) {
        if (number > votes.size()) {
            return null;
        }
        String[] words = votes.get(number - 1).split(" ", -1);
        Map<String, Object> form = new LinkedHashMap<>();
        form.put("decision", "approve");
        form.put("voter", words[1]);
        form.put("comment", words.length > 2 ? words[2] : "");
        if (words.length > 3) {
            String[] input = words[3].split("=", 2);
            form.put("input." + input[0], input[1]);
        }
        return form;
    }
}
