package io.jenkins.plugins.sluice.handle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done to a workspace on its way to another agent, by the scripts that agents get. */
class SharedWorkspaceTest {
    private static final RunHandle RUN = RunHandle.begin(Walker.prepared(
                    """
                    version: 1
                    pipelines:
                      api: {workspace: shared, stages: [{name: a, script: make}, {name: b, agent: other, script: make}]}
                    """)
            .basis()
            .orElseThrow());

    @TempDir
    Path directory;

    private String output = "";

    private int run(Call call, Map<String, String> env) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        "sh", "-c", String.valueOf(call.arguments().get("script")))
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(env);
        Process process = builder.start();
        output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor();
    }

    private void write(String file, int bytes) throws Exception {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.write(path, new byte[bytes]);
    }

    @Test
    void whatIsTooLargeIsRefusedWithAdvice() throws Exception {
        List<Call> keep = SharedWorkspace.keep(RUN.state().plan(), "api");
        assertThat(keep).extracting(Call::step).containsExactly("sh", "stash");
        write("out/large", 3_000_000);
        write(".git/objects/larger", 9_000_000);
        assertThat(run(keep.get(0), Map.of("SLUICE_PIPELINE", "api", "SLUICE_KIBIBYTES", "4096")))
                .as(output)
                .isZero();
        assertThat(run(keep.get(0), Map.of("SLUICE_PIPELINE", "api", "SLUICE_KIBIBYTES", "2048")))
                .isEqualTo(1);
        assertThat(output)
                .contains("the workspace of api has 2 MiB, and more than 2 MiB are not stashed")
                .contains("'artifacts'");
    }

    @Test
    void whatWasDeletedDoesNotComeBack() throws Exception {
        List<Call> bring = SharedWorkspace.bring(RUN.state().plan(), "api");
        assertThat(bring).extracting(Call::step).containsExactly("sh", "unstash");
        write("src/a", 1);
        write(".hidden", 1);
        write(".git/HEAD", 1);
        assertThat(run(bring.get(0), Map.of())).as(output).isZero();
        assertThat(directory.toFile().list()).containsExactly(".git");
    }
}
