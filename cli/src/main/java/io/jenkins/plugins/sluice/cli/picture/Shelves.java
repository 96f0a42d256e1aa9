package io.jenkins.plugins.sluice.cli.picture;

import java.util.ArrayList;
import java.util.List;

/** Puts drawings that no line connects beside and below one another, in their order. */
final class Shelves {
    private static final double MARGIN = 16;
    private static final double GAP = 20;
    /** How much wider than high a picture may get because of it. */
    private static final double ASPECT = 1.6;

    private static final double EMPTY_WIDTH = 200;
    private static final double EMPTY_HEIGHT = 50;

    private Shelves() {}

    /** One drawing of all; of none, one with room for a word about it. */
    static Drawing arranged(List<Drawing> parts) {
        if (parts.isEmpty()) {
            return joined(EMPTY_WIDTH, EMPTY_HEIGHT, parts);
        }
        double area = parts.stream()
                .mapToDouble(p -> (p.width() + GAP) * (p.height() + GAP))
                .sum();
        double widest = parts.stream().mapToDouble(Drawing::width).max().orElse(0);
        double limit = Math.max(widest, Math.sqrt(area * ASPECT));
        List<Drawing> placed = new ArrayList<>();
        double x = 0;
        double y = 0;
        double shelf = 0;
        double right = 0;
        for (Drawing part : parts) {
            if (x > 0 && x + part.width() > limit) {
                x = 0;
                y += shelf + GAP;
                shelf = 0;
            }
            placed.add(part.moved(MARGIN + x, MARGIN + y));
            right = Math.max(right, x + part.width());
            x += part.width() + GAP;
            shelf = Math.max(shelf, part.height());
        }
        return joined(right + 2 * MARGIN, y + shelf + 2 * MARGIN, placed);
    }

    private static Drawing joined(double width, double height, List<Drawing> parts) {
        return new Drawing(
                width,
                height,
                parts.stream().flatMap(p -> p.pipelines().stream()).toList(),
                parts.stream().flatMap(p -> p.workspaces().stream()).toList(),
                parts.stream().flatMap(p -> p.stages().stream()).toList(),
                parts.stream().flatMap(p -> p.joints().stream()).toList(),
                parts.stream().flatMap(p -> p.wires().stream()).toList());
    }
}
