package io.jenkins.plugins.sluice.cli.local;

import java.time.Duration;

/**
 * What somebody is asked at the moment, in place of another footer. The cursor waits behind the question, where the
 * terminal shows what is typed; lines that come meanwhile go below it, and the question is written again below them.
 * Nothing is erased, as nobody knows how many rows the question and what is typed take.
 */
final class PromptFooter implements Footer {

    /** Lines often come in company; the question waits for all of them. */
    private static final Duration LULL = Duration.ofMillis(100);

    private final Footer other;
    private String question = "";
    private String drawn = "";
    private boolean asking;
    private boolean anew;
    private boolean interrupted;

    PromptFooter(Footer other) {
        this.other = other;
    }

    /** Takes the other footer away, and asks this below all lines. */
    synchronized void ask(String text) {
        asking = true;
        question = text;
        anew = true;
        interrupted = false;
    }

    /**
     * The question needs no answer any more.
     *
     * @param newLine whether the cursor has gone to the next line, since the answer was typed at this terminal
     */
    synchronized void asked(boolean newLine) {
        question = "";
        interrupted = false;
        drawn = newLine ? "" : drawn;
    }

    /** The other footer comes back. */
    synchronized void giveBack() {
        asking = false;
        question = "";
        interrupted = false;
    }

    @Override
    public synchronized String frame(String lines) {
        if (!asking) {
            return leaveQuestion() + other.frame(lines);
        }
        if (lines.isEmpty() && !anew && question.equals(drawn)) {
            return "";
        }
        boolean between = !lines.isEmpty() && (interrupted || !drawn.isEmpty());
        interrupted = between && !anew && !question.isEmpty();
        anew = false;
        String text = leaveQuestion() + other.end(lines);
        drawn = interrupted ? "" : question;
        return text + drawn;
    }

    @Override
    public synchronized String end(String lines) {
        return leaveQuestion() + other.end(lines);
    }

    @Override
    public synchronized Duration interval() {
        return interrupted ? LULL : other.interval();
    }

    private String leaveQuestion() {
        String newLine = drawn.isEmpty() ? "" : "\n";
        drawn = "";
        return newLine;
    }
}
