package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.problem.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * An island in the words of Eclipse ELK: nodes in nodes, edges, and ports, which are the places at the sides of boxes where
 * lines begin and end. ELK draws edges of one port on top of one another, so each bundle has ports of its own.
 */
final class IslandGraph {
    private static final double JOINT = 6;

    /** What a line connects: the numbers of stages, or -1 for the joint of the bundle. */
    record Ends(int from, int to, Bundle bundle) {}

    private final Diagram diagram;
    private final int size;
    private final ElkNode root = ElkGraphUtil.createGraph();
    private final Map<String, ElkNode> pipelines = new LinkedHashMap<>();
    private final Map<Diagram.Frame, ElkNode> workspaces = new LinkedHashMap<>();
    private final Map<Integer, ElkNode> stages = new LinkedHashMap<>();
    private final List<ElkNode> joints = new ArrayList<>();
    private final Map<ElkEdge, Ends> edges = new LinkedHashMap<>();

    IslandGraph(Diagram diagram, Island island) {
        this.diagram = diagram;
        this.size = island.stages().size();
        ElkOptions.root(root, size);
        for (int stage : island.stages()) {
            Label label = diagram.labels().get(stage);
            ElkNode node = ElkGraphUtil.createNode(frame(diagram.frames().get(stage)));
            node.setDimensions(label.width(), label.height());
            ElkOptions.item(node, stage);
            stages.put(stage, node);
        }
        island.bundles().forEach(this::add);
    }

    private ElkNode frame(Diagram.Frame frame) {
        ElkNode pipeline = pipelines.computeIfAbsent(frame.pipeline(), title -> {
            ElkNode node = ElkGraphUtil.createNode(root);
            ElkOptions.area(node, Title.PIPELINE, Printable.line(title), size);
            ElkOptions.place(node, pipelines.size());
            return node;
        });
        if (frame.workspace() < 0) {
            return pipeline;
        }
        return workspaces.computeIfAbsent(frame, f -> {
            ElkNode node = ElkGraphUtil.createNode(pipeline);
            ElkOptions.area(node, Title.WORKSPACE, f.caption(), size);
            ElkOptions.place(node, f.workspace());
            return node;
        });
    }

    private void add(Bundle bundle) {
        Map<Integer, ElkPort> before = ports(bundle.before(), PortSide.EAST);
        Map<Integer, ElkPort> after = ports(bundle.after(), PortSide.WEST);
        if (bundle.meets()) {
            ElkNode joint = joint(bundle);
            connect(before, Map.of(-1, port(joint, PortSide.WEST)), bundle);
            connect(Map.of(-1, port(joint, PortSide.EAST)), after, bundle);
        } else {
            connect(before, after, bundle);
        }
    }

    private Map<Integer, ElkPort> ports(List<Integer> numbers, PortSide side) {
        Map<Integer, ElkPort> ports = new LinkedHashMap<>();
        for (int number : numbers) {
            ElkNode node = stages.get(number);
            if (node == null) {
                throw new IllegalStateException("stage " + number + " is on another island");
            }
            ports.put(number, port(node, side));
        }
        return ports;
    }

    private void connect(Map<Integer, ElkPort> before, Map<Integer, ElkPort> after, Bundle bundle) {
        after.forEach((to, end) -> before.forEach(
                (from, start) -> edges.put(ElkGraphUtil.createSimpleEdge(start, end), new Ends(from, to, bundle))));
    }

    private ElkNode joint(Bundle bundle) {
        Diagram.Frame frame = diagram.frames().get(bundle.after().get(0));
        ElkNode home =
                switch (diagram.home(bundle.stages())) {
                    case WORKSPACE -> frame(frame);
                    case PIPELINE -> frame(new Diagram.Frame(frame.pipeline(), -1, ""));
                    case PAGE -> root;
                };
        ElkNode node = ElkGraphUtil.createNode(home);
        node.setDimensions(JOINT, JOINT);
        ElkOptions.item(node, bundle.after().get(0));
        joints.add(node);
        return node;
    }

    private static ElkPort port(ElkNode node, PortSide side) {
        ElkPort port = ElkGraphUtil.createPort(node);
        ElkOptions.port(port, side);
        return port;
    }

    ElkNode root() {
        return root;
    }

    /** The pipelines by name. */
    Map<String, ElkNode> pipelines() {
        return pipelines;
    }

    Map<Diagram.Frame, ElkNode> workspaces() {
        return workspaces;
    }

    /** The stages by number. */
    Map<Integer, ElkNode> stages() {
        return stages;
    }

    List<ElkNode> joints() {
        return joints;
    }

    Map<ElkEdge, Ends> edges() {
        return edges;
    }
}
