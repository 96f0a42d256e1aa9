package io.jenkins.plugins.sluice.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** A YAML text whose values know where they stand. */
final class YamlText {
    private final String text;
    private final @Nullable Node root;
    private final List<Event> events;
    private final Set<String> aliased = new HashSet<>();

    private YamlText(String text, @Nullable Node root, List<Event> events) {
        this.text = text;
        this.root = root;
        this.events = events;
        for (Event event : events) {
            if (event instanceof AliasEvent alias) {
                aliased.add(alias.getAnchor());
            }
        }
    }

    /** The text is left alone. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String why;

        Refused(String why) {
            super(why, null, false, false);
            this.why = why;
        }

        String why() {
            return why;
        }
    }

    static YamlText of(String text) {
        try {
            LoaderOptions options = new LoaderOptions();
            options.setCodePointLimit(Integer.MAX_VALUE);
            Node root = new Composer(parser(text, options), new Resolver(), options).getSingleNode();
            List<Event> events = new ArrayList<>();
            Parser parser = parser(text, options);
            while (!parser.checkEvent(Event.ID.StreamEnd)) {
                events.add(parser.getEvent());
            }
            return new YamlText(text, root, events);
        } catch (YAMLException e) {
            throw new Refused("the file is no single YAML document: "
                    + Objects.requireNonNullElse(e.getMessage(), "").replaceAll("\\s+", " "));
        }
    }

    private static Parser parser(String text, LoaderOptions options) {
        return new ParserImpl(new StreamReader(text), options);
    }

    /** The text with the value set. */
    String with(List<String> path, String value) {
        String edited = edited(path, value);
        if (!edited.equals(text)) {
            check(of(edited), path, value);
        }
        return edited;
    }

    private String edited(List<String> path, String value) {
        Node node = root;
        Optional<NodeTuple> above = Optional.empty();
        for (int i = 0; i < path.size(); i++) {
            List<String> rest = path.subList(i, path.size());
            if (node == null) {
                return appended(0, rest, value);
            }
            refuseShared(node, path.subList(0, i));
            if (above.isPresent() && isNothing(node)) {
                int column = above.get().getKeyNode().getStartMark().getColumn() + 2;
                return below(above.get(), column, rest, value);
            }
            if (!(node instanceof MappingNode map)) {
                throw new Refused(i == 0 ? "the file holds no map" : "'" + shown(path, i) + "' is no map");
            }
            Optional<NodeTuple> found = find(map, path, i);
            if (found.isEmpty()) {
                return added(map, above, rest, value);
            }
            above = found;
            node = found.get().getValueNode();
            if (isBefore(node.getStartMark(), found.get().getKeyNode().getEndMark())) {
                throw new Refused("'" + shown(path, i + 1) + "' is an alias of a value elsewhere in the file");
            }
        }
        refuseShared(Objects.requireNonNull(node), path);
        return replaced(node, path, value);
    }

    private static String shown(List<String> path, int length) {
        return String.join(".", path.subList(0, length));
    }

    private void refuseShared(Node node, List<String> path) {
        if (node.getAnchor() != null && aliased.contains(node.getAnchor())) {
            throw new Refused("'" + String.join(".", path) + "' is also used elsewhere in the file, by an alias");
        }
    }

    private static Optional<NodeTuple> find(MappingNode map, List<String> path, int depth) {
        List<NodeTuple> found = map.getValue().stream()
                .filter(t -> t.getKeyNode() instanceof ScalarNode key
                        && key.getValue().equals(path.get(depth)))
                .toList();
        if (found.size() > 1) {
            throw new Refused("'" + shown(path, depth + 1) + "' is there twice");
        }
        return found.stream().findFirst();
    }

    /** Whether nothing at all is written where a value could be. */
    private static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && scalar.getStartMark().getIndex() == scalar.getEndMark().getIndex();
    }

    // The value is there

    private String replaced(Node node, List<String> path, String value) {
        String name = "'" + String.join(".", path) + "'";
        if (!(node instanceof ScalarNode scalar)) {
            throw new Refused(name + " holds more than one value");
        }
        int start = offset(scalar.getStartMark());
        ScalarStyle style = scalar.getScalarStyle();
        if (isNothing(scalar)) {
            if (start == 0 || text.charAt(start - 1) != ':') {
                throw new Refused(name + " has no place for a value");
            }
            return spliced(start, start, " " + YamlScalar.written(value, ScalarStyle.PLAIN));
        }
        if (scalar.getValue().equals(value)
                && (style != ScalarStyle.PLAIN || scalar.getTag().equals(Tag.STR))) {
            return text;
        }
        if (style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED) {
            throw new Refused(name + " is a block of text");
        }
        if (text.charAt(start) == '&' || text.charAt(start) == '!') {
            throw new Refused(name + " has an anchor or a tag");
        }
        return spliced(start, offset(scalar.getEndMark()), YamlScalar.written(value, style));
    }

    // The value is not there

    private String added(MappingNode map, Optional<NodeTuple> above, List<String> rest, String value) {
        if (map.getFlowStyle() == FlowStyle.FLOW) {
            return inBraces(map, rest, value);
        }
        Mark first = map.getValue().get(0).getKeyNode().getStartMark();
        if (above.isEmpty()) {
            return appended(first.getColumn(), rest, value);
        }
        if (first.getLine() <= above.get().getKeyNode().getEndMark().getLine()) {
            throw new Refused("there is no safe place for '" + rest.get(0) + "'");
        }
        return below(above.get(), first.getColumn(), rest, value);
    }

    private String inBraces(MappingNode map, List<String> rest, String value) {
        int open = offset(map.getStartMark());
        if (text.charAt(open) != '{') {
            throw new Refused("the map that '" + rest.get(0) + "' belongs to has an anchor or a tag");
        }
        StringBuilder entry = new StringBuilder();
        for (String name : rest) {
            entry.append(entry.isEmpty() ? "" : "{")
                    .append(YamlScalar.key(name))
                    .append(": ");
        }
        entry.append(YamlScalar.written(value, ScalarStyle.PLAIN)).append("}".repeat(rest.size() - 1));
        boolean empty = map.getValue().isEmpty();
        boolean spaced = !empty && text.charAt(open + 1) == ' ';
        return spliced(open + 1, open + 1, (spaced ? " " : "") + entry + (empty ? "" : spaced ? "," : ", "));
    }

    /** On the lines after a key whose value is a map in block style, or nothing yet. */
    private String below(NodeTuple above, int column, List<String> rest, String value) {
        int end = text.indexOf('\n', offset(above.getKeyNode().getEndMark()));
        String lines = lines(column, rest, value);
        return end < 0 ? text + lineEnd() + lines : spliced(end + 1, end + 1, lines);
    }

    private String appended(int column, List<String> rest, String value) {
        if (text.lines().anyMatch(line -> line.startsWith("..."))) {
            throw new Refused("the document has an explicit end");
        }
        boolean ended = text.isEmpty() || text.endsWith("\n");
        return text + (ended ? "" : lineEnd()) + lines(column, rest, value);
    }

    private String lines(int column, List<String> rest, String value) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < rest.size(); i++) {
            lines.append(" ".repeat(column + 2 * i))
                    .append(YamlScalar.key(rest.get(i)))
                    .append(':');
            lines.append(i + 1 < rest.size() ? "" : " " + YamlScalar.written(value, ScalarStyle.PLAIN));
            lines.append(lineEnd());
        }
        return lines.toString();
    }

    private String lineEnd() {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }

    // Characters

    private String spliced(int start, int end, String with) {
        return text.substring(0, start) + with + text.substring(end);
    }

    /** Marks count code points. */
    private int offset(Mark mark) {
        return text.offsetByCodePoints(0, mark.getIndex());
    }

    private static boolean isBefore(Mark one, Mark other) {
        return one.getIndex() < other.getIndex();
    }

    // Trust, but verify

    /** Refuses an edit after which the text would say anything else that is new. */
    private void check(YamlText edited, List<String> path, String value) {
        boolean there = edited.edited(path, value).equals(edited.text);
        List<String> before = events.stream().map(YamlText::said).toList();
        List<String> after = edited.events.stream().map(YamlText::said).toList();
        int shorter = Math.min(before.size(), after.size());
        int same = 0;
        while (same < shorter && before.get(same).equals(after.get(same))) {
            same++;
        }
        int sameAtEnd = 0;
        while (sameAtEnd < shorter - same
                && before.get(before.size() - 1 - sameAtEnd).equals(after.get(after.size() - 1 - sameAtEnd))) {
            sameAtEnd++;
        }
        boolean emptyDocument = root == null;
        if (!there || (!emptyDocument && before.size() - same - sameAtEnd > 1)) {
            throw new Refused("'" + String.join(".", path) + "' cannot be set without changing more than it");
        }
    }

    private static String said(Event event) {
        String anchor = event instanceof NodeEvent node ? String.valueOf(node.getAnchor()) : "";
        return event instanceof ScalarEvent scalar
                ? "scalar " + anchor + " " + scalar.getTag() + " " + scalar.isPlain() + " " + scalar.getValue()
                : event.getEventId() + " " + anchor;
    }
}
