package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.Keeps;
import io.jenkins.plugins.sluice.model.Reference;
import io.jenkins.plugins.sluice.model.RepoPath;
import io.jenkins.plugins.sluice.model.Script;
import io.jenkins.plugins.sluice.model.Settings;
import io.jenkins.plugins.sluice.model.Template;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One attempt at a stage as a dialogue: it hands out one instruction at a time and takes its result back, until it knows how
 * the attempt ended. After a failed script the reports and the artifacts that are there are still taken. Not thread-safe.
 */
public final class StageProgram {
    private final PlannedStage stage;
    private final Map<String, Template> outputTemplates;
    private final Function<Reference, String> values;
    private final Deque<Instruction> ahead = new ArrayDeque<>();
    private final Set<String> missing = new LinkedHashSet<>();
    private final Map<String, String> outputs = new LinkedHashMap<>();
    private final List<KeptFile> kept = new ArrayList<>();
    private Optional<TestReport> tests = Optional.empty();
    private Outcome outcome = Outcome.SUCCEEDED;
    private String detail = "";
    private String cause = "";

    private StageProgram(PlannedStage stage, RunValues runValues) {
        this.stage = stage;
        this.outputTemplates = stage.stage().keeps().outputs();
        this.values = reference -> runValues.of(reference, stage).orElseGet(() -> {
            missing.add(reference.toString());
            return "";
        });
    }

    /**
     * The program of an attempt.
     *
     * @param carried the artifacts that the stage is owed and that are not in its workspace yet
     * @param env variables that the host adds
     * @param lastOfGroup whether no later stage works in the same workspace
     */
    public static StageProgram of(
            PlannedStage stage,
            RunValues values,
            List<KeptFile> carried,
            Map<String, String> env,
            boolean lastOfGroup) {
        StageProgram program = new StageProgram(stage, values);
        program.compose(carried, env, lastOfGroup);
        return program;
    }

    private void compose(List<KeptFile> carried, Map<String, String> hostEnv, boolean lastOfGroup) {
        if (!carried.isEmpty()) {
            ahead.add(new Instruction.RestoreArtifacts(carried));
        }
        stage.stage().work().steps().flatMap(s -> s.script()).ifPresent(script -> ahead.add(script(script, hostEnv)));
        Keeps keeps = stage.stage().keeps();
        if (!keeps.junit().isEmpty()) {
            ahead.add(new Instruction.PublishTests(patterns(keeps.junit())));
        }
        keeps.outputFile().ifPresent(file -> ahead.add(new Instruction.ReadFile(inDirectory(file))));
        if (!keeps.artifacts().isEmpty()) {
            ahead.add(new Instruction.KeepArtifacts(patterns(keeps.artifacts()), lastOfGroup));
        }
        if (!missing.isEmpty()) {
            ahead.clear();
            end(Outcome.ERRORED, "no value for " + String.join(", ", missing), "");
        }
    }

    private Instruction script(Script script, Map<String, String> hostEnv) {
        Settings settings = stage.stage().settings();
        ScriptText text = ScriptText.of(script, values);
        Map<String, String> env = new LinkedHashMap<>(hostEnv);
        settings.env().forEach((name, value) -> env.put(name, value.resolve(values)));
        env.putAll(text.variables());
        Optional<String> image =
                stage.stage().work().steps().flatMap(s -> s.image()).map(t -> t.resolve(values));
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
        return templates.stream().map(t -> inDirectory(t.resolve(values))).toList();
    }

    /** A path or pattern of the stage from the top of the workspace; one that leaves it matches nothing. */
    private String inDirectory(String path) {
        return RepoPath.resolve(stage.stage().settings().directory(), path).orElse("../" + path);
    }

    /** The next instruction; empty if the attempt is over and {@link #result} can be asked. */
    public Optional<Instruction> next() {
        return Optional.ofNullable(ahead.peek());
    }

    /** Takes the result of the instruction that {@link #next} gave. */
    public void take(InstructionResult result) {
        Instruction instruction = ahead.remove();
        if (result instanceof InstructionResult.Aborted aborted) {
            ahead.clear();
            end(Outcome.ABORTED, aborted.reason(), "");
        } else if (result instanceof InstructionResult.Broken broken) {
            ahead.clear();
            end(Outcome.ERRORED, broken.message(), "");
        } else if (result instanceof InstructionResult.TimedOut timedOut) {
            end(Outcome.FAILED, "timed out after " + Durations.words(timedOut.after()), "timeout");
        } else if (result instanceof InstructionResult.ScriptEnded ended && ended.exitCode() != 0) {
            end(Outcome.FAILED, "exit code " + ended.exitCode(), String.valueOf(ended.exitCode()));
        } else if (result instanceof InstructionResult.Kept found) {
            takeKept(found);
        } else if (result instanceof InstructionResult.TestsRead read) {
            takeTests(read);
        } else if (result instanceof InstructionResult.FileRead file) {
            takeOutputs(((Instruction.ReadFile) instruction).path(), file);
        }
    }

    private void takeKept(InstructionResult.Kept found) {
        kept.addAll(found.files());
        if (!found.unmatched().isEmpty()) {
            String instead = found.nearby().isEmpty()
                    ? "the directory is empty"
                    : "there is " + String.join(", ", found.nearby());
            end(Outcome.FAILED, "no artifact matches " + String.join(", ", found.unmatched()) + "; " + instead, "");
        }
    }

    private void takeTests(InstructionResult.TestsRead read) {
        tests = Optional.of(read.report());
        if (!read.unmatched().isEmpty()) {
            end(Outcome.FAILED, "no test report matches " + String.join(", ", read.unmatched()), "");
        }
    }

    private void takeOutputs(String path, InstructionResult.FileRead file) {
        if (file.text().isEmpty()) {
            end(Outcome.FAILED, "the outputs file " + path + " is not there", "");
            return;
        }
        OutputFile parsed = OutputFile.parse(path, file.text().get());
        outputs.putAll(parsed.values());
        parsed.problem().ifPresent(problem -> end(Outcome.FAILED, problem, ""));
    }

    /** The first thing that went wrong is what people are told. */
    private void end(Outcome ending, String why, String whatFor) {
        if (outcome == Outcome.SUCCEEDED) {
            outcome = ending;
            detail = why;
            cause = whatFor;
        }
    }

    /** How the attempt ended; ask when there is no instruction left. */
    public AttemptResult result() {
        if (outcome == Outcome.SUCCEEDED) {
            outputTemplates.forEach((name, template) -> outputs.put(name, template.resolve(values)));
            if (!missing.isEmpty()) {
                end(Outcome.ERRORED, "no value for " + String.join(", ", missing), "");
            }
        }
        return new AttemptResult(outcome, detail, cause, outputs, kept, tests);
    }
}
