package io.jenkins.plugins.sluice.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.Golden;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.report.ProblemReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SiteReaderTest {
    private final Problems problems = new Problems();

    private Site read(String text) {
        return SiteReader.read("site.yaml", text.getBytes(StandardCharsets.UTF_8), problems);
    }

    @Test
    void everyKeyIsRead() throws IOException {
        Site site = read(Files.readString(Path.of("src/test/resources/site/complete.yaml")));
        assertThat(problems.list()).isEmpty();
        Site.Registry registry = site.registry().orElseThrow();
        assertThat(registry.host() + "/" + registry.repository()).isEqualTo("registry.example:5000/shop/prod");
        assertThat(registry.credential().orElseThrow().id()).isEqualTo("registry-bot");
        assertThat(site.blubberFrontend()).contains("registry.example/blubber/buildkit:v1");
        Site.Charts charts = site.charts().orElseThrow();
        assertThat(charts.credential().orElseThrow().variables())
                .containsOnlyKeys(Credential.Part.USERNAME, Credential.Part.PASSWORD);
        assertThat(new Site.Charts(
                        charts.repository(),
                        charts.branch(),
                        charts.values(),
                        charts.environmentValues(),
                        charts.key(),
                        charts.push(),
                        charts.reviewers(),
                        charts.authorName(),
                        charts.authorEmail(),
                        Optional.empty()))
                .isEqualTo(new Site.Charts(
                        "https://review.example/charts",
                        "main",
                        "charts/{chart}/values.yaml",
                        "charts/{chart}/{environment}.yaml",
                        "image.tag",
                        "refs/heads/{branch}",
                        List.of("release-team", "eve@example.org"),
                        "Charts Bot",
                        "charts@example.org",
                        Optional.empty()));
        assertThat(site.helm())
                .isEqualTo(new Site.Helm(
                        Optional.of("https://charts.example"),
                        "rehearsal",
                        Optional.of("/etc/sluice/kubeconfig"),
                        "image.name",
                        "image.tag",
                        "image.registry"));
        Site.Mail mail = site.mail().orElseThrow();
        assertThat(List.of(mail.host(), mail.port(), mail.from(), mail.startTls()))
                .isEqualTo(List.of("mail.example", 587, "ci@example.org", true));
        assertThat(site.jobs()).isEqualTo(Map.of("publish-docs", "./publish-docs.sh", "folder/other", "make other"));
    }

    @Test
    void whatIsNotSaidIsAsPipelineLibHasIt() {
        Site site = read(
                """
                charts: {repository: 'ssh://bot@review.example:29418/charts', credential: bot}
                mail: {host: localhost, from: ci@localhost}
                """);
        assertThat(problems.list()).isEmpty();
        Site.Charts charts = site.charts().orElseThrow();
        assertThat(charts.branch()).isEqualTo("master");
        assertThat(charts.values()).isEqualTo("helmfile.d/services/{chart}/values.yaml");
        assertThat(charts.environmentValues()).isEqualTo("helmfile.d/services/{chart}/values-{environment}.yaml");
        assertThat(charts.key()).isEqualTo("main_app.version");
        assertThat(charts.push()).isEqualTo("refs/for/{branch}%topic=pipeline-promote");
        assertThat(charts.credential().orElseThrow().type()).isEqualTo(Credential.Type.SSH_KEY);
        assertThat(site.helm()).isEqualTo(Site.Helm.DEFAULT);
        assertThat(site.mail().orElseThrow().port()).isEqualTo(25);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing yet\n", "{}"})
    void emptyFileSetsNothingUp(String text) {
        assertThat(read(text)).isEqualTo(Site.NONE);
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "registry: [", "text", "charts: {branch: x}", "mail: x", "jobs: {a: null}"})
    void brokenFileIsAProblemAndNoException(String text) {
        read(text);
        assertThat(problems.hasErrors()).isTrue();
    }

    @Test
    void everythingWrongIsSaidAtOnceWithAWayOut() throws IOException {
        Path file = Path.of("src/test/resources/site/wrong.yaml");
        SiteReader.read("site.yaml", Files.readAllBytes(file), problems);
        Golden.check(Golden.beside(file, ".txt"), ProblemReport.text(problems.list()));
    }
}
