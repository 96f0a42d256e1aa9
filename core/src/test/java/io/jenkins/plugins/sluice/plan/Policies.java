package io.jenkins.plugins.sluice.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.sluice.model.Enforcement;
import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.PolicyReader;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.Problems;
import java.nio.charset.StandardCharsets;

/** Files and policies for tests, from texts without a problem. */
public final class Policies {
    private Policies() {}

    public static Policy policy(String text) {
        Problems problems = new Problems();
        Policy policy = PolicyReader.read("policy.yaml", text.getBytes(StandardCharsets.UTF_8), problems);
        assertThat(problems.list()).isEmpty();
        return policy;
    }

    public static PipelineFile file(String text) {
        Problems problems = new Problems();
        PipelineFile file = ModelReader.read(".pipeline/config.yaml", text.getBytes(StandardCharsets.UTF_8), problems)
                .orElseThrow();
        assertThat(problems.list()).noneMatch(Problem::isError);
        return file;
    }

    public static ExecutionPlan plan(PipelineFile file, Policy policy) {
        return Planner.plan(Enforcement.of(file, policy), Trigger.unknown());
    }

    public static ExecutionPlan plan(String file, String policy) {
        return plan(file(file), policy(policy));
    }
}
