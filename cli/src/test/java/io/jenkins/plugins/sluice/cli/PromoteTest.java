package io.jenkins.plugins.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.cli.Sluice.Said;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promotions by real Git, to a repository that takes changes for review as Gerrit does: a ref for each push, gone at once. */
class PromoteTest {
    private static final String VALUES =
            """
            # Values of the API.
            docker: {registry: registry.example}

            main_app:
              image: 'shop/api'   # without a tag
              version: "2026-01-01-000000-production"
              port: 8080
            """;

    private static final String CONFIG =
            """
            version: 1
            pipelines:
              p:
                stages:
                  - name: production
                    script: 'true'
                    promote: [{chart: api, environments: [staging, production], version: v2}]
                    artifacts: [out/**]
            """;

    @TempDir
    Path top;

    private Path charts = Path.of(".");
    private Sluice sluice = new Sluice(Path.of("."));

    @BeforeEach
    void serve() throws IOException {
        charts = top.resolve("charts.git");
        Path seed = top.resolve("seed");
        git(top, "init", "--quiet", "--bare", "--initial-branch=master", charts.toString());
        git(top, "clone", "--quiet", charts.toString(), seed.toString());
        for (String file : List.of("values.yaml", "values-staging.yaml", "values-production.yaml")) {
            Path values = seed.resolve("helmfile.d/services/api").resolve(file);
            Files.createDirectories(values.getParent());
            Files.writeString(values, VALUES);
        }
        git(seed, "add", "--all");
        git(seed, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "--message=Values");
        git(seed, "push", "--quiet", "origin", "HEAD:master");
        sluice = new Sluice(top.resolve("work"));
        sluice.config(CONFIG)
                .file("out/x", "x")
                .file("site.yaml", site("reviewers: [eve, release-team]"))
                .with("SLUICE_SITE", "site.yaml");
    }

    private String site(String more) {
        return "charts:\n  repository: " + charts + "\n  " + more + "\n";
    }

    private void hook(String name, String script) throws IOException {
        Path hook = charts.resolve("hooks").resolve(name);
        Files.writeString(hook, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void likeGerrit() throws IOException {
        hook(
                "post-receive",
                "while read old new ref; do echo $ref >> refs.txt; git update-ref refs/kept/$new $new;"
                        + " git update-ref -d $ref; done\n");
    }

    private static String git(Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            assertThat(process.waitFor()).as(said).isZero();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        return said;
    }

    private static String changeId(String message) {
        Matcher trailer = Pattern.compile("(?m)^Change-Id: (I[0-9a-f]{40})$").matcher(message);
        assertThat(trailer.find()).as(message).isTrue();
        return trailer.group(1);
    }

    private List<String> messages() throws IOException {
        List<String> messages = new ArrayList<>();
        for (String commit : git(charts, "for-each-ref", "--sort=committerdate", "--format=%(objectname)", "refs/kept")
                .lines()
                .toList()) {
            messages.add(git(charts, "log", "-1", "--format=%an <%ae>%n%B", commit));
        }
        return messages;
    }

    @Test
    void changeIsPushedForReviewAndASecondAttemptIsTheSameReview() throws IOException {
        likeGerrit();
        Said first = sluice.call("run");
        assertThat(first.exitCode()).as(first.out() + first.err()).isEqualTo(ExitCode.OK);
        Said second = sluice.call("run");
        assertThat(second.exitCode()).as(second.out() + second.err()).isEqualTo(ExitCode.OK);
        String ref = "refs/for/master%topic=pipeline-promote,r=eve,r=release-team";
        assertThat(Files.readAllLines(charts.resolve("refs.txt"))).containsExactly(ref, ref);
        List<String> messages = messages();
        assertThat(messages).isNotEmpty().allSatisfy(message -> assertThat(message)
                .startsWith("Sluice <sluice@localhost>\nPromote api to v2 in staging, production\n\nProject: work\n")
                .contains("Pipeline: p/production\n"));
        assertThat(messages.stream().map(PromoteTest::changeId).distinct()).hasSize(1);
        String commit = git(charts, "for-each-ref", "--count=1", "--format=%(objectname)", "refs/kept")
                .strip();
        for (String environment : List.of("staging", "production")) {
            assertThat(git(charts, "show", commit + ":helmfile.d/services/api/values-" + environment + ".yaml"))
                    .isEqualTo(VALUES.replace("2026-01-01-000000-production", "v2"));
        }
        assertThat(git(charts, "show", commit + ":helmfile.d/services/api/values.yaml"))
                .isEqualTo(VALUES);
    }

    @Test
    void reviewThatIsClosedIsLeftAlone() throws IOException {
        likeGerrit();
        hook(
                "update",
                """
                id=$(git log -1 --format=%B "$3" | sed -n 's/^Change-Id: //p')
                if grep -qx "$id" closed 2>/dev/null; then echo "(change $id closed)"; exit 1; fi
                """);
        for (int reviews = 1; reviews <= 4; reviews++) {
            Said said = sluice.call("run");
            assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(ExitCode.OK);
            List<String> ids =
                    messages().stream().map(PromoteTest::changeId).distinct().toList();
            assertThat(ids).hasSize(reviews);
            Files.write(charts.resolve("closed"), ids);
        }
    }

    @Test
    void nothingOfTheCloneIsLeft() throws IOException {
        likeGerrit();
        sluice.config(CONFIG.replace("out/**", "'**'"));
        Said said = sluice.call("run", "--keep-workspaces");
        assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(ExitCode.OK);
        String report = Files.readString(top.resolve("work/.sluice/runs/1/report.json"));
        assertThat(report).contains("out/x").doesNotContain("helmfile.d");
        try (var files = Files.walk(top.resolve("work/.sluice"))) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.contains("charts-"));
        }
    }

    @Test
    void versionThatIsThereAlreadyIsNoChange() throws IOException {
        sluice.file("site.yaml", site("push: refs/heads/{branch}"));
        assertThat(sluice.call("run").exitCode()).isEqualTo(ExitCode.OK);
        String head = git(charts, "rev-parse", "master");
        Said again = sluice.call("run");
        assertThat(again.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(again.out()).contains("chart api has the version v2 in staging, production already");
        assertThat(git(charts, "rev-parse", "master")).isEqualTo(head);
    }

    @Test
    void branchThatMovesMeanwhileIsTriedAgain() throws IOException {
        sluice.file("site.yaml", site("push: refs/heads/{branch}"));
        // Another push wins the first race: after the clone, and before our push gets its turn.
        hook(
                "update",
                """
                if [ -e raced ]; then exit 0; fi
                touch raced
                tree=$(git rev-parse master^{tree})
                other=$(GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@x GIT_COMMITTER_NAME=x GIT_COMMITTER_EMAIL=x@x \\
                  git commit-tree -p master -m 'In between' "$tree")
                env -u GIT_QUARANTINE_PATH git update-ref refs/heads/master "$other"
                """);
        Said said = sluice.call("run");
        assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(ExitCode.OK);
        assertThat(git(charts, "log", "--format=%s", "master"))
                .isEqualTo("Promote api to v2 in staging, production\nIn between\nValues\n");
    }

    @Test
    void serverThatSaysNoIsAFailureWithItsWords() throws IOException {
        hook("pre-receive", "echo not today; exit 1\n");
        Said said = sluice.call("run");
        assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(said.out())
                .contains("remote: not today")
                .contains("the change of the charts could not be pushed (exit code 1); the log says why");
        try (var files = Files.walk(top.resolve("work/.sluice"))) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.contains("charts-"));
        }
    }

    @Test
    void passwordReachesTheServerAndNothingElse() throws IOException {
        git(charts, "config", "http.receivepack", "true");
        String password = "correct horse %&'\"$x";
        try (GitHttp server = new GitHttp(top, "bot", password)) {
            sluice.file(
                            "site.yaml",
                            "charts: {repository: '" + server.address("charts.git")
                                    + "', credential: charts-bot, push: 'refs/heads/{branch}'}\n")
                    .with("SLUICE_SECRET_CHARTS_BOT_USERNAME", "bot")
                    .with("SLUICE_SECRET_CHARTS_BOT_PASSWORD", "wrong-password");
            Said refused = sluice.call("run");
            assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(refused.out()).contains("Authentication failed");
            sluice.with("SLUICE_SECRET_CHARTS_BOT_PASSWORD", password);
            // What the user's own helper is told would be kept on the disk.
            sluice.with("GIT_CONFIG_COUNT", "1")
                    .with("GIT_CONFIG_KEY_0", "credential.helper")
                    .with("GIT_CONFIG_VALUE_0", "store --file=" + top.resolve("told"));
            Said said = sluice.call("run");
            assertThat(said.exitCode()).as(said.out() + said.err()).isEqualTo(ExitCode.OK);
        }
        assertThat(git(charts, "log", "-1", "--format=%s", "master"))
                .isEqualTo("Promote api to v2 in staging, production\n");
        assertThat(top.resolve("told")).doesNotExist();
        try (var files = Files.walk(top.resolve("work/.sluice"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                        .doesNotContain("horse");
            }
        }
    }

    @Test
    void namesThatLeadElsewhereAndMissingFilesAreRefused() {
        assertThat(detail(CONFIG.replace("chart: api", "chart: ../api")))
                .contains("'../api' cannot be the chart of a promotion");
        assertThat(detail(CONFIG.replace("[staging", "['a/b'")))
                .contains("'a/b' cannot be the environment of a promotion");
        assertThat(detail(CONFIG.replace("v2", "'v2, x'"))).contains("'v2, x' cannot be the version of a promotion");
        assertThat(detail(CONFIG.replace("chart: api", "chart: web")))
                .contains("the charts have no file helmfile.d/services/web/values-staging.yaml");
        sluice.file("site.yaml", site("repository: /nowhere").replaceFirst("(?m)^  repository: .*\n", ""));
        assertThat(detail(CONFIG)).contains("the repository of the charts could not be cloned (exit code 128)");
    }

    private String detail(String config) {
        Said said = sluice.config(config).call("run");
        assertThat(said.exitCode()).isEqualTo(ExitCode.FAILED);
        return said.out();
    }
}
