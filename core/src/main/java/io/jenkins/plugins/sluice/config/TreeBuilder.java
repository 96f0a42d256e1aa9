package io.jenkins.plugins.sluice.config;

import io.jenkins.plugins.sluice.problem.Location;
import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;

/**
 * Builds the tree from SnakeYAML's events. Working on events rather than on composed nodes lets every limit be checked
 * where it is exceeded, with a line and a column, before memory is spent on what lies beyond.
 */
final class TreeBuilder {
    static final int MAX_DEPTH = 100;
    static final int MAX_VALUES = 500_000;
    private static final String STANDARD_TAGS = "tag:yaml.org,2002:";
    private static final Set<String> PLAIN_TAGS = Set.of("str", "int", "bool", "float", "null", "seq", "map");

    /** Ends the reading at once: the rest of the file is not worth looking at. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Problem problem;

        Refused(Problem problem) {
            super(problem.message(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }

    private final String file;
    private final Parser events;
    private final Problems problems;
    private final Map<String, ConfigNode> anchors = new HashMap<>();
    private final Set<String> open = new HashSet<>();
    private int values;

    TreeBuilder(String file, Parser events, Problems problems) {
        this.file = file;
        this.events = events;
        this.problems = problems;
    }

    Optional<ConfigNode> document() {
        events.getEvent();
        if (events.checkEvent(Event.ID.StreamEnd)) {
            return Optional.of(nothing(Location.startOf(file)));
        }
        events.getEvent();
        ConfigNode top = node(ConfigPath.TOP, 0);
        events.getEvent();
        if (!events.checkEvent(Event.ID.StreamEnd)) {
            throw refused(ProblemCode.YAML_DOCUMENTS.at(placeOf(events.peekEvent(), ConfigPath.TOP)));
        }
        return Optional.of(top);
    }

    private ConfigScalar nothing(Location location) {
        return new ConfigScalar(location, ConfigPath.TOP, "", ConfigScalar.Kind.NOTHING);
    }

    private ConfigNode node(ConfigPath path, int depth) {
        Event event = events.getEvent();
        checkDepth(depth, event);
        count(event, path);
        if (event instanceof AliasEvent alias) {
            return alias(alias, path, depth);
        }
        String anchor = ((NodeEvent) event).getAnchor();
        if (anchor != null) {
            open.add(anchor);
        }
        ConfigNode built = collectionOrScalar(event, path, depth);
        if (anchor != null) {
            open.remove(anchor);
            anchors.put(anchor, built);
        }
        return built;
    }

    private ConfigNode collectionOrScalar(Event event, ConfigPath path, int depth) {
        if (event instanceof ScalarEvent scalar) {
            checkTag(scalar.getTag(), scalar, path);
            return scalar(scalar, path);
        }
        if (event instanceof SequenceStartEvent start) {
            checkTag(start.getTag(), start, path);
            List<ConfigNode> items = new ArrayList<>();
            while (!events.checkEvent(Event.ID.SequenceEnd)) {
                items.add(node(path.index(items.size()), depth + 1));
            }
            events.getEvent();
            return new ConfigList(locate(start), path, items);
        }
        checkTag(((MappingStartEvent) event).getTag(), event, path);
        return map(event, path, depth);
    }

    private ConfigNode map(Event start, ConfigPath path, int depth) {
        Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
        List<ConfigNode> merged = new ArrayList<>();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            Event keyEvent = events.peekEvent();
            ConfigNode keyNode = node(path, depth + 1);
            if (!(keyNode instanceof ConfigScalar key)) {
                throw refused(ProblemCode.WRONG_TYPE.at(
                        placeOf(keyEvent, path), "a plain key", keyNode.described(), "quote the key if it is a text"));
            }
            Location keyLocation = locate(keyEvent);
            ConfigNode value = node(path.key(key.text()), depth + 1);
            if (key.text().equals("<<") && keyEvent instanceof ScalarEvent e && e.isPlain()) {
                merged.add(value);
            } else {
                put(entries, new ConfigMap.Entry(key.text(), keyLocation, value));
            }
        }
        events.getEvent();
        merged.forEach(source -> merge(source, entries, path, start));
        return new ConfigMap(locate(start), path, entries);
    }

    private void put(Map<String, ConfigMap.Entry> entries, ConfigMap.Entry entry) {
        ConfigMap.Entry first = entries.putIfAbsent(entry.key(), entry);
        if (first != null) {
            problems.add(ProblemCode.DUPLICATE_KEY.at(
                    entry.keyPlace(), entry.key(), first.keyLocation().line()));
        }
    }

    /** YAML's {@code <<}: keys of the map itself win, then those of earlier sources. */
    private void merge(ConfigNode source, Map<String, ConfigMap.Entry> into, ConfigPath path, Event use) {
        if (source instanceof ConfigList list) {
            list.items().forEach(item -> merge(item, into, path, use));
        } else if (source instanceof ConfigMap map) {
            map.entries().forEach(e -> {
                ConfigNode value = rebuilt(e.value(), path.key(e.key()), 0, use);
                into.putIfAbsent(e.key(), new ConfigMap.Entry(e.key(), e.keyLocation(), value));
            });
        } else {
            problems.add(ProblemCode.WRONG_TYPE.at(
                    source.place(),
                    "a map (or an alias of one)",
                    source.described(),
                    "'<<' takes over the keys of a map"));
        }
    }

    private ConfigNode alias(AliasEvent alias, ConfigPath path, int depth) {
        String name = alias.getAnchor();
        if (open.contains(name)) {
            throw refused(ProblemCode.YAML_ALIAS.at(placeOf(alias, path), name, "stands inside the value it names"));
        }
        ConfigNode target = anchors.get(name);
        if (target == null) {
            throw refused(ProblemCode.YAML_ALIAS.at(placeOf(alias, path), name, "names nothing"));
        }
        return rebuilt(target, path, depth, alias);
    }

    /** The same value at another path, so that messages name the path where it is used. */
    private ConfigNode rebuilt(ConfigNode node, ConfigPath path, int depth, Event use) {
        checkDepth(depth, use);
        count(use, path);
        if (node instanceof ConfigScalar scalar) {
            return new ConfigScalar(scalar.location(), path, scalar.text(), scalar.kind());
        }
        if (node instanceof ConfigList list) {
            List<ConfigNode> items = new ArrayList<>();
            list.items().forEach(item -> items.add(rebuilt(item, path.index(items.size()), depth + 1, use)));
            return new ConfigList(list.location(), path, items);
        }
        ConfigMap map = (ConfigMap) node;
        Map<String, ConfigMap.Entry> entries = new LinkedHashMap<>();
        for (ConfigMap.Entry e : map.entries()) {
            ConfigNode value = rebuilt(e.value(), path.key(e.key()), depth + 1, use);
            entries.put(e.key(), new ConfigMap.Entry(e.key(), e.keyLocation(), value));
        }
        return new ConfigMap(map.location(), path, entries);
    }

    private void checkDepth(int depth, Event event) {
        if (depth > MAX_DEPTH) {
            throw refused(ProblemCode.YAML_TOO_DEEP.at(new Place(locate(event), ""), MAX_DEPTH));
        }
    }

    private ConfigScalar scalar(ScalarEvent event, ConfigPath path) {
        String text = event.getValue();
        String tag = event.getTag();
        boolean asText = tag == null ? !event.isPlain() : tag.equals("!") || tag.equals(STANDARD_TAGS + "str");
        ConfigScalar.Kind kind = asText ? ConfigScalar.Kind.TEXT : ScalarKinds.of(text);
        return new ConfigScalar(locate(event), path, text, kind);
    }

    private void checkTag(@Nullable String tag, Event event, ConfigPath path) {
        if (tag == null || tag.equals("!")) {
            return;
        }
        boolean standard = tag.startsWith(STANDARD_TAGS);
        String name = standard ? tag.substring(STANDARD_TAGS.length()) : tag;
        if (!standard || !PLAIN_TAGS.contains(name)) {
            throw refused(ProblemCode.YAML_TAG.at(placeOf(event, path), standard ? "!!" + name : name));
        }
    }

    private void count(Event event, ConfigPath path) {
        if (++values > MAX_VALUES) {
            throw refused(ProblemCode.YAML_TOO_MANY_VALUES.at(placeOf(event, path), MAX_VALUES));
        }
    }

    private Place placeOf(Event event, ConfigPath path) {
        return new Place(locate(event), path.toString());
    }

    private Location locate(Event event) {
        Mark mark = event.getStartMark();
        return mark == null ? Location.startOf(file) : new Location(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static Refused refused(Problem problem) {
        return new Refused(problem);
    }
}
