package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Area;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Point;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Wire;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;

/** Writes what is around the stages of a drawing as SVG: the page, pipelines, workspaces, and the lines. */
final class SvgWriter {
    private final ExecutionPlan plan;
    private final Drawing drawing;
    private final Markup out;

    SvgWriter(ExecutionPlan plan, Drawing drawing, Markup out) {
        this.plan = plan;
        this.drawing = drawing;
        this.out = out;
    }

    void head(String title, String description) {
        out.head("sluice-plan", drawing.width(), drawing.height(), title, description, Style.CSS);
        out.verbatim(Style.TIP);
    }

    /** Everything that lies below the stages. */
    void ground() {
        if (drawing.stages().isEmpty()) {
            out.text("there is nothing to do", "text", "class", "line", "x", drawing.width() / 2, "y", "29");
        }
        drawing.pipelines().forEach(area -> area(area, Title.PIPELINE));
        drawing.workspaces().forEach(area -> area(area, Title.WORKSPACE));
        drawing.wires().forEach(this::wire);
        drawing.joints().forEach(this::joint);
    }

    private void area(Area area, Title kind) {
        Drawing.Rect at = area.rect();
        out.open("g", "class", kind.css());
        out.rect("area", at, 8);
        out.text(area.title(), "text", "x", at.x() + 14, "y", at.y() + kind.baseline());
        out.close("g");
    }

    private void wire(Wire wire) {
        boolean skipped = wire.to() >= 0 && plan.stage(wire.to()).skip().isPresent();
        String css = skipped ? "wire pale" : "wire";
        boolean gate =
                wire.from() >= 0 && !plan.stage(wire.from()).stage().work().holdsAgent();
        // The sides of a gate slope: the line begins under it.
        String path = RoundedPath.of(wire.points(), gate ? Label.POINT : 0);
        if (wire.to() >= 0) {
            out.leaf("path", "class", css, "d", path, "marker-end", "url(#sluice-plan-tip)");
        } else {
            out.leaf("path", "class", css, "d", path);
        }
    }

    private void joint(Point point) {
        out.leaf("circle", "class", "joint", "cx", point.x(), "cy", point.y(), "r", "3");
    }
}
