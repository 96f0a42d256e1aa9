package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.config.ConfigMap;
import io.jenkins.plugins.sluice.config.ConfigScalar;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.Optional;

/** Reads {@code fetch} of a pipeline. */
final class FetchReader {
    private FetchReader() {}

    static Fetch read(ConfigMap pipeline, Problems problems) {
        ConfigMap map = pipeline.map("fetch").orElse(ConfigMap.empty(pipeline));
        Fetch fetch = new Fetch(flag(map, "shallow"), map.number("depth"), flag(map, "submodules"), flag(map, "tags"));
        if (!fetch.isShallow()) {
            map.get("depth")
                    .ifPresent(depth -> problems.add(ProblemCode.CONFLICTING_KEYS.warningAt(
                            depth.place(),
                            "depth",
                            "shallow: false",
                            "the whole history is fetched; remove the one that you do not mean")));
        }
        return fetch;
    }

    private static Optional<Boolean> flag(ConfigMap map, String key) {
        return map.scalar(key)
                .filter(scalar -> scalar.kind() == ConfigScalar.Kind.BOOLEAN)
                .map(scalar -> scalar.text().equalsIgnoreCase("true"));
    }
}
