package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.cli.picture.Drawing.Area;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Box;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Point;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Rect;
import io.jenkins.plugins.sluice.cli.picture.Drawing.Wire;
import io.jenkins.plugins.sluice.problem.Printable;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.util.NullElkProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;

/** Lets Eclipse ELK place an island and reads back what it did. */
final class IslandLayout {
    static {
        // How to copy vectors and the like: the one thing of ELK's registry that the algorithm does not do without.
        LayoutMetaDataService.initElkReflect();
    }

    private IslandLayout() {}

    /** The island with places. ELK's engine and its registry, which scans for algorithms, are left out: they only cost time. */
    static Drawing of(Diagram diagram, Island island) {
        IslandGraph graph = new IslandGraph(diagram, island);
        new LayeredLayoutProvider().layout(graph.root(), new NullElkProgressMonitor());
        List<Area> pipelines = new ArrayList<>();
        graph.pipelines().forEach((name, node) -> pipelines.add(new Area(Printable.line(name), rect(node))));
        List<Area> workspaces = new ArrayList<>();
        graph.workspaces().forEach((frame, node) -> workspaces.add(new Area(frame.caption(), rect(node))));
        List<Box> stages = new ArrayList<>();
        graph.stages()
                .forEach((stage, node) ->
                        stages.add(new Box(stage, diagram.labels().get(stage), rect(node))));
        List<Point> joints = graph.joints().stream().map(IslandLayout::middle).toList();
        List<Wire> wires = new ArrayList<>();
        graph.edges().forEach((edge, ends) -> wires.add(new Wire(ends.from(), ends.to(), ends.bundle(), points(edge))));
        ElkNode root = graph.root();
        return new Drawing(root.getWidth(), root.getHeight(), pipelines, workspaces, stages, joints, wires);
    }

    private static Rect rect(ElkNode node) {
        Point corner = absolute(node.getParent());
        return new Rect(corner.x() + node.getX(), corner.y() + node.getY(), node.getWidth(), node.getHeight());
    }

    private static Point middle(ElkNode node) {
        Rect rect = rect(node);
        return new Point(rect.x() + rect.width() / 2, rect.y() + rect.height() / 2);
    }

    private static Point absolute(ElkNode node) {
        Point at = new Point(0, 0);
        for (ElkNode n = node; n != null; n = n.getParent()) {
            at = at.moved(n.getX(), n.getY());
        }
        return at;
    }

    private static List<Point> points(ElkEdge edge) {
        Point corner = absolute(edge.getContainingNode());
        List<Point> points = new ArrayList<>();
        for (ElkEdgeSection section : edge.getSections()) {
            points.add(corner.moved(section.getStartX(), section.getStartY()));
            section.getBendPoints().forEach(bend -> points.add(corner.moved(bend.getX(), bend.getY())));
            points.add(corner.moved(section.getEndX(), section.getEndY()));
        }
        return points;
    }
}
