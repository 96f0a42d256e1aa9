package io.jenkins.plugins.sluice.cli.local;

import java.time.Duration;

/** The lines of the plain console, and a status area that is told of every change. */
final class LiveConsole implements RunConsole {

    private final RunConsole lines;
    private final StatusArea area;

    LiveConsole(RunConsole lines, StatusArea area) {
        this.lines = lines;
        this.area = area;
    }

    @Override
    public void runStarted(String title) {
        lines.runStarted(title);
    }

    @Override
    public void stageStarted(String id, int attempt) {
        area.started(id, attempt);
        lines.stageStarted(id, attempt);
    }

    @Override
    public void waiting(String id, String reason) {
        area.waiting(id, reason);
        lines.waiting(id, reason);
    }

    @Override
    public void line(String id, String text) {
        lines.line(id, text);
    }

    @Override
    public void note(String id, String text) {
        lines.note(id, text);
    }

    @Override
    public void stageFinished(String id, String outcome, Duration took, String detail) {
        area.finished(id, outcome);
        lines.stageFinished(id, outcome, took, detail);
    }

    @Override
    public void say(String text) {
        lines.say(text);
    }

    @Override
    public void prompt(String question) {
        lines.prompt(question);
    }

    @Override
    public void promptAnswered(boolean newLine) {
        lines.promptAnswered(newLine);
    }

    @Override
    public void promptEnds() {
        lines.promptEnds();
    }

    @Override
    public void close() {
        lines.close();
    }
}
