package io.jenkins.plugins.sluice.cli.web;

import io.jenkins.plugins.sluice.cli.local.StoredRun;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.GateRun;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Everything that was said at the gates of a run, refused votes too, in the order of time. */
final class Trail {

    private final StoredRun run;
    private final Html html;

    Trail(StoredRun run, Html html) {
        this.run = run;
        this.html = html;
    }

    private record Entry(Instant at, Runnable row) {}

    /** The table, or nothing if nobody has said anything. */
    boolean write() {
        List<Entry> entries = new ArrayList<>();
        for (PlannedStage stage : run.plan().stages()) {
            run.state().stage(stage.number()).gate().ifPresent(gate -> add(stage.id(), gate, entries));
        }
        if (entries.isEmpty()) {
            return false;
        }
        html.element("h2", "Audit trail")
                .open("div", "class", "wide")
                .open("table", "class", "trail")
                .open("thead")
                .open("tr");
        List.of("When", "Gate", "Who", "Said", "What became of it", "How")
                .forEach(name -> html.element("th", name, "scope", "col"));
        html.close("tr").close("thead").open("tbody");
        entries.stream().sorted(Comparator.comparing(Entry::at)).forEach(entry -> entry.row()
                .run());
        html.close("tbody").close("table").close("div");
        return true;
    }

    private void add(String gate, GateRun state, List<Entry> entries) {
        state.ballots().forEach(cast -> entries.add(new Entry(cast.at(), () -> vote(gate, cast))));
        state.decision().ifPresent(decided -> entries.add(new Entry(decided.at(), () -> decision(gate, decided))));
    }

    private void vote(String gate, GateRun.Cast cast) {
        Vote vote = cast.vote();
        start(gate, cast.at());
        html.open("td").text(vote.voter());
        if (!vote.groups().isEmpty()) {
            html.element("p", "in " + String.join(", ", vote.groups()), "class", "quiet");
        }
        html.close("td").open("td").text(vote.word() + "s");
        if (!vote.comment().isBlank()) {
            html.element("q", vote.comment());
        }
        if (!vote.inputs().isEmpty()) {
            html.element("p", inputs(vote), "class", "quiet");
        }
        html.close("td").open("td");
        cast.refusal()
                .ifPresentOrElse(
                        why -> html.element("span", "refused", "class", "status is-failed")
                                .text(" " + why),
                        () -> html.text("counts"));
        html.close("td").element("td", vote.via()).close("tr");
    }

    private static String inputs(Vote vote) {
        return vote.inputs().entrySet().stream()
                .map(input -> input.getKey() + " = " + input.getValue())
                .collect(Collectors.joining(", "));
    }

    private void decision(String gate, GateRun.Decided decided) {
        start(gate, decided.at());
        html.element("td", "").element("td", "").open("td");
        String css = decided.verdict().isOpen() ? "status is-succeeded" : "status is-failed";
        html.element("span", decided.verdict().word(), "class", css);
        String detail = decided.result().detail();
        String word = decided.verdict().word();
        html.text(" "
                        + (detail.startsWith(word)
                                ? detail.substring(word.length()).strip()
                                : detail))
                .close("td")
                .element("td", "")
                .close("tr");
    }

    private void start(String gate, Instant at) {
        html.open("tr").open("td", "class", "time");
        Elements.time(html, at);
        html.close("td").element("th", gate, "scope", "row");
    }
}
