package io.jenkins.plugins.sluice.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.List;

/** Plans for tests, from the stages of a pipeline {@code p}. */
final class Plans {
    private Plans() {}

    /** A plan of one pipeline; each line is a stage in YAML's flow style without the braces. */
    static ExecutionPlan of(String... stages) {
        return with("", stages);
    }

    /** The same with keys of the pipeline, each line ended. */
    static ExecutionPlan with(String pipelineKeys, String... stages) {
        StringBuilder text = new StringBuilder("version: 1\npipelines:\n  p:\n");
        pipelineKeys.lines().forEach(line -> text.append("    ").append(line).append('\n'));
        text.append("    stages:\n");
        List.of(stages).forEach(stage -> text.append("      - {").append(stage).append("}\n"));
        return parse(text.toString());
    }

    static ExecutionPlan parse(String text) {
        Problems problems = new Problems();
        ExecutionPlan plan = Planner.plan(
                ModelReader.read("config.yaml", text.getBytes(UTF_8), problems).orElseThrow(), Trigger.unknown());
        if (problems.hasErrors()) {
            throw new IllegalArgumentException(problems.list().toString());
        }
        return plan;
    }
}
