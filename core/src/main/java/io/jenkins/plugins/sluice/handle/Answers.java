package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.ResultJson;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the answers of steps, and their failures, mean for the instruction that they were taken for. */
final class Answers {
    private static final String FOREIGN = "foreign";

    private Answers() {}

    /**
     * What an answer means.
     *
     * @param container the name that a container has been given, if the instruction runs one
     */
    static InstructionResult of(
            Instruction instruction, @Nullable Object answer, String container, Controller controller) {
        if (instruction instanceof Instruction.RunScript) {
            return script(answer);
        }
        if (instruction instanceof Instruction.BuildImage) {
            return built(lines(answer));
        }
        if (instruction instanceof Instruction.RunImage run) {
            return ended(run, lines(answer), container);
        }
        if (instruction instanceof Instruction.CopyFromContainer copy) {
            return lines(answer).contains(FOREIGN)
                    ? new InstructionResult.WorkFailed("the container " + copy.container() + " is not one of this run")
                    : new InstructionResult.Done();
        }
        if (instruction instanceof Instruction.PushImage push) {
            return pushed(push, lines(answer));
        }
        if (instruction instanceof Instruction.StartJob) {
            return started(answer, controller);
        }
        boolean quiet = instruction instanceof Instruction.SendMail || instruction instanceof Instruction.InstallChart;
        return quiet ? new InstructionResult.Done() : ResultJson.read(String.valueOf(answer));
    }

    /** A negative number is what Jenkins says if the process was gone before it wrote down how it ended. */
    private static InstructionResult script(@Nullable Object answer) {
        int code = answer instanceof Number number ? number.intValue() : Integer.MIN_VALUE;
        return code >= 0
                ? new InstructionResult.ScriptEnded(code)
                : new InstructionResult.Broken("the end of the script was not seen (" + answer + ")");
    }

    private static List<String> lines(@Nullable Object answer) {
        return String.valueOf(answer).strip().lines().toList();
    }

    private static InstructionResult built(List<String> lines) {
        String id = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        return new InstructionResult.ImageBuilt(id.startsWith("sha256:") ? id : "sha256:" + id);
    }

    private static InstructionResult ended(Instruction.RunImage run, List<String> lines, String container) {
        String first = lines.isEmpty() ? "" : lines.get(0);
        if (first.equals(FOREIGN)) {
            return foreign(run.image());
        }
        String[] words = first.split(" ", -1);
        boolean neverStarted = words.length > 1 && words[1].equals("created") && words[0].matches("126|127");
        if (words.length == 3 && words[1].equals("exited") && words[2].matches("\\d+")) {
            return new InstructionResult.ContainerEnded(
                    container, Integer.parseInt(words[2]), String.join("\n", lines.subList(1, lines.size())));
        }
        return neverStarted
                ? new InstructionResult.ContainerEnded(container, Integer.parseInt(words[0]), "")
                : new InstructionResult.Broken("the container could not be run");
    }

    private static InstructionResult foreign(String image) {
        return new InstructionResult.WorkFailed("the image " + image + " was not built in this run");
    }

    private static InstructionResult pushed(Instruction.PushImage push, List<String> lines) {
        if (lines.contains(FOREIGN)) {
            return foreign(push.image());
        }
        String digest = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        return digest.startsWith("sha256:")
                ? new InstructionResult.ImagePushed(digest)
                : new InstructionResult.Broken("docker does not say what digest the image has in the registry");
    }

    private static InstructionResult started(@Nullable Object answer, Controller controller) {
        Map<String, String> job = answer == null ? Map.of() : controller.job(answer);
        String result = job.getOrDefault("result", "");
        boolean well = result.isEmpty() || result.equals("SUCCESS");
        return new InstructionResult.JobStarted(
                well ? Optional.empty() : Optional.of(result + " (" + job.getOrDefault("url", "") + ")"));
    }

    /**
     * What a failure means.
     *
     * @param stopped why the stage is to end, if it is
     */
    static InstructionResult of(Instruction instruction, Failure failure, Optional<String> stopped) {
        return switch (failure.kind()) {
            case TIMED_OUT -> new InstructionResult.TimedOut(limit(instruction));
            case ABORTED, STOPPED, SUPERSEDED, REJECTED ->
                new InstructionResult.Aborted(stopped.orElse(failure.words()));
            case AGENT_LOST -> new InstructionResult.AgentLost(failure.words());
            case EXITED -> exited(instruction, failure.exitCode());
            case BROKEN -> new InstructionResult.Broken(failure.words());
        };
    }

    private static InstructionResult exited(Instruction instruction, int code) {
        if (code < 0) {
            return script(code);
        }
        String what = instruction instanceof Instruction.BuildImage
                ? "the build failed"
                : instruction instanceof Instruction.PushImage
                        ? "the image could not be pushed"
                        : instruction instanceof Instruction.CopyFromContainer
                                ? "it could not be copied"
                                : "helm failed";
        return new InstructionResult.WorkFailed(what + " with exit code " + code);
    }

    private static Duration limit(Instruction instruction) {
        Optional<Duration> limit = Optional.empty();
        if (instruction instanceof Instruction.RunScript run) {
            limit = run.timeout();
        } else if (instruction instanceof Instruction.BuildImage build) {
            limit = build.timeout();
        } else if (instruction instanceof Instruction.RunImage run) {
            limit = run.timeout();
        } else if (instruction instanceof Instruction.InstallChart chart) {
            limit = Optional.of(chart.timeout());
        }
        return limit.orElse(Duration.ZERO);
    }
}
