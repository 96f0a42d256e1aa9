package io.jenkins.plugins.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.cli.Sluice.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LintAndPlanTest {
    private static final String GOOD =
            "version: 1\npipelines: {p: {stages: [{name: a, script: make}]}, q: {needs: [p], stages: [{name: b, script: make}]}}\n";

    @TempDir
    Path directory;

    private Sluice sluice = new Sluice(Path.of("."));

    @BeforeEach
    void here() {
        sluice = new Sluice(directory);
    }

    @Test
    void emptyDirectoryHasNoConfiguration() {
        Said said = sluice.call("lint");
        assertThat(said.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.out())
                .startsWith(".pipeline/config.yaml:1:1: error[config-missing]: there is no .pipeline/config.yaml\n");
    }

    @Test
    void fileIsFoundInAndAboveTheCurrentDirectory() throws IOException {
        sluice.config(GOOD);
        assertThat(sluice.call("lint").out()).isEqualTo(".pipeline/config.yaml: ok\n");
        assertThat(sluice.call("lint", ".pipeline").out()).isEqualTo(".pipeline/config.yaml: ok\n");
        assertThat(sluice.call("lint", ".pipeline/config.yaml").exitCode()).isEqualTo(ExitCode.OK);
        Files.createDirectories(directory.resolve("a/b"));
        Said below = new Sluice(directory.resolve("a/b")).call("lint");
        assertThat(below.out()).endsWith(".pipeline/config.yaml: ok\n");
        assertThat(sluice.call("lint", "a/b").exitCode())
                .as("a named directory")
                .isEqualTo(ExitCode.BAD_INPUT);
    }

    @Test
    void directoryInPlaceOfTheFileIsAProblem() throws IOException {
        Files.createDirectories(directory.resolve(".pipeline/config.yaml"));
        Said said = sluice.call("lint");
        assertThat(said.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.out()).contains("error[file-unreadable]");
    }

    @Test
    void problemsAsJsonAreAnArray() {
        sluice.config("version: 1\npipelines: {p: {stages: [{name: a, scrip: make, script: make}]}}\n");
        Said said = sluice.call("lint", "--format", "json");
        assertThat(said.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.out())
                .contains("\"code\" : \"unknown-key\"")
                .contains("\"line\" : 2")
                .contains("\"column\" : 36");
    }

    @Test
    void planOfABrokenFileIsItsProblems() {
        sluice.config("version: 1\npipelines: {p: {stages: [{name: a}]}}\n");
        Said said = sluice.call("plan");
        assertThat(said.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("error[nothing-to-do]");
    }

    @Test
    void pipelineIsSelectedWithWhatItNeeds() {
        sluice.config(GOOD);
        assertThat(sluice.call("plan", "--pipeline", "p").out()).contains("p/a").doesNotContain("q/b");
        assertThat(sluice.call("plan", "--pipeline", "q").out()).contains("p/a").contains("q/b");
        Said said = sluice.call("plan", "--pipeline", "qq");
        assertThat(said.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.err()).contains("there is no pipeline 'qq'; did you mean 'q'?");
    }

    @Test
    void planIsWrittenToAFile() {
        sluice.config(GOOD);
        assertThat(sluice.call("plan", "--format", "svg", "--output", "plan.svg")
                        .exitCode())
                .isEqualTo(ExitCode.OK);
        assertThat(directory.resolve("plan.svg")).content().startsWith("<").contains("</svg>");
        assertThat(sluice.call("plan", "--output", "no/such/plan").exitCode()).isEqualTo(ExitCode.ERRORED);
    }

    @Test
    void revisionThatGitDoesNotKnowIsSaid() {
        sluice.config(GOOD);
        Said said = sluice.call("plan", "--since", "no-such-revision");
        assertThat(said.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.err()).contains("Git knows no revision 'no-such-revision'");
    }

    @Test
    void changesComeFromGit() throws Exception {
        sluice.config("version: 1\npipelines: {p: {when: {changed: [src/**]}, stages: [{name: a, script: make}]}}\n")
                .file("src/a", "1")
                .file("docs/a", "1");
        git("init", "-q", "-b", "trunk");
        git("add", ".");
        git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "one");
        sluice.file("docs/a", "2");
        assertThat(sluice.call("plan", "--since", "HEAD").out()).contains("skipped: nothing changed in src/**");
        sluice.file("src/new", "1");
        assertThat(sluice.call("plan", "--since", "HEAD").out()).doesNotContain("skipped");
        assertThat(sluice.call("plan").out()).as("nothing is known").doesNotContain("skipped");
    }

    private void git(String... arguments) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("git").directory(directory.toFile());
        builder.command().addAll(List.of(arguments));
        assertThat(builder.inheritIO().start().waitFor()).isZero();
    }

    @Test
    void schemaAndExplanationsArePrinted() {
        assertThat(sluice.call("schema").out()).contains("\"$schema\"").contains("\"pipelines\"");
        assertThat(sluice.call("explain", "unknown-stage").out())
                .startsWith("## unknown-stage")
                .contains("is not defined")
                .doesNotContain("## unknown-pipeline");
        Said said = sluice.call("explain", "unknown-stag");
        assertThat(said.exitCode()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(said.err()).contains("did you mean 'unknown-stage'?");
    }
}
