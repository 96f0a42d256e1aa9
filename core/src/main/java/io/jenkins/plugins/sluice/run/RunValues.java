package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.Pipeline;
import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.Reference;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.model.StageRef;
import io.jenkins.plugins.sluice.model.Target;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.model.Value;
import io.jenkins.plugins.sluice.model.Work;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** What references stand for in a run. Reads the state as it is at the time of asking. */
public final class RunValues {
    /**
     * Values that the host knows when the run begins.
     *
     * @param setup {@code ${setup.…}}, parameters as {@code params.NAME}
     * @param run {@code ${run.…}}: id, number, url
     * @param policy what the repository may do, for names that are known only now
     */
    public record Facts(Map<String, String> setup, Map<String, String> run, Trigger trigger, Site site, Policy policy) {
        /** Without a policy. */
        public Facts(Map<String, String> setup, Map<String, String> run, Trigger trigger, Site site) {
            this(setup, run, trigger, site, Policy.OPEN);
        }

        /** Without settings of a site. */
        public Facts(Map<String, String> setup, Map<String, String> run, Trigger trigger) {
            this(setup, run, trigger, Site.NONE);
        }

        public Facts {
            setup = Collections.unmodifiableMap(new LinkedHashMap<>(setup));
            run = Collections.unmodifiableMap(new LinkedHashMap<>(run));
        }
    }

    private final RunState state;
    private final Facts facts;
    private final Function<PlannedStage, String> places;
    private final Map<StageRef, List<PlannedStage>> copies = new HashMap<>();

    public RunValues(RunState state, Facts facts) {
        this(state, facts, stage -> "");
    }

    /**
     * Of a host that keeps the files of each stage apart.
     *
     * @param places the directory among the artifacts where those of a stage are; empty for none
     */
    public RunValues(RunState state, Facts facts, Function<PlannedStage, String> places) {
        this.state = state;
        this.facts = facts;
        this.places = places;
        state.plan().stages().forEach(s -> copies.computeIfAbsent(s.ref(), r -> new ArrayList<>())
                .add(s));
    }

    public ExecutionPlan plan() {
        return state.plan();
    }

    /** The id of the run. */
    public String runId() {
        return facts.run().getOrDefault("id", "");
    }

    Site site() {
        return facts.site();
    }

    Policy policy() {
        return facts.policy();
    }

    /** A value of {@code ${run.…}}. */
    String run(String key) {
        return facts.run().getOrDefault(key, "");
    }

    /** What is known of what started the run; empty text if it is unknown. */
    String trigger(String name) {
        return facts.trigger().fact(name);
    }

    /** The environment of the run. */
    Map<String, String> environment() {
        return facts.trigger().env();
    }

    /** A value of {@code ${setup.…}}. */
    String setup(String key) {
        return facts.setup().getOrDefault(key, "");
    }

    /** The number of the attempt that is at work. */
    int attempt(PlannedStage stage) {
        return Math.max(1, state.stage(stage.number()).attempts().size());
    }

    /** Whether another attempt follows one that ends so. */
    boolean isTriedAgain(PlannedStage stage, Outcome outcome, String cause) {
        return outcome.isTrouble()
                && outcome != Outcome.ABORTED
                && stage.stage().flow().retry().after(attempt(stage), cause).isPresent();
    }

    /** A name for what an attempt makes outside of its workspace, that no other attempt of any run has. */
    String uniqueName(PlannedStage stage) {
        String what = facts.run().getOrDefault("url", "") + "\0" + facts.setup().getOrDefault("timestamp", "") + "\0"
                + stage.id() + "\0" + attempt(stage);
        return Sha256.hex(what).substring(0, 16);
    }

    /** What images and containers are labelled with, that no other run of any host has. */
    public String mark() {
        String what = facts.run().getOrDefault("url", "") + "\0" + facts.setup().getOrDefault("timestamp", "");
        return Sha256.hex(what).substring(0, 16);
    }

    /** Where people find a file that a stage keeps with the run. */
    String artifactAddress(PlannedStage stage, KeptFile file) {
        String place = places.apply(stage);
        return facts.run().getOrDefault("url", "") + "artifact/" + (place.isEmpty() ? "" : place + "/") + file.path();
    }

    /** What images that a stage builds are labelled with. */
    Map<String, String> imageLabels(PlannedStage stage) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("ci.project", setup("project"));
        labels.put("ci.pipeline", stage.ref().pipeline());
        labels.put("org.opencontainers.image.revision", setup("commit"));
        labels.put("org.opencontainers.image.source", setup("remote"));
        labels.put("zuul.commit", environment().getOrDefault("ZUUL_COMMIT", ""));
        labels.values().removeIf(String::isEmpty);
        return labels;
    }

    /**
     * The value of a reference, its default if the value is missing or empty; empty if there is neither value nor default.
     * As in PipelineLib an empty value without a default is an empty text.
     */
    public Optional<String> of(Reference reference, PlannedStage from) {
        Pipeline home = plan().pipelineOf(from);
        Optional<String> value = Target.of(reference, home, plan().file()).flatMap(target -> value(target, from));
        return value.filter(v -> !v.isEmpty()).or(reference::fallback).or(() -> value);
    }

    private Optional<String> value(Target target, PlannedStage from) {
        if (target instanceof Target.Own own) {
            return own.key().equals("stage") ? Optional.of(from.stage().name()) : Optional.empty();
        }
        if (target instanceof Target.OfRun ofRun) {
            return ofRun.namespace().equals("gate")
                    ? ofGate(ofRun.key(), from)
                    : Optional.ofNullable(ofRun(ofRun, from).get(ofRun.key()));
        }
        Target.Output output = (Target.Output) target;
        if (output.key().equals("stage")) {
            return Optional.of(output.stage().stage());
        }
        return seen(output.stage(), from)
                .flatMap(stage -> state.stage(stage.number()).lastResult())
                .map(result -> result.outputs().get(output.key()));
    }

    private Map<String, String> ofRun(Target.OfRun target, PlannedStage from) {
        return switch (target.namespace()) {
            case "setup" -> ofSetup(from);
            case "run" -> facts.run();
            case "trigger" -> known(facts.trigger());
            case "matrix" -> from.matrix();
            default -> Map.of();
        };
    }

    /** Of the nearest gate of the file before the stage that has such a value; of gates side by side the one that comes last in the file. */
    private Optional<String> ofGate(String key, PlannedStage from) {
        Set<Integer> seen = new HashSet<>();
        NavigableSet<Integer> level = new TreeSet<>(from.needs());
        while (!level.isEmpty()) {
            NavigableSet<Integer> above = new TreeSet<>();
            for (int number : level.descendingSet()) {
                PlannedStage stage = plan().stage(number);
                Work work = stage.stage().work();
                Optional<String> value = work.gate().isEmpty() || work.rule().isPresent()
                        ? Optional.empty()
                        : state.stage(number).lastResult().map(result -> result.outputs()
                                .get(key));
                if (value.isPresent()) {
                    return value;
                }
                if (seen.add(number)) {
                    above.addAll(stage.needs());
                }
            }
            level = above;
        }
        return Optional.empty();
    }

    private Map<String, String> ofSetup(PlannedStage from) {
        Map<String, String> setup = new LinkedHashMap<>(facts.setup());
        setup.put("pipeline", from.ref().pipeline());
        setup.put("imageLabels", Value.text(imageLabels(from)));
        return setup;
    }

    /** What is not known of the trigger is an empty text: a local run has no change number, but the name is right. */
    private static Map<String, String> known(Trigger trigger) {
        Map<String, String> all = new LinkedHashMap<>();
        Trigger.NAMES.forEach(name -> all.put(name, trigger.fact(name)));
        return all;
    }

    private Optional<PlannedStage> seen(StageRef ref, PlannedStage from) {
        List<PlannedStage> all = copies.getOrDefault(ref, List.of());
        return all.stream()
                .filter(s -> s.pipeline().equals(from.pipeline()))
                .findFirst()
                .or(() -> all.stream().findFirst());
    }
}
