package io.jenkins.plugins.sluice.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What remains of a stage.
 *
 * @param artifacts patterns of files to keep, from the stage's directory
 * @param outputs values for later stages
 * @param outputFile a file of {@code NAME=value} lines with more such values
 * @param junit patterns of test results
 */
public record Keeps(
        List<Template> artifacts, Map<String, Template> outputs, Optional<String> outputFile, List<Template> junit) {
    /** Nothing. */
    static final Keeps NOTHING = new Keeps(List.of(), Map.of(), Optional.empty(), List.of());

    public Keeps {
        artifacts = List.copyOf(artifacts);
        outputs = Collections.unmodifiableMap(new LinkedHashMap<>(outputs));
        junit = List.copyOf(junit);
    }
}
