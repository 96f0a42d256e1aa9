package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.StageRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The end of the log of a stage, as it grows. */
final class LogPage {

    private final WebSettings settings;

    LogPage(WebSettings settings) {
        this.settings = settings;
    }

    Page page(StoredRun run, PlannedStage stage) throws IOException {
        StageRun state = run.state().stage(stage.number());
        String path = "/runs/" + run.id() + "/stages/" + stage.number() + "/log";
        Html head = new Html(settings.masker());
        head.open("p", "class", "way").element("a", "Runs", "href", "/").text(" / ");
        head.element("a", "Run " + run.id(), "href", "/runs/" + run.id()).close("p");
        head.open("h1").text(stage.id() + " ");
        Elements.status(head, state.outcome().map(Outcome::word).orElseGet(() -> state.status()
                .word()));
        head.close("h1");
        if (!state.detail().isEmpty()) {
            head.element("p", state.detail());
        }
        Html log = head.fresh();
        Optional<Path> file = run.log(stage.id());
        if (file.isPresent()) {
            write(new LogFile(file.get(), settings.masker()).tail(), path, log);
        } else {
            log.element("p", "There is no output yet.", "class", "quiet");
        }
        boolean over = state.outcome().isPresent() || (run.state().outcome().isPresent() && !run.isLive());
        return new Page(
                stage.id() + ", log of run " + run.id() + " – Sluice",
                settings.name(),
                path + "/parts",
                over,
                List.of(new Part("head", "head", head), new Part("log", "panel log", log)));
    }

    private static void write(LogFile.Tail tail, String path, Html log) {
        log.open("p", "class", "quiet").element("a", "Download the whole log", "href", path + "/whole", "download", "");
        log.text(tail.before().isEmpty() ? "" : "; " + tail.before()).close("p");
        log.open("pre", "tabindex", "0", "aria-label", "log", "class", "tail")
                .output(tail.text())
                .close("pre");
    }
}
