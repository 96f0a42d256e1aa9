package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.Action;
import io.jenkins.plugins.sluice.model.Keeps;
import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.Script;
import io.jenkins.plugins.sluice.model.Settings;
import io.jenkins.plugins.sluice.model.Template;
import io.jenkins.plugins.sluice.model.UnfitValueException;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One attempt at a stage as a dialogue: it hands out one instruction at a time and takes its result back, until it knows how
 * the attempt ended. The script comes first, then the actions in PipelineLib's order. After a failure the reports and the
 * artifacts that are there are still taken, and people are told who want to be. Not thread-safe.
 */
public final class StageProgram {
    private final StageContext context;
    private final Map<String, String> hostEnv;
    private Optional<Instruction> current = Optional.empty();
    private Step step = Step.of(() -> {});
    private Optional<TestReport> tests = Optional.empty();

    private StageProgram(StageContext context, Map<String, String> hostEnv) {
        this.context = context;
        this.hostEnv = new LinkedHashMap<>(hostEnv);
    }

    /**
     * The program of an attempt.
     *
     * @param carried the artifacts that the stage is owed and that are not in its workspace yet
     * @param env variables that the host adds to those of every script
     * @param lastOfGroup whether no later stage works in the same workspace
     */
    public static StageProgram of(
            PlannedStage stage,
            RunValues values,
            List<KeptFile> carried,
            Map<String, String> env,
            boolean lastOfGroup) {
        StageProgram program = new StageProgram(new StageContext(stage, values), env);
        program.compose(carried, lastOfGroup);
        return program;
    }

    private void compose(List<KeptFile> carried, boolean lastOfGroup) {
        if (!carried.isEmpty()) {
            add(new Instruction.RestoreArtifacts(carried), result -> {}, Step.Due.WHILE_WELL);
        }
        PlannedStage stage = context.stage;
        stage.stage().work().steps().flatMap(s -> s.script()).ifPresent(script -> addScript(script(script)));
        stage.stage().work().actions().stream()
                .filter(action -> action.kind() != Action.Kind.NOTIFY)
                .forEach(action -> context.add(ActionSteps.of(action, context)));
        keep(stage.stage().keeps(), lastOfGroup);
        stage.stage().work().actions().stream()
                .filter(action -> action.kind() == Action.Kind.NOTIFY)
                .forEach(action -> context.add(ActionSteps.of(action, context)));
        if (context.lacksValues()) {
            context.giveUp();
        }
    }

    private void keep(Keeps keeps, boolean lastOfGroup) {
        if (!keeps.junit().isEmpty()) {
            add(new Instruction.PublishTests(patterns(keeps.junit())), this::takeTests, Step.Due.AFTER_FAILURE);
        }
        keeps.outputFile()
                .map(context::inDirectory)
                .ifPresent(file -> add(
                        new Instruction.ReadFile(file), result -> takeOutputs(file, result), Step.Due.AFTER_FAILURE));
        if (!keeps.artifacts().isEmpty()) {
            add(
                    new Instruction.KeepArtifacts(patterns(keeps.artifacts()), lastOfGroup),
                    this::takeKept,
                    Step.Due.AFTER_FAILURE);
        }
    }

    private void add(Instruction instruction, Consumer<InstructionResult> end, Step.Due due) {
        context.add(new Step(() -> Optional.of(instruction), end, due));
    }

    /** The image is known only now, so it is held against the policy here. */
    private void addScript(Instruction.RunScript script) {
        context.add(Step.of(
                () -> {
                    script.image().ifPresent(image -> {
                        context.checkAllowed(Policy.Kind.IMAGE, image);
                        context.checkAllowed(Policy.Kind.REGISTRY, image);
                    });
                    return script;
                },
                result -> {}));
    }

    private Instruction.RunScript script(Script script) {
        Settings settings = context.stage.stage().settings();
        ScriptText text = ScriptText.of(script, context::value);
        Map<String, String> env = new LinkedHashMap<>();
        settings.env().forEach((name, value) -> env.put(name, context.text(value)));
        env.putAll(text.variables());
        Optional<String> image =
                context.stage.stage().work().steps().flatMap(s -> s.image()).map(context::text);
        return new Instruction.RunScript(
                script.shell(),
                text.text(),
                env,
                settings.credentials(),
                image,
                settings.directory(),
                settings.timeout());
    }

    private List<String> patterns(List<Template> templates) {
        return templates.stream().map(t -> context.inDirectory(context.text(t))).toList();
    }

    /** The next instruction; empty if the attempt is over and {@link #result} can be asked. */
    public Optional<Instruction> next() {
        while (current.isEmpty()) {
            Optional<Step> next = context.nextStep();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            step = next.get();
            current = begin(step);
        }
        return current;
    }

    private Optional<Instruction> begin(Step turn) {
        try {
            Optional<Instruction> instruction = turn.begin().get();
            return context.lacksValues() ? Optional.empty() : instruction.map(this::inHostEnv);
        } catch (UnfitValueException e) {
            context.fail(e.why());
            return Optional.empty();
        }
    }

    private Instruction inHostEnv(Instruction instruction) {
        if (!(instruction instanceof Instruction.RunScript script)) {
            return instruction;
        }
        Map<String, String> env = new LinkedHashMap<>(hostEnv);
        env.putAll(script.env());
        return script.with(env);
    }

    /**
     * Takes the result of the instruction that {@link #next} gave.
     *
     * @throws IllegalStateException if there is no such instruction
     */
    public void take(InstructionResult result) {
        if (current.isEmpty()) {
            throw new IllegalStateException("nobody was told to do anything");
        }
        current = Optional.empty();
        if (result instanceof InstructionResult.Aborted aborted) {
            context.giveUp();
            context.end(Outcome.ABORTED, aborted.reason(), "");
        } else if (result instanceof InstructionResult.AgentLost lost) {
            context.giveUpWork();
            context.end(Outcome.ERRORED, lost.reason(), AttemptResult.AGENT_LOST);
        } else if (step.due() == Step.Due.AT_LAST) {
            hand(result);
        } else if (result instanceof InstructionResult.Broken broken) {
            context.end(Outcome.ERRORED, broken.message(), "");
            context.giveUpWork();
        } else if (result instanceof InstructionResult.TimedOut timedOut) {
            context.end(Outcome.FAILED, "timed out after " + Durations.words(timedOut.after()), "timeout");
        } else if (result instanceof InstructionResult.ScriptEnded ended && ended.exitCode() != 0 && !step.judges()) {
            context.end(Outcome.FAILED, "exit code " + ended.exitCode(), String.valueOf(ended.exitCode()));
        } else if (result instanceof InstructionResult.WorkFailed failed) {
            context.fail(failed.why());
        } else {
            hand(result);
        }
    }

    private void hand(InstructionResult result) {
        try {
            step.end().accept(result);
        } catch (UnfitValueException e) {
            context.fail(e.why());
        }
    }

    private void takeKept(InstructionResult result) {
        InstructionResult.Kept found = (InstructionResult.Kept) result;
        context.kept.addAll(found.files());
        if (!found.unmatched().isEmpty()) {
            String instead = found.nearby().isEmpty()
                    ? "the directory is empty"
                    : "there is " + String.join(", ", found.nearby());
            context.fail("no artifact matches " + String.join(", ", found.unmatched()) + "; " + instead);
        }
    }

    private void takeTests(InstructionResult result) {
        InstructionResult.TestsRead read = (InstructionResult.TestsRead) result;
        tests = Optional.of(read.report());
        if (!read.unmatched().isEmpty()) {
            context.fail("no test report matches " + String.join(", ", read.unmatched()));
        }
    }

    private void takeOutputs(String path, InstructionResult result) {
        InstructionResult.FileRead file = (InstructionResult.FileRead) result;
        if (file.text().isEmpty()) {
            context.fail("the outputs file " + path + " is not there");
            return;
        }
        OutputFile parsed = OutputFile.parse(path, file.text().get());
        context.outputs.putAll(parsed.values());
        parsed.problem().ifPresent(context::fail);
    }

    /** How the attempt ended; ask when there is no instruction left. */
    public AttemptResult result() {
        if (context.isWell()) {
            context.stage
                    .stage()
                    .keeps()
                    .outputs()
                    .forEach((name, template) -> context.outputs.put(name, context.text(template)));
            context.lacksValues();
        }
        return new AttemptResult(
                context.outcome(), context.detail(), context.cause(), context.outputs, context.kept, tests);
    }
}
