package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.cli.process.Ending;
import io.jenkins.plugins.sluice.cli.process.Invocation;
import io.jenkins.plugins.sluice.cli.process.OutputSink;
import io.jenkins.plugins.sluice.cli.process.Patience;
import io.jenkins.plugins.sluice.cli.process.ProcessRunner;
import io.jenkins.plugins.sluice.run.InstructionResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The talk of one attempt with an engine. All of it ends when the runner is stopped, but for what must be tidied up.
 *
 * @param token of the run
 * @param log takes what the engine has to say about the work
 */
record Session(Engine engine, String token, ProcessRunner runner, OutputSink log) {

    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(60);
    private static final int LINES = 500;

    /** Has something done, with the output in the log. */
    Answer tell(Invocation order, Optional<Duration> limit) throws IOException {
        LastLines lines = new LastLines(LINES, log);
        Patience patience = limit.map(Patience.UNLIMITED::withTimeout).orElse(Patience.UNLIMITED);
        return new Answer(runner.run(order, patience, lines), lines.lines());
    }

    /** Has something done that takes its time, without its output in the log unless it fails. */
    Answer tellQuietly(Invocation order) throws IOException {
        LastLines lines = new LastLines(LINES);
        Answer answer = new Answer(runner.run(order, Patience.UNLIMITED, lines), lines.lines());
        if (!answer.isYes()) {
            answer.lines().forEach(log::line);
        }
        return answer;
    }

    /** Asks something; nobody else hears of it. */
    Answer ask(Invocation question) throws IOException {
        LastLines lines = new LastLines(LINES);
        return new Answer(runner.run(question, Patience.UNLIMITED.withTimeout(LONGEST_ANSWER), lines), lines.lines());
    }

    Answer ask(String... question) throws IOException {
        return ask(engine.program().call(question));
    }

    /** Has something tidied up, also if everything else was stopped; whether that works is seen later. */
    Answer tidy(String... order) throws IOException {
        return new Session(engine, token, new ProcessRunner(), log).ask(order);
    }

    /** Why something did not come to an end by itself; empty if it did. */
    Optional<InstructionResult> cutOff(Answer answer) {
        if (answer.ending() instanceof Ending.TimedOut timedOut) {
            return Optional.of(new InstructionResult.TimedOut(timedOut.after()));
        }
        return answer.ending() instanceof Ending.Aborted
                ? Optional.of(new InstructionResult.Aborted(runner.reason()))
                : Optional.empty();
    }

    /** What a failure means: an engine that works has refused the work; one that does not has said nothing about it. */
    InstructionResult failure(String what, Answer answer) throws IOException {
        Optional<InstructionResult> cutOff = cutOff(answer);
        if (cutOff.isPresent()) {
            return cutOff.get();
        }
        Optional<InstructionResult> broken = broken(engine.check(), "does not work");
        return broken.orElseGet(() -> new InstructionResult.WorkFailed(what + ": " + answer.words()));
    }

    /**
     * What it means that a question is not answered with yes; empty if it is.
     *
     * @param lack in words, after the name of the program
     */
    Optional<InstructionResult> broken(Invocation check, String lack) throws IOException {
        Answer works = ask(check);
        if (works.isYes()) {
            return Optional.empty();
        }
        return works.ending() instanceof Ending.Aborted
                ? Optional.of(new InstructionResult.Aborted(runner.reason()))
                : Optional.of(new InstructionResult.Broken(engine.program().name() + " " + lack + ": "
                        + (works.ending() instanceof Ending.TimedOut ? "it does not answer" : works.words())));
    }

    /** A line of a question's answer, in the template language of the engines. */
    static String wanted(String template) {
        return Answer.MARK + template;
    }

    static String exitCode(Answer answer) {
        return answer.ending() instanceof Ending.Exited exited ? "exit code " + exited.code() : "no exit code";
    }

    /** The id of something and the label of what belongs to a run, as a question. There may be no labels at all. */
    static List<String> labelQuestion(String kind, String name) {
        String label = "{{with .Config.Labels}}{{index . \"" + Traces.LABEL + "\"}}{{end}}";
        return List.of(kind, "inspect", "--format", wanted("{{.Id}} " + label), name);
    }

    /** Why an image is not to be used: only what this very run has built is. */
    Optional<InstructionResult> foreign(String image) throws IOException {
        Answer known = ask(engine.program().call(labelQuestion("image", image)));
        if (!known.isYes()) {
            return Optional.of(failure("there is no image " + image, known));
        }
        return known.value().orElse("").endsWith(" " + token)
                ? Optional.empty()
                : Optional.of(new InstructionResult.WorkFailed("the image " + image + " was not built in this run"));
    }
}
