package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Rect;
import io.jenkins.plugins.sluice.cli.picture.TimelineDrawing.Lane;
import io.jenkins.plugins.sluice.cli.picture.TimelineDrawing.Wait;
import io.jenkins.plugins.sluice.problem.Printable;
import io.jenkins.plugins.sluice.report.Timeline.Row;

/** Writes the rows of a timeline as SVG. */
final class LaneWriter {
    private static final double BADGE = 6.5;
    /** A bar that is narrower has no room for a sign. */
    private static final double ROOM = 14;

    private final TimelineDrawing drawing;
    private final TimelineWords words;
    private final Markup out;

    LaneWriter(TimelineDrawing drawing, TimelineWords words, Markup out) {
        this.drawing = drawing;
        this.words = words;
        this.out = out;
    }

    void write(Lane lane) {
        Row row = lane.row();
        String css = "row " + row.word() + (row.critical() ? " critical" : "");
        double foot = lane.middle() + 4;
        double left = TimelineLayout.PAD + TimelineLayout.INDENT;
        out.open("g", "class", css, "data-stage", Printable.line(row.stage()));
        out.text(words.tooltip(row), "title");
        sign(look(row), "badge", left, lane.middle());
        String name = Printable.line(row.name());
        out.text(name, "text", "class", "name", "x", left + TimelineLayout.INDENT, "y", foot);
        double right = drawing.width() - TimelineLayout.PAD - TimelineLayout.INDENT;
        out.text(TimelineWords.time(row), "text", "class", "time", "x", right, "y", foot);
        out.close("g");
        lane.waits().forEach(wait -> wait(wait, lane));
        for (int i = 0; i < lane.bars().size(); i++) {
            bar(lane, i);
        }
    }

    private static StageLook look(Row row) {
        return row.outcome()
                .map(outcome -> StageLook.valueOf(outcome.name()))
                .orElse(row.word().equals("running") ? StageLook.RUNNING : StageLook.WAITING);
    }

    private void sign(StageLook look, String ground, double x, double y) {
        out.open("g", "transform", "translate(" + Markup.number(x) + " " + Markup.number(y) + ") scale(.8)");
        if (!ground.isEmpty()) {
            out.leaf("circle", "class", ground, "r", BADGE / .8);
        }
        out.leaf("path", "class", "sign", "d", look.sign());
        out.close("g");
    }

    private void wait(Wait wait, Lane lane) {
        out.open("g");
        out.text(Printable.line(lane.row().stage()) + "\n" + wait.what(), "title");
        out.rect("wait", new Rect(wait.left(), lane.middle() - 3, wait.right() - wait.left(), 6), 0);
        out.close("g");
    }

    private void bar(Lane lane, int number) {
        Row row = lane.row();
        Mark mark = Mark.of(row.bars().get(number));
        Rect at = lane.bars().get(number);
        double round = Math.min(2, at.width() / 3);
        out.open("g", "class", "at " + mark.css() + (row.critical() ? " critical" : ""));
        out.text(words.tooltip(row, number), "title");
        out.rect("bar", at, round);
        if (mark == Mark.ASKING) {
            out.hatched(at, round);
        }
        if (row.critical()) {
            out.rect("ring", at, round);
        }
        if (at.width() >= ROOM) {
            mark.sign().ifPresent(look -> sign(look, "", at.x() + at.width() - 7, lane.middle()));
        }
        out.close("g");
    }
}
