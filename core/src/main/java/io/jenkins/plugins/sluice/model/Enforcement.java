package io.jenkins.plugins.sluice.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Puts into a file what an administrator's policy asks for, so that whoever plans it cannot tell the difference: defaults where
 * the file says nothing, and gates before the stages that they guard.
 *
 * <p>A gate needs what its stage needs, has its {@code runs}, and becomes one more need of the stage, which keeps those that it
 * has. So the order of all other stages is the same with and without it. It is one gate for all copies that a matrix of the
 * stage makes, and one for each copy of the pipeline.
 */
public final class Enforcement {
    private final Policy policy;

    private Enforcement(Policy policy) {
        this.policy = policy;
    }

    /** The file as the policy has it; to be done once, after pipelines were selected and before it is planned. */
    public static PipelineFile of(PipelineFile file, Policy policy) {
        if (policy.bounds().equals(Policy.Bounds.NONE) && policy.gates().isEmpty()) {
            return file;
        }
        Enforcement enforcement = new Enforcement(policy);
        Map<String, Pipeline> pipelines = new LinkedHashMap<>();
        file.byName().forEach((name, pipeline) -> pipelines.put(name, enforcement.pipeline(pipeline)));
        return new PipelineFile(file.file(), file.dialect(), pipelines);
    }

    private Pipeline pipeline(Pipeline pipeline) {
        Set<String> taken = new HashSet<>(pipeline.byName().keySet());
        List<Stage> stages = new ArrayList<>();
        for (Stage written : pipeline.stages()) {
            Stage stage = bounded(written);
            List<Need> gates = new ArrayList<>();
            for (PolicyGate rule : policy.gates()) {
                if (rule.guards(stage)) {
                    String name = free(rule.name() + "-" + stage.name(), taken);
                    stages.add(gate(name, rule, stage));
                    gates.add(new Need(new StageRef(pipeline.name(), name), stage.place()));
                }
            }
            stages.add(stage.withMoreNeeds(gates));
        }
        return pipeline.withStages(stages);
    }

    /** The name, or the first of {@code name-2}, {@code name-3} … that is not taken; it is then. */
    static String free(String name, Set<String> taken) {
        String free = name;
        for (int number = 2; !taken.add(free); number++) {
            free = name + "-" + number;
        }
        return free;
    }

    private Stage bounded(Stage stage) {
        if (!stage.work().holdsAgent()) {
            return stage;
        }
        Settings settings = stage.settings();
        Optional<Duration> timeout = settings.timeout().or(() -> policy.bounds().otherwise());
        String agent = settings.agent().isEmpty() ? policy.bounds().agent() : settings.agent();
        return stage.withSettings(settings.withTimeout(timeout).withAgent(agent));
    }

    private static Stage gate(String name, PolicyGate rule, Stage stage) {
        return new Stage(
                name,
                stage.place(),
                new Work.Decision(rule.question(), Optional.of(rule.name())),
                Settings.ofGate(stage.settings().directory()),
                Flow.ofGate(stage.flow().needs(), stage.flow().runs()),
                Keeps.NOTHING);
    }
}
