package io.jenkins.plugins.sluice.jenkins;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.Test;

public class BundledLibraryTest {
    @Test
    public void thePluginCarriesEveryFileOfTheLibrary() throws IOException {
        Path root = Path.of("..").toAbsolutePath().normalize();
        List<String> there = new ArrayList<>();
        for (String directory : List.of("vars", "src")) {
            try (Stream<Path> files = Files.walk(root.resolve(directory))) {
                files.filter(Files::isRegularFile)
                        .map(file -> root.relativize(file).toString().replace('\\', '/'))
                        .forEach(there::add);
            }
        }
        assertThat(BundledLibrary.FILES).containsExactlyInAnyOrderElementsOf(there);
        for (String file : there) {
            assertThat(BundledLibrary.class.getResourceAsStream("/sluice-library/" + file))
                    .as(file)
                    .hasSameContentAs(Files.newInputStream(root.resolve(file)));
        }
    }
}
