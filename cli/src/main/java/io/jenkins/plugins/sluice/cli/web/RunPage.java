package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.cli.local.RunSummary;
import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.cli.picture.PlanPicture;
import io.jenkins.plugins.sluice.cli.picture.StageLook;
import io.jenkins.plugins.sluice.report.RunReport;
import io.jenkins.plugins.sluice.run.Durations;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Everything about one run. */
final class RunPage {

    private static final long TIMELINE_SECONDS = 5;
    private static final int STAGES_A_SECOND = 50;

    private final WebSettings settings;
    private final Workers workers;
    private final String formKey;

    RunPage(WebSettings settings, Workers workers, String formKey) {
        this.settings = settings;
        this.workers = workers;
        this.formKey = formKey;
    }

    /** The page with empty forms. */
    Page page(StoredRun run) throws IOException {
        return page(run, -1, GateForm.empty(formKey, settings.voter()));
    }

    /** The page with what was entered at a gate, and why it does not count. */
    Page page(StoredRun run, int gate, GateForm answered) throws IOException {
        List<Part> parts = new ArrayList<>();
        parts.add(head(run));
        boolean over = run.state().outcome().isPresent();
        for (int number : over ? List.<Integer>of() : run.state().asking()) {
            GateForm form = number == gate ? answered : GateForm.empty(formKey, answered.voter());
            parts.add(new GateCard(run, number, new Html(settings.masker()), new Downloads()).write(form));
        }
        parts.add(plan(run));
        parts.add(new Part("stages", "panel", new StageTable(run, new Html(settings.masker())).write()));
        Html trail = new Html(settings.masker());
        if (new Trail(run, trail).write()) {
            parts.add(new Part("trail", "panel", trail));
        }
        parts.add(timeline(run, run.isLive()));
        String title = "Run " + run.id() + " " + RunSummary.of(run).status() + " – Sluice";
        return new Page(title, settings.name(), "/runs/" + run.id() + "/parts", over && !run.isLive(), parts);
    }

    private Part head(StoredRun run) throws IOException {
        RunSummary summary = RunSummary.of(run);
        Html html = new Html(settings.masker());
        html.open("p", "class", "way").element("a", "Runs", "href", "/").close("p");
        html.open("h1").text("Run " + run.id() + " ");
        Elements.status(html, summary.status());
        html.close("h1");
        String verdict = new RunReport(run.state(), run.keeper(), settings.masker()).verdict();
        html.element("p", verdict, "class", "verdict");
        html.open("p", "class", "quiet").text("started " + RunsPage.origin(summary));
        summary.startedAt().ifPresent(at -> Elements.time(html.text(", "), at));
        summary.duration().ifPresent(took -> html.text(", took " + Durations.words(took)));
        html.close("p");
        if (!run.state().abortReason().isEmpty()) {
            html.element("p", "Abort requested: " + run.state().abortReason());
        }
        if (run.state().outcome().isEmpty() && !run.isLive()) {
            left(run, html);
        }
        return new Part("head", "head", html);
    }

    /** What to do about a run that nobody works at. */
    private void left(StoredRun run, Html html) {
        Optional<String> trouble = workers.trouble(run.id());
        trouble.ifPresent(
                why -> html.element("p", "Sluice could not go on with this run: " + why, "class", "notice bad"));
        if (!run.canGoOn()) {
            html.element(
                    "p",
                    "Nobody works at it and nothing is held: it waits on the disk for its decisions.",
                    "class",
                    "quiet");
        } else if (workers.able()) {
            html.open("form", "method", "post", "action", "/runs/" + run.id() + "/resume", "class", "resume");
            html.open("input", "type", "hidden", "name", "csrf", "value", formKey);
            html.element("button", "Resume", "class", "plain");
            html.element("span", " Nobody works at it, but there is something to do.", "class", "quiet");
            html.element("p", "", "class", "notice bad", "role", "alert", "hidden", "")
                    .close("form");
        } else {
            html.element("p", "Nobody works at it; go on with it: sluice resume " + run.id(), "class", "quiet");
        }
    }

    private Part plan(StoredRun run) throws IOException {
        Html html = new Html(settings.masker()).element("h2", "Plan");
        Optional<String> tooLarge = PlanPicture.tooLarge(run.plan());
        if (tooLarge.isPresent()) {
            html.element("p", "There is no picture: " + tooLarge.get(), "class", "quiet");
        } else {
            String source = "/runs/" + run.id() + "/plan.svg?v=" + Part.version(now(run));
            picture(html, source, "The plan, with how far each stage is");
        }
        return new Part("plan", "panel picture", html);
    }

    private Part timeline(StoredRun run, boolean live) throws IOException {
        Html html = new Html(settings.masker()).element("h2", "Timeline");
        long moves = live ? Instant.now().getEpochSecond() / TIMELINE_SECONDS : 0;
        String source = "/runs/" + run.id() + "/timeline.svg?v=" + Part.version(now(run) + moves);
        picture(html, source, "When each stage ran, and for how long");
        return new Part("timeline", "panel picture", html);
    }

    /** What makes a picture differ from the one before. A large one takes its time to be drawn, so it changes less often. */
    private static String now(StoredRun run) throws IOException {
        int stages = run.plan().stages().size();
        if (stages > STAGES_A_SECOND && run.isLive()) {
            return "moment " + Instant.now().getEpochSecond() / (stages / STAGES_A_SECOND);
        }
        StringBuilder text = new StringBuilder(new TreeMap<>(StageLook.of(run.state())).toString());
        run.plan().stages().forEach(stage -> text.append(' ')
                .append(run.state().stage(stage.number()).attempts().size()));
        return text.toString();
    }

    private static void picture(Html html, String source, String words) {
        html.open("div", "class", "wide", "tabindex", "0", "role", "group", "aria-label", words);
        html.open("img", "src", source, "alt", words).close("div");
    }
}
