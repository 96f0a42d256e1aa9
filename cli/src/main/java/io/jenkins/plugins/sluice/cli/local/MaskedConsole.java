package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.report.Masker;
import java.time.Duration;

/** Masks all that goes to a console, whoever says it. */
record MaskedConsole(RunConsole console, Masker masker) implements RunConsole {

    @Override
    public void runStarted(String title) {
        console.runStarted(masker.mask(title));
    }

    @Override
    public void stageStarted(String id, int attempt) {
        console.stageStarted(id, attempt);
    }

    @Override
    public void waiting(String id, String reason) {
        console.waiting(id, masker.mask(reason));
    }

    @Override
    public void line(String id, String text) {
        console.line(id, masker.mask(text));
    }

    @Override
    public void note(String id, String text) {
        console.note(id, masker.mask(text));
    }

    @Override
    public void stageFinished(String id, String outcome, Duration took, String detail) {
        console.stageFinished(id, outcome, took, masker.mask(detail));
    }

    @Override
    public void say(String text) {
        console.say(masker.mask(text));
    }

    @Override
    public void prompt(String question) {
        console.prompt(masker.mask(question));
    }

    @Override
    public void promptAnswered(boolean newLine) {
        console.promptAnswered(newLine);
    }

    @Override
    public void promptEnds() {
        console.promptEnds();
    }

    @Override
    public void close() {
        console.close();
    }
}
