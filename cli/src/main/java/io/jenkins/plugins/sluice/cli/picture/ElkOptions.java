package io.jenkins.plugins.sluice.cli.picture;

import java.util.EnumSet;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.NodePlacementStrategy;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.math.KVector;
import org.eclipse.elk.core.options.Alignment;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.HierarchyHandling;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.core.options.SizeConstraint;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;

/** What Eclipse ELK is asked for: from left to right, straight lines with right angles, across the borders of areas. */
final class ElkOptions {
    /** Above so many stages in one island, placing takes a simpler way: seconds matter more than the last straight line. */
    private static final int MANY = 250;

    private static final double PADDING = 14;

    private ElkOptions() {}

    static void root(ElkNode root, int stages) {
        container(root, stages);
        root.setProperty(LayeredOptions.PADDING, new ElkPadding(0));
        root.setProperty(LayeredOptions.SEPARATE_CONNECTED_COMPONENTS, false);
    }

    /** A pipeline or a workspace, with room for a title above what is in it. */
    static void area(ElkNode area, Title kind, String title, int stages) {
        container(area, stages);
        area.setProperty(LayeredOptions.PADDING, new ElkPadding(kind.room(), PADDING, PADDING, PADDING));
        area.setProperty(LayeredOptions.NODE_SIZE_CONSTRAINTS, EnumSet.of(SizeConstraint.MINIMUM_SIZE));
        area.setProperty(
                LayeredOptions.NODE_SIZE_MINIMUM, new KVector(Math.ceil(kind.width(title) + 2 * PADDING), kind.room()));
    }

    /** A stage or a joint. */
    static void item(ElkNode item, int order) {
        place(item, order);
        item.setProperty(LayeredOptions.PORT_CONSTRAINTS, PortConstraints.FIXED_SIDE);
    }

    /** Above what comes later in the file, where they are in one column, and at its left side. */
    static void place(ElkNode node, int order) {
        node.setProperty(LayeredOptions.ALIGNMENT, Alignment.LEFT);
        node.setProperty(LayeredOptions.POSITION, new KVector(0, order));
    }

    static void port(ElkPort port, PortSide side) {
        port.setProperty(LayeredOptions.PORT_SIDE, side);
    }

    /** ELK hands these down to no child. */
    private static void container(ElkNode node, int stages) {
        node.setProperty(LayeredOptions.HIERARCHY_HANDLING, HierarchyHandling.INCLUDE_CHILDREN);
        node.setProperty(LayeredOptions.DIRECTION, Direction.RIGHT);
        node.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        node.setProperty(LayeredOptions.RANDOM_SEED, 1);
        node.setProperty(LayeredOptions.CROSSING_MINIMIZATION_SEMI_INTERACTIVE, true);
        node.setProperty(
                LayeredOptions.NODE_PLACEMENT_STRATEGY,
                stages > MANY ? NodePlacementStrategy.BRANDES_KOEPF : NodePlacementStrategy.NETWORK_SIMPLEX);
        node.setProperty(LayeredOptions.THOROUGHNESS, stages > MANY ? 1 : 7);
        node.setProperty(LayeredOptions.SPACING_NODE_NODE, 14.0);
        node.setProperty(LayeredOptions.SPACING_EDGE_NODE, 12.0);
        node.setProperty(LayeredOptions.SPACING_EDGE_EDGE, 10.0);
        node.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 30.0);
        node.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 14.0);
        node.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, 10.0);
    }
}
