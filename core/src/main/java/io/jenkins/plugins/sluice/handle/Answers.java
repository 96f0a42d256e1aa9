package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.ResultJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What the answers of steps, and their failures, mean for the instruction that they were taken for. */
final class Answers {
    private static final String FOREIGN = "foreign";
    private static final InstructionResult NOT_RUN = new InstructionResult.Broken("the container could not be run");

    private Answers() {}

    /**
     * What an answer means.
     *
     * @param container the name that a container has been given, if the instruction runs one
     */
    static InstructionResult of(
            Instruction instruction, @Nullable Object answer, String container, Controller controller) {
        if (instruction instanceof Instruction.RunScript run) {
            return run.image().isEmpty() ? script(answer) : contained(lines(answer));
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
        OptionalInt code = exitCode(first);
        return code.isPresent()
                ? new InstructionResult.ContainerEnded(
                        container, code.getAsInt(), String.join("\n", lines.subList(1, lines.size())))
                : NOT_RUN;
    }

    private static InstructionResult contained(List<String> lines) {
        OptionalInt code = lines.isEmpty() ? OptionalInt.empty() : exitCode(lines.get(0));
        return code.isPresent() ? new InstructionResult.ScriptEnded(code.getAsInt()) : NOT_RUN;
    }

    /**
     * What a container ended with, by a line such as {@code 3 exited 3}; none if it did not end. The first number is docker's own:
     * it tells by 126 and 127 that there is no such command in the image.
     */
    private static OptionalInt exitCode(String line) {
        String[] words = line.split(" ", -1);
        if (words.length == 3 && words[1].equals("exited") && words[2].matches("\\d+")) {
            return OptionalInt.of(Integer.parseInt(words[2]));
        }
        boolean noSuchCommand = words.length > 1 && words[1].equals("created") && words[0].matches("126|127");
        return noSuchCommand ? OptionalInt.of(Integer.parseInt(words[0])) : OptionalInt.empty();
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
        StartedJob job = answer == null ? StartedJob.UNKNOWN : controller.job(answer);
        return new InstructionResult.JobStarted(job.trouble());
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
        if (instruction instanceof Instruction.RunImage && code == KeptSecrets.EXIT_CODE) {
            return new InstructionResult.WorkFailed(KeptSecrets.words("the stage"));
        }
        if (instruction instanceof Instruction.RunScript || instruction instanceof Instruction.RunImage) {
            return NOT_RUN;
        }
        return new InstructionResult.WorkFailed(broken(instruction) + " with exit code " + code);
    }

    private static String broken(Instruction instruction) {
        if (instruction instanceof Instruction.BuildImage) {
            return "the build failed";
        }
        if (instruction instanceof Instruction.PushImage) {
            return "the image could not be pushed";
        }
        return instruction instanceof Instruction.CopyFromContainer ? "it could not be copied" : "helm failed";
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
