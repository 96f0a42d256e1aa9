package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.AttemptResult;
import io.jenkins.plugins.sluice.run.Durations;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.StageRun;
import io.jenkins.plugins.sluice.run.StageStatus;
import io.jenkins.plugins.sluice.run.TestReport;
import java.util.List;

/** What has become of each stage. */
final class StageTable {

    private static final int OPENLY_LISTED = 4;

    private final StoredRun run;
    private final Html html;

    StageTable(StoredRun run, Html html) {
        this.run = run;
        this.html = html;
    }

    Html write() {
        html.element("h2", "Stages")
                .open("div", "class", "wide")
                .open("table", "class", "stages")
                .open("thead")
                .open("tr");
        List.of("Stage", "Status", "Took", "What there is to know", "Log")
                .forEach(name -> html.element("th", name, "scope", "col"));
        html.close("tr").close("thead").open("tbody");
        run.plan().stages().forEach(this::row);
        return html.close("tbody").close("table").close("div");
    }

    private void row(PlannedStage stage) {
        StageRun state = run.state().stage(stage.number());
        html.open("tr").element("th", stage.id(), "scope", "row").open("td");
        Elements.status(html, state.outcome().map(Outcome::word).orElseGet(() -> state.status()
                .word()));
        html.close("td").open("td", "class", "number");
        took(state);
        html.close("td").open("td", "class", "notes");
        notes(stage, state);
        html.close("td").open("td");
        if (run.log(stage.id()).isPresent()) {
            String path = "/runs/" + run.id() + "/stages/" + stage.number() + "/log";
            html.element("a", "log", "href", path, "aria-label", "log of " + stage.id());
        }
        html.close("td").close("tr");
    }

    private void took(StageRun state) {
        boolean timed = state.gate().isPresent() || !state.attempts().isEmpty();
        if (timed && state.outcome().isPresent()) {
            html.text(Durations.words(state.duration()));
        } else if (state.status() == StageStatus.RUNNING) {
            Elements.since(
                    html, state.attempts().get(state.attempts().size() - 1).startedAt());
        } else if (state.status() == StageStatus.ASKING) {
            state.gate().ifPresent(gate -> Elements.since(html, gate.openedAt()));
        }
    }

    private void notes(PlannedStage stage, StageRun state) {
        if (!state.detail().isEmpty()) {
            html.element("p", state.detail());
        }
        if (stage.stage().flow().allowFailure()
                && state.outcome().map(Outcome::isTrouble).orElse(false)) {
            html.element("p", "may fail", "class", "quiet");
        }
        if (state.status() == StageStatus.ASKING) {
            html.element("a", "decide", "href", "#gate-" + stage.number(), "aria-label", "decide at " + stage.id());
        }
        if (state.attempts().size() > 1) {
            attempts(state.attempts());
        }
        state.taken().ifPresent(taken -> {
            html.open("p").text("taken over from ").element("a", "run " + taken.run(), "href", "/runs/" + taken.run());
            html.close("p");
        });
        state.lastResult().flatMap(AttemptResult::tests).ifPresent(this::tests);
        state.lastResult()
                .map(AttemptResult::kept)
                .filter(kept -> !kept.isEmpty())
                .ifPresent(this::files);
    }

    private void attempts(List<StageRun.Attempt> attempts) {
        html.open("ol", "class", "attempts");
        for (StageRun.Attempt attempt : attempts) {
            String how = attempt.result()
                    .map(r -> r.outcome().word() + (r.detail().isEmpty() ? "" : ", " + r.detail()))
                    .orElse("running");
            html.element("li", "attempt " + attempt.number() + ": " + how);
        }
        html.close("ol");
    }

    private void tests(TestReport tests) {
        long bad = (long) tests.failures() + tests.errors();
        String failed = bad == 0 ? "" : ", " + bad + " failed";
        String skipped = tests.skipped() == 0 ? "" : ", " + tests.skipped() + " skipped";
        html.element("p", tests.tests() + (tests.tests() == 1 ? " test" : " tests") + failed + skipped);
        if (!tests.failed().isEmpty()) {
            html.open("ul", "class", "failed");
            tests.failed().forEach(name -> html.element("li", name));
            html.close("ul");
        }
    }

    private void files(List<KeptFile> files) {
        boolean many = files.size() > OPENLY_LISTED;
        if (many) {
            html.open("details").element("summary", "kept " + files.size() + " files");
        }
        html.open("ul", "class", "files");
        for (KeptFile file : files) {
            html.open("li").text(many ? "" : "kept ");
            Elements.file(html, run.id(), file);
            html.close("li");
        }
        html.close("ul");
        if (many) {
            html.close("details");
        }
    }
}
