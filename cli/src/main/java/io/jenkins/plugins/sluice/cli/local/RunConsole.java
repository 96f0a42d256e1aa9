package io.jenkins.plugins.sluice.cli.local;

import java.io.PrintStream;
import java.time.Duration;

/**
 * What a person sees of a run while it goes on. All texts are masked already.
 *
 * <p>Any thread may call any method. None of them waits for the output, except {@link #line} when more is said than the
 * output takes, and {@link #prompt}.
 */
interface RunConsole extends AutoCloseable {

    /**
     * Lines only, without colours unless {@code out} is a terminal.
     *
     * @param stages how many there are
     * @param width of the longest id
     * @param quiet whether the output of stages is left out
     */
    static RunConsole plain(PrintStream out, int stages, int width, boolean quiet) {
        Ansi ansi = Ansi.of(out);
        return new PlainConsole(new OutputWriter(out, Footer.NONE), new StageLabels(width, ansi), quiet);
    }

    /**
     * Lines, and below them what runs at the moment and how far the run is; the same as {@link #plain} if {@code out} is
     * no terminal that can show it.
     *
     * @param stages how many there are
     * @param width of the longest id
     * @param quiet whether the output of stages is left out
     */
    static RunConsole live(PrintStream out, int stages, int width, boolean quiet) {
        return TerminalSize.of(out)
                .<RunConsole>map(size -> {
                    Ansi ansi = Ansi.of(out);
                    StatusArea area = new StatusArea(stages, ansi, System::nanoTime);
                    OutputWriter writer = new OutputWriter(out, new AreaFooter(area, size));
                    return new LiveConsole(new PlainConsole(writer, new StageLabels(width, ansi), quiet), area);
                })
                .orElseGet(() -> plain(out, stages, width, quiet));
    }

    /** The run begins; {@code title} says what it is. */
    void runStarted(String title);

    /** An attempt begins to work. */
    void stageStarted(String id, int attempt);

    /** A stage could run but for something that it waits for, e.g. a lock. */
    void waiting(String id, String reason);

    /** A line of a stage's output. */
    void line(String id, String text);

    /** Something that Sluice says about a stage, or about the run if the id is empty. */
    void note(String id, String text);

    /**
     * A stage has its outcome.
     *
     * @param outcome the word of {@link io.jenkins.plugins.sluice.run.Outcome#word}
     * @param detail why, or empty
     */
    void stageFinished(String id, String outcome, Duration took, String detail);

    /** Something that is said to whoever is about to be asked; a whole line. */
    void say(String text);

    /**
     * Asks whoever sits at the terminal. What was said before is on the screen when this returns; the display of what runs
     * is away until {@link #promptEnds}, and what is said meanwhile does not tear the question apart.
     */
    void prompt(String question);

    /**
     * The question is answered, or needs no answer any more.
     *
     * @param newLine whether the answer was typed at this terminal, which has gone to the next line then
     */
    void promptAnswered(boolean newLine);

    /** Nothing is asked for now: the display comes back. */
    void promptEnds();

    /** Writes what is left and takes the display away, from any thread. What is said later still comes, line by line. */
    @Override
    void close();
}
