package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.run.Durations;
import java.time.Duration;

/** One line for each event and each line of output. */
final class PlainConsole implements RunConsole {

    private static final String EVENT = "==> ";
    private static final String NOTE = "--> ";

    private final OutputWriter writer;
    private final StageLabels labels;
    private final Ansi ansi;
    private final boolean quiet;

    PlainConsole(OutputWriter writer, StageLabels labels, boolean quiet) {
        this.writer = writer;
        this.labels = labels;
        this.ansi = labels.ansi();
        this.quiet = quiet;
    }

    @Override
    public void runStarted(String title) {
        writer.add(ansi.styled(Ansi.BOLD, ansi.clean(title)));
    }

    @Override
    public void stageStarted(String id, int attempt) {
        String which = attempt == 1 ? "" : " (attempt " + attempt + ")";
        writer.add(labels.of(id) + EVENT + "started" + which);
    }

    @Override
    public void waiting(String id, String reason) {
        note(id, "waits: " + reason);
    }

    @Override
    public void line(String id, String text) {
        if (!quiet) {
            writer.addPatiently(labels.of(id) + ansi.clean(text));
        }
    }

    @Override
    public void note(String id, String text) {
        writer.add(labels.of(id) + ansi.styled(Ansi.DIM, NOTE + ansi.clean(text)));
    }

    @Override
    public void stageFinished(String id, String outcome, Duration took, String detail) {
        String time = took.isZero() ? "" : " in " + Durations.words(took);
        String why = detail.isEmpty() ? "" : ": " + ansi.clean(detail);
        writer.add(labels.of(id) + EVENT + ansi.styled(style(outcome), outcome) + time + why);
    }

    @Override
    public void say(String text) {
        writer.add(ansi.clean(text));
    }

    @Override
    public void prompt(String question) {
        writer.prompt(ansi.clean(question));
    }

    @Override
    public void promptAnswered(boolean newLine) {
        writer.prompted(newLine);
    }

    @Override
    public void promptEnds() {
        writer.endPrompt();
    }

    @Override
    public void close() {
        writer.close();
    }

    private static String style(String outcome) {
        return switch (outcome) {
            case "succeeded" -> Ansi.GREEN;
            case "skipped" -> Ansi.DIM;
            case "aborted" -> Ansi.YELLOW;
            default -> Ansi.RED;
        };
    }
}
