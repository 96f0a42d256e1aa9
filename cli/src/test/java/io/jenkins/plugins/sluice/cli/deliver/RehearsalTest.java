package io.jenkins.plugins.sluice.cli.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.marcnuri.helm.Helm;
import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.model.SiteReader;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.RunValues;
import io.jenkins.plugins.sluice.run.StageProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts by the real Helm library. */
class RehearsalTest {
    private static final Path CHART = Path.of("src/test/resources/chart");

    @TempDir
    Path top;

    private final List<String> notes = new ArrayList<>();

    @BeforeEach
    void helmIsThere() {
        boolean supported = System.getProperty("os.name").startsWith("Linux")
                && List.of("amd64", "x86_64").contains(System.getProperty("os.arch"));
        assumeTrue(supported, "SKIPPED: the Helm library is here for Linux on amd64 only");
    }

    private static Instruction.InstallChart instruction(Site site, String deploy) {
        Problems problems = new Problems();
        String text = "version: 1\npipelines: {p: {stages: [{name: a, deploy: " + deploy + "}]}}\n";
        PipelineFile file = ModelReader.read("config.yaml", text.getBytes(StandardCharsets.UTF_8), problems)
                .orElseThrow();
        assertThat(problems.list()).isEmpty();
        ExecutionPlan plan = Planner.plan(file, Trigger.unknown());
        RunValues.Facts facts = new RunValues.Facts(
                Map.of("projectShortName", "api"), Map.of("url", "https://ci.example/7/"), Trigger.unknown(), site);
        return (Instruction.InstallChart)
                StageProgram.of(plan.stage(0), new RunValues(new RunState(plan), facts), List.of(), Map.of(), true)
                        .next()
                        .orElseThrow();
    }

    private static Site site(String text) {
        Problems problems = new Problems();
        Site site = SiteReader.read("site.yaml", text.getBytes(StandardCharsets.UTF_8), problems);
        assertThat(problems.list()).isEmpty();
        return site;
    }

    @Test
    void chartGetsTheImageAndWhatOverridesIt() throws IOException {
        Site site = site("registry: {host: 'registry.example:5000', repository: shop}\n");
        Instruction.InstallChart chart =
                instruction(site, "{image: api, tag: v7, chart: {name: chart}, overrides: {main_app: {replicas: 3}}}");
        Path values = top.resolve("values.yaml");
        Files.writeString(values, chart.values());
        assertThat(new Helm(CHART).lint().call().isFailed()).isFalse();
        String manifest = new Helm(CHART)
                .template()
                .withName(chart.release())
                .withValuesFile(values)
                .call();
        assertThat(manifest)
                .contains("image: \"registry.example:5000/shop/api:v7\"")
                .contains("replicas: 3")
                .contains("name: \"" + chart.release() + "\"");
    }

    @Test
    void otherChartsTakeTheImageElsewhere() throws IOException {
        Site site = site(
                """
                helm: {values: {image: image.name, tag: image.tag, registry: image.registry}}
                registry: {host: registry.example}
                """);
        assertThat(instruction(site, "{image: api, tag: v7, chart: {name: chart}}")
                        .values())
                .isEqualTo("{\"image\":{\"registry\":\"registry.example\",\"name\":\"api\",\"tag\":\"v7\"}}");
    }

    private Rehearsals rehearsals(String kubeconfig) throws IOException {
        Files.writeString(top.resolve("kubeconfig"), kubeconfig);
        Path workspace = Files.createDirectories(top.resolve("workspace/chart/templates"));
        Files.copy(CHART.resolve("Chart.yaml"), workspace.resolveSibling("Chart.yaml"));
        Files.copy(CHART.resolve("templates/deployment.yaml"), workspace.resolve("deployment.yaml"));
        Files.copy(CHART.resolve("values.yaml"), workspace.resolveSibling("values.yaml"));
        Files.createDirectories(top.resolve("run"));
        Site.Helm helm =
                site("helm: {kubeconfig: kubeconfig, namespace: rehearsal}\n").helm();
        return new Rehearsals(helm, top, top.resolve("run"));
    }

    private static String server(int port) {
        return """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: 'http://127.0.0.1:%d'}}]
                users: [{name: u, user: {}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """
                .formatted(port);
    }

    private static Instruction.InstallChart chart(String name) {
        return new Instruction.InstallChart("sluice-test", name, "", "{}", true, Duration.ofSeconds(20));
    }

    @Test
    void clusterThatIsNotThereSaysNothingAboutTheChart() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        Rehearsals rehearsals = rehearsals(server(free));
        InstructionResult result = rehearsals.install(chart("chart"), top.resolve("workspace"), () -> "", notes::add);
        assertThat(result).isInstanceOf(InstructionResult.Broken.class);
        assertThat(((InstructionResult.Broken) result).message())
                .startsWith("helm: ")
                .contains("unreachable");
        // The release cannot be removed now, so somebody must be able to do it later.
        rehearsals.end(notes::add);
        assertThat(notes).last().asString().contains("the release sluice-test in rehearsal could not be removed: ");
        assertThat(top.resolve("run/releases")).hasContent("sluice-test\n");
    }

    @Test
    void whoeverIsStoppedDoesNotWaitForTheCluster() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            AtomicInteger asked = new AtomicInteger();
            InstructionResult result = rehearsals(server(silent.getLocalPort()))
                    .install(
                            chart("chart"),
                            top.resolve("workspace"),
                            () -> asked.incrementAndGet() > 2 ? "Ctrl-C" : "",
                            notes::add);
            assertThat(result).isEqualTo(new InstructionResult.Aborted("Ctrl-C"));
        }
    }

    @Test
    void chartStaysInTheWorkspaceOrInTheRepositoryOfTheSite() throws IOException {
        Rehearsals rehearsals = rehearsals(server(1));
        Files.createSymbolicLink(top.resolve("workspace/link"), CHART.toAbsolutePath());
        for (String name : List.of("../run", "link", "/", "none")) {
            assertThatThrownBy(() -> rehearsals.install(chart(name), top.resolve("workspace"), () -> "", notes::add))
                    .as(name)
                    .isInstanceOf(IOException.class);
        }
        Site.Helm helm = site("helm: {repository: 'oci://charts.example/x/'}\n").helm();
        assertThat(ChartPlace.of("api", helm, top)).isEqualTo("oci://charts.example/x/api");
        for (String name : List.of("../api", "/etc", "a..b", "http://x/y")) {
            assertThatThrownBy(() -> ChartPlace.of(name, helm, top)).as(name).isInstanceOf(IOException.class);
        }
    }

    @Test
    void releaseComesAndGoes() throws IOException {
        String given =
                Optional.ofNullable(System.getenv("SLUICE_TEST_KUBECONFIG")).orElse("");
        assumeTrue(
                !given.isEmpty(),
                "SKIPPED: nothing was installed, because SLUICE_TEST_KUBECONFIG names no cluster that may be used");
        Rehearsals rehearsals = rehearsals(Files.readString(Path.of(given)));
        InstructionResult result = rehearsals.install(
                new Instruction.InstallChart(
                        "sluice-test", "chart", "", "{\"main_app\":{\"replicas\":0}}", false, Duration.ofMinutes(1)),
                top.resolve("workspace"),
                () -> "",
                notes::add);
        rehearsals.end(notes::add);
        assertThat(result).as(notes.toString()).isEqualTo(new InstructionResult.Done());
        assertThat(top.resolve("run/releases")).doesNotExist();
    }
}
