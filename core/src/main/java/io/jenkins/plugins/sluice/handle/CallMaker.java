package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.model.Action;
import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.FileInstructionJson;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.RunValues;
import io.jenkins.plugins.sluice.run.StageRun;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The step for each instruction, and those around and after the work of stages. */
final class CallMaker {
    private static final Set<Action.Kind> CONTAINED =
            EnumSet.of(Action.Kind.BUILD, Action.Kind.RUN, Action.Kind.COPY, Action.Kind.PUBLISH);

    private final RunBasis basis;
    private final RunState state;
    private final RunValues values;
    private final Presence presence;

    CallMaker(RunBasis basis, RunState state, RunValues values, Presence presence) {
        this.basis = basis;
        this.state = state;
        this.values = values;
        this.presence = presence;
    }

    Call of(PlannedStage stage, Attempt attempt, Instruction instruction) {
        if (instruction instanceof Instruction.RunScript run) {
            return run.image().isEmpty()
                    ? ScriptCalls.of(run)
                    : containers(stage, attempt).script(run, attempt.told());
        }
        if (instruction instanceof Instruction.StartJob job) {
            return job(job);
        }
        if (instruction instanceof Instruction.SendMail mail) {
            return Call.of(
                    "mail",
                    Call.arguments("to", String.join(",", mail.to()), "subject", mail.subject(), "body", mail.body()));
        }
        Optional<String> files = FileInstructionJson.write(instruction);
        return files.isPresent() ? files(stage, instruction, files.get()) : contained(stage, attempt, instruction);
    }

    private static Call job(Instruction.StartJob job) {
        List<Map<String, Object>> parameters = new ArrayList<>();
        job.parameters()
                .forEach((name, value) ->
                        parameters.add(Call.arguments("$class", "StringParameterValue", "name", name, "value", value)));
        return Call.of(
                "build",
                Call.arguments("job", job.name(), "parameters", parameters, "wait", job.awaited(), "propagate", false));
    }

    /**
     * Files that are kept get a place among the artifacts of the build; those to restore are named with theirs. What is read is held
     * against the secrets of the stage.
     */
    private Call files(PlannedStage stage, Instruction instruction, String json) {
        Map<String, Object> arguments = Call.arguments("instruction", json);
        if (instruction instanceof Instruction.KeepArtifacts) {
            arguments.put("place", ArtifactPlace.of(stage));
        } else if (instruction instanceof Instruction.RestoreArtifacts restore) {
            arguments.put("sources", sources(restore.files()));
        }
        List<Credential> credentials = stage.stage().settings().credentials();
        if (instruction instanceof Instruction.ReadFile && !credentials.isEmpty()) {
            arguments.put("secrets", ScriptCalls.secretVariables(credentials));
            return ScriptCalls.withSecrets(Call.of(StepNames.FILES, arguments), credentials);
        }
        return Call.of(StepNames.FILES, arguments);
    }

    /** The files that a host of steps may show as test reports, as its step wants them; none if it would take them for others. */
    static Optional<String> reportFiles(Instruction instruction) {
        if (!(instruction instanceof Instruction.PublishTests tests)) {
            return Optional.empty();
        }
        boolean plain = tests.patterns().stream().noneMatch(pattern -> pattern.matches(".*[{},].*"));
        return plain ? Optional.of(String.join(",", tests.patterns())) : Optional.empty();
    }

    /** Shows test reports; what they say has been counted already. */
    static Call showReports(String files) {
        return Call.of(
                StepNames.JUNIT,
                Call.arguments("testResults", files, "allowEmptyResults", true, "skipMarkingBuildUnstable", true));
    }

    /** For each file the run and the place among its artifacts where its bytes are, as {@code run/place/path}. */
    private Map<String, String> sources(List<KeptFile> files) {
        Map<KeptFile, String> places = new LinkedHashMap<>();
        for (PlannedStage stage : state.plan().stages()) {
            StageRun run = state.stage(stage.number());
            run.lastResult().ifPresent(result -> result.kept().forEach(file -> {
                String of = run.taken().map(StageRun.Taken::run).orElse("");
                places.putIfAbsent(file, of + "/" + ArtifactPlace.of(stage) + "/" + file.path());
            }));
        }
        Map<String, String> sources = new LinkedHashMap<>();
        files.forEach(file -> sources.put(file.path(), places.getOrDefault(file, "")));
        return sources;
    }

    /** The step that lets a stage be stopped, if something may want that. */
    Optional<Call> stoppable(PlannedStage stage) {
        Call call = Call.of(StepNames.STOPPABLE, Call.arguments("stage", stage.number()));
        return state.plan().pipelineOf(stage).failFast() ? Optional.of(call) : Optional.empty();
    }

    /**
     * The step that holds the lock of a stage, if it has one.
     *
     * @param step the name of the step
     */
    Optional<Call> lock(PlannedStage stage, String step) {
        return stage.stage()
                .settings()
                .lock()
                .map(lock ->
                        lock.resolve(reference -> values.of(reference, stage).orElse("")))
                .map(lock -> Call.of(step, Call.arguments("resource", lock)));
    }

    /** The containers of an attempt. */
    private ContainerCalls containers(PlannedStage stage, Attempt attempt) {
        return containers(stage, "sluice-" + mark() + "-" + stage.number() + "-" + attempt.number());
    }

    private ContainerCalls containers(PlannedStage stage, String name) {
        return new ContainerCalls(mark(), groupMark(stage), name);
    }

    /** What images and containers of the run are labelled with: no other run of any host has the same. */
    private String mark() {
        return values.mark();
    }

    private String groupMark(PlannedStage stage) {
        return mark() + "-" + presence.group(stage.number());
    }

    /** The name of the container that an attempt runs next. */
    String container(PlannedStage stage, Attempt attempt) {
        return containers(stage, attempt).container(attempt.told());
    }

    private Call contained(PlannedStage stage, Attempt attempt, Instruction instruction) {
        Site site = basis.siteSettings();
        if (instruction instanceof Instruction.BuildImage build) {
            return new ImageCalls(mark(), groupMark(stage), site).build(build);
        }
        if (instruction instanceof Instruction.PushImage push) {
            return new ImageCalls(mark(), groupMark(stage), site).push(push);
        }
        if (instruction instanceof Instruction.RunImage run) {
            return containers(stage, attempt).run(run, attempt.told());
        }
        if (instruction instanceof Instruction.CopyFromContainer copy) {
            return containers(stage, attempt).copy(copy);
        }
        if (instruction instanceof Instruction.InstallChart chart) {
            return ChartCalls.install(chart, site.helm());
        }
        throw new IllegalArgumentException("no step is known for " + instruction);
    }

    /** What is to be done before the agent of some stages is given back. */
    List<Call> clearing(List<PlannedStage> stages) {
        boolean contained = stages.stream()
                .flatMap(stage -> stage.stage().work().actions().stream())
                .anyMatch(action -> CONTAINED.contains(action.kind()));
        return contained ? List.of(containers(stages.get(0), "").clear()) : List.of();
    }
}
