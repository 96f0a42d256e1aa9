package io.jenkins.plugins.sluice.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library on the CPS engine. */
class LibraryTest {
    @TempDir
    Path directory;

    @Test
    void oneLineRunsAPipeline() throws Exception {
        Path repository = Files.createDirectories(directory.resolve("repository/.pipeline"));
        Files.writeString(
                repository.resolve("config.yaml"),
                """
                version: 1
                pipelines:
                  api:
                    stages:
                      - {name: build, script: 'echo built > a.txt', artifacts: [a.txt]}
                      - {name: test, script: 'cat a.txt'}
                """);
        Path root = Path.of("..").toAbsolutePath().normalize();
        try (World world = new World("one", root, new Steps(repository.getParent(), directory))) {
            world.run("sluice()");
            assertThat(world.result()).isEqualTo("SUCCESS");
            System.err.println(world.taken());
            System.err.println(world.log());
            System.err.println(world.run().events());
        }
    }
}
