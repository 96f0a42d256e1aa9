package io.jenkins.plugins.sluice.report;

import io.jenkins.plugins.sluice.Golden;
import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each {@code whatif/<case>.yaml} gains what the text beside it says. */
class WhatIfTextTest {
    static List<Path> fixtures() throws IOException {
        return Golden.files("whatif", ".yaml");
    }

    @ParameterizedTest
    @MethodSource("fixtures")
    void gainIsShown(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        PipelineFile listed =
                ModelReader.read("config.yaml", bytes, new Problems()).orElseThrow();
        PipelineFile inferred =
                ModelReader.readInferred("config.yaml", bytes, new Problems()).orElseThrow();
        Golden.check(Golden.beside(file, ".txt"), WhatIfText.of(listed, inferred));
    }
}
