package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.cli.local.RunSummary;
import io.jenkins.plugins.sluice.run.Durations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** All runs, the newest first. */
final class RunsPage {

    private static final int MOST = 100;

    private final WebSettings settings;
    private final Shelf shelf;

    RunsPage(WebSettings settings, Shelf shelf) {
        this.settings = settings;
        this.shelf = shelf;
    }

    Page page() throws IOException {
        List<Path> all = shelf.all();
        Html head = new Html(settings.masker()).element("h1", "Runs");
        Html list = head.fresh();
        if (all.isEmpty()) {
            list.element("p", "There are no runs yet: start one with sluice run.", "class", "quiet");
        } else {
            table(list, all.subList(0, Math.min(MOST, all.size())));
        }
        if (all.size() > MOST) {
            list.element("p", "and " + (all.size() - MOST) + " more; 'sluice runs' lists them", "class", "quiet");
        }
        return new Page(
                "Runs – Sluice",
                settings.name(),
                "/parts",
                false,
                List.of(new Part("head", "head", head), new Part("runs", "panel", list)));
    }

    private void table(Html html, List<Path> runs) throws IOException {
        html.open("table", "class", "runs").open("thead").open("tr");
        List.of("Run", "Status", "Started", "Took", "Who and where", "Waits")
                .forEach(name -> html.element("th", name, "scope", "col"));
        html.close("tr").close("thead").open("tbody");
        for (Path directory : runs) {
            row(html, summary(directory));
        }
        html.close("tbody").close("table");
    }

    private RunSummary summary(Path directory) {
        String id = String.valueOf(directory.getFileName());
        try {
            return shelf.look(id, RunSummary::of).orElseGet(() -> RunSummary.of(settings.state(), directory));
        } catch (IOException | RuntimeException e) {
            return RunSummary.of(settings.state(), directory);
        }
    }

    private static void row(Html html, RunSummary run) {
        html.open("tr").open("th", "scope", "row");
        if (run.status().equals("unreadable")) {
            html.text(run.id());
        } else {
            html.element("a", "Run " + run.id(), "href", "/runs/" + run.id());
        }
        html.close("th").open("td");
        Elements.status(html, run.status());
        html.close("td").open("td", "class", "time");
        run.startedAt().ifPresent(at -> Elements.time(html, at));
        html.close("td").open("td", "class", "number");
        run.duration().ifPresent(took -> html.text(Durations.words(took)));
        if (run.duration().isEmpty() && run.status().equals("running")) {
            run.startedAt().ifPresent(at -> Elements.since(html, at));
        }
        html.close("td").element("td", origin(run)).element("td", run.detail()).close("tr");
    }

    /** Who started it, and on what. */
    static String origin(RunSummary run) {
        String who = run.starter().isEmpty() ? "" : "by " + run.starter();
        String branch = run.branch().isEmpty() ? "" : "on " + run.branch();
        String again = run.rerunOf().map(id -> "repeats run " + id).orElse("");
        return String.join(" ", List.of(who, branch, again)).strip().replaceAll(" +", " ");
    }
}
