package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.report.GateView;
import io.jenkins.plugins.sluice.run.GateRun;
import io.jenkins.plugins.sluice.run.KeptFile;
import java.io.IOException;
import java.time.Instant;
import java.util.stream.Collectors;

/** A gate that asks: its question, what one has to know to answer it, and the form for the answer. */
final class GateCard {

    private static final int SHOWN_INLINE = 10;

    private final StoredRun run;
    private final GateView gate;
    private final Html html;
    private final Downloads downloads;

    GateCard(StoredRun run, int number, Html html, Downloads downloads) {
        this.run = run;
        this.gate = GateView.of(run.state(), run.keeper(), number);
        this.html = html;
        this.downloads = downloads;
    }

    Part write(GateForm form) throws IOException {
        html.open("p", "class", "quiet kind")
                .text("Gate ")
                .element("b", gate.id())
                .close("p");
        html.element("h2", gate.question(), "class", "question");
        html.open("dl");
        Elements.fact(html, "Decides").text(gate.decides()).close("dd");
        gate.run().deadline().ifPresent(this::deadline);
        String next = gate.next().isEmpty() ? "nothing" : String.join(", ", gate.next());
        Elements.fact(html, "Next").text(next).close("dd");
        if (gate.toEnter().isEmpty() && !gate.values().isEmpty()) {
            Elements.fact(html, "Entered").text(values()).close("dd");
        }
        html.close("dl");
        shown();
        votes();
        form.write(run.id(), gate, html);
        return new Part("gate-" + gate.number(), "panel gate", html);
    }

    private void deadline(Instant end) {
        Gate what = gate.gate();
        Elements.fact(html, "Time").text("until ");
        Elements.time(html, end);
        html.element("span", "", "data-until", end.toString(), "class", "live quiet");
        html.text(", then " + (what.approveOnTimeout() ? "approved" : "rejected"))
                .close("dd");
    }

    private String values() {
        return gate.values().entrySet().stream()
                .map(value -> value.getKey() + " = " + value.getValue())
                .collect(Collectors.joining(", "));
    }

    private void shown() throws IOException {
        int inline = 0;
        for (KeptFile file : gate.run().shown()) {
            html.open("div", "class", "shown").open("p");
            Elements.file(html, run.id(), file);
            html.close("p");
            Downloads.Text text = inline < SHOWN_INLINE ? downloads.text(run, file) : Downloads.Text.NONE;
            if (text.isText()) {
                inline++;
                html.open("pre", "tabindex", "0", "aria-label", file.path())
                        .output(text.text())
                        .close("pre");
            } else if (!text.text().isEmpty()) {
                html.element("p", text.text(), "class", "bad");
            }
            html.close("div");
        }
    }

    private void votes() {
        if (!gate.run().ballots().isEmpty()) {
            html.open("ul", "class", "votes");
            gate.run().ballots().forEach(this::vote);
            html.close("ul");
        }
    }

    private void vote(GateRun.Cast cast) {
        html.open("li").element("b", cast.vote().voter()).text(" " + cast.vote().word() + "s");
        if (!cast.vote().comment().isBlank()) {
            html.text(": ").element("q", cast.vote().comment());
        }
        cast.refusal().ifPresent(why -> html.text(" – ").element("span", "does not count: " + why, "class", "bad"));
        html.close("li");
    }
}
