package io.jenkins.plugins.sluice.cli.picture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plans to draw. */
final class Plans {
    private static final Trigger TRIGGER = new Trigger(
            Map.of("branch", "main", "event", "push"), Optional.of(List.of("services/web/index.js")), Map.of());

    private Plans() {}

    static ExecutionPlan of(String yaml) {
        Problems problems = new Problems();
        Optional<PipelineFile> file = ModelReader.read(".pipeline/config.yaml", yaml.getBytes(UTF_8), problems);
        assertThat(problems.list()).as(yaml).isEmpty();
        return Planner.plan(file.orElseThrow(), TRIGGER);
    }

    static ExecutionPlan empty() {
        ExecutionPlan some = chain(1);
        return Planner.plan(Planner.select(some.file(), List.of("nope")), TRIGGER);
    }

    static ExecutionPlan chain(int stages) {
        return pipeline(IntStream.range(0, stages), i -> "name: s" + i + ", script: x");
    }

    static ExecutionPlan fan(int width) {
        String all = IntStream.rangeClosed(1, width).mapToObj(i -> "s" + i).collect(Collectors.joining(", "));
        return pipeline(
                IntStream.rangeClosed(0, width + 1),
                i -> "name: s" + i + ", script: x, needs: [" + (i == 0 ? "" : i <= width ? "s0" : all) + "]");
    }

    private static ExecutionPlan pipeline(IntStream numbers, IntFunction<String> stage) {
        return of(numbers.mapToObj(i -> "      - {" + stage.apply(i) + "}\n")
                .collect(Collectors.joining("", "version: 1\npipelines:\n  p:\n    stages:\n", "")));
    }

    /** Everything that a picture shows, at random: agents, gates, matrices, shared workspaces, needs between pipelines. */
    static ExecutionPlan random(long seed, int pipelines, int stages) {
        Random random = new Random(seed);
        StringBuilder yaml = new StringBuilder("version: 1\npipelines:\n");
        for (int p = 0; p < pipelines; p++) {
            yaml.append("  p").append(p).append(":\n");
            if (random.nextInt(3) == 0) {
                yaml.append("    workspace: shared\n");
            }
            if (p > 0 && random.nextInt(3) == 0) {
                yaml.append("    needs: [p").append(random.nextInt(p)).append("]\n");
            }
            if (random.nextInt(6) == 0) {
                yaml.append("    matrix: {os: [a, b]}\n");
            }
            yaml.append("    stages:\n");
            for (int s = 0; s < stages; s++) {
                yaml.append("      - {").append(stage(random, p, s)).append("}\n");
            }
        }
        return of(yaml.toString());
    }

    private static String stage(Random random, int pipeline, int stage) {
        StringJoiner keys = new StringJoiner(", ");
        keys.add("name: s" + stage);
        keys.add(needs(random, pipeline, stage));
        boolean gate = random.nextInt(10) == 0;
        keys.add(gate ? "gate: {message: 'Go?'}" : "script: x");
        if (!gate && random.nextBoolean()) {
            keys.add("agent: " + (random.nextInt(3) == 0 ? "windows" : "linux"));
        }
        if (!gate && random.nextInt(4) == 0) {
            keys.add("image: 'registry.example.org/a/rather/long/name:" + random.nextInt(1000) + "'");
        }
        if (!gate && random.nextInt(12) == 0) {
            keys.add("matrix: {browser: [firefox, chromium, webkit]}");
        }
        if (random.nextInt(12) == 0) {
            keys.add("when: {tag: true}");
        }
        return keys.toString();
    }

    private static String needs(Random random, int pipeline, int stage) {
        StringJoiner needs = new StringJoiner(", ", "needs: [", "]");
        int count = random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(3);
        random.ints(count, Math.max(0, stage - 8), Math.max(1, stage))
                .distinct()
                .filter(s -> s < stage)
                .forEach(s -> needs.add("s" + s));
        if (pipeline > 0 && random.nextInt(15) == 0) {
            needs.add("p" + random.nextInt(pipeline) + "/s" + random.nextInt(3));
        }
        return needs.toString();
    }
}
