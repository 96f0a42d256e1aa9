package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Box;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Rect;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.problem.Printable;
import org.jspecify.annotations.Nullable;

/** Writes the boxes of stages as SVG. */
final class StageWriter {
    private static final double BADGE = 8;

    private final Markup out;

    StageWriter(Markup out) {
        this.out = out;
    }

    void write(PlannedStage stage, Box box, @Nullable StageLook look) {
        boolean gate = !stage.stage().work().holdsAgent();
        boolean skipped = stage.skip().isPresent() || look == StageLook.SKIPPED;
        String css =
                "stage" + (gate ? " gate" : "") + (skipped ? " skip" : "") + (look == null ? "" : " " + look.word());
        out.open("g", "class", css, "id", "stage-" + stage.number(), "data-stage", Printable.line(stage.id()));
        out.text(Facts.tooltip(stage, look == null ? "" : look.word()), "title");
        shape(box.rect(), gate);
        label(box);
        if (look != null) {
            badge(box.rect(), look);
        }
        out.close("g");
    }

    private void shape(Rect at, boolean gate) {
        if (gate) {
            out.leaf("path", "class", "box", "d", hexagon(at));
        } else {
            out.rect("box", at, 6);
        }
    }

    private static String hexagon(Rect at) {
        double point = Label.POINT;
        return "M" + Markup.number(at.x()) + " " + Markup.number(at.y() + at.height() / 2)
                + "l" + Markup.number(point) + " " + Markup.number(-at.height() / 2)
                + "h" + Markup.number(at.width() - 2 * point)
                + "l" + Markup.number(point) + " " + Markup.number(at.height() / 2)
                + "l" + Markup.number(-point) + " " + Markup.number(at.height() / 2)
                + "h" + Markup.number(2 * point - at.width()) + "Z";
    }

    private void label(Box box) {
        Label label = box.label();
        double x = box.rect().x() + box.rect().width() / 2;
        double middle = box.rect().y() + box.rect().height() / 2;
        boolean alone = label.line().isEmpty();
        out.text(label.name(), "text", "class", "name", "x", x, "y", middle + (alone ? 4.5 : -3));
        if (!alone) {
            out.text(label.line(), "text", "class", "line", "x", x, "y", middle + 13);
        }
    }

    private void badge(Rect at, StageLook look) {
        String x = Markup.number(at.x() + at.width() - 4);
        String y = Markup.number(at.y() + 2);
        out.open("g", "transform", "translate(" + x + " " + y + ")");
        out.leaf("circle", "class", "badge", "r", BADGE);
        out.leaf("path", "class", "sign", "d", look.sign());
        out.close("g");
    }
}
