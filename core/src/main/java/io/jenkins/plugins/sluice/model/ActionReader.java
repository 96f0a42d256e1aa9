package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.config.ConfigList;
import io.jenkins.plugins.sluice.config.ConfigMap;
import io.jenkins.plugins.sluice.config.ConfigNode;
import io.jenkins.plugins.sluice.config.ConfigScalar;
import io.jenkins.plugins.sluice.model.Action.Kind;
import io.jenkins.plugins.sluice.problem.Place;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the actions of a stage and fills in PipelineLib's defaults. */
final class ActionReader {
    private static final String SUBJECT = "[Pipeline] ${setup.projectShortName} ${setup.pipeline}/${.stage} failed";
    private static final String BODY = "Pipeline ${setup.pipeline} for project ${setup.project} failed during\n"
            + "stage ${.stage}. See the log for details: ${setup.logURL}";

    private final String pipelineName;
    private final ConfigMap pipeline;
    private final Dialect dialect;
    private final TemplateParser templates;
    private final ValueReader values;
    private final Function<ConfigMap, List<Credential>> credentials;

    ActionReader(
            String pipelineName,
            ConfigMap pipeline,
            Dialect dialect,
            TemplateParser templates,
            Function<ConfigMap, List<Credential>> credentials) {
        this.pipelineName = pipelineName;
        this.pipeline = pipeline;
        this.dialect = dialect;
        this.templates = templates;
        this.values = new ValueReader(templates);
        this.credentials = credentials;
    }

    /** The actions that a stage asks for, in the order in which they are done. */
    List<Action> read(ConfigMap stage) {
        List<Action> actions = new ArrayList<>();
        boolean nameOnly = dialect == Dialect.PIPELINELIB && stage.size() == 1;
        if (nameOnly) {
            actions.add(new Action(Kind.BUILD, stage.place(), build(ConfigMap.empty(stage), stage), List.of()));
            actions.add(new Action(Kind.RUN, stage.place(), run(ConfigMap.empty(stage)), List.of()));
        }
        for (Kind kind : Kind.values()) {
            if (kind == Kind.NOTIFY) {
                notice(stage).ifPresent(actions::add);
            } else {
                stage.entry(kind.key())
                        .filter(e -> isAskedFor(kind, e.value()))
                        .map(e -> action(kind, e, stage))
                        .ifPresent(actions::add);
            }
        }
        return actions;
    }

    private boolean isAskedFor(Kind kind, ConfigNode node) {
        if (isOff(node) || (kind == Kind.DEPLOY && LaterWork.isPlugin(node))) {
            return false;
        }
        return kind != Kind.PUBLISH
                || node.asMap()
                        .flatMap(map -> map.get("image"))
                        .filter(image -> !isOff(image))
                        .isPresent();
    }

    /** Whether a value says no, or nothing. A text in quotes is a text: a variant may be called so. */
    private boolean isOff(ConfigNode node) {
        boolean no = node.asScalar()
                .filter(s -> s.kind() == ConfigScalar.Kind.BOOLEAN)
                .map(s -> s.text().equalsIgnoreCase("false"))
                .orElse(false);
        return no || isIgnored(node);
    }

    /** An empty value is absent for PipelineLib; the check of the shape has said so to whoever wrote it. */
    private boolean isIgnored(ConfigNode node) {
        return node.isBlank() && (dialect == Dialect.PIPELINELIB || node.asMap().isEmpty());
    }

    private Action action(Kind kind, ConfigMap.Entry entry, ConfigMap stage) {
        ConfigNode node = entry.value();
        ConfigMap map = node.asMap().orElse(ConfigMap.empty(node));
        Value settings =
                switch (kind) {
                    case BUILD -> build(map, stage);
                    case RUN -> run(map);
                    case COPY -> copy(node);
                    case PUBLISH -> publish(map.map("image").orElse(ConfigMap.empty(node)));
                    case PROMOTE -> promote(node);
                    case DEPLOY -> deploy(map);
                    case EXPORTS -> values.data(node);
                    case TRIGGER -> trigger(map);
                    case NOTIFY -> throw new IllegalArgumentException("notices are read with those of the pipeline");
                };
        return new Action(kind, entry.keyPlace(), settings, kind == Kind.RUN ? credentials.apply(map) : List.of());
    }

    private Value build(ConfigMap map, ConfigMap stage) {
        boolean blubber = map.get("dockerfile").isEmpty()
                && (dialect == Dialect.PIPELINELIB
                        || stage.get("blubberfile").isPresent()
                        || pipeline.get("blubberfile").isPresent());
        Fields fields = new Fields(map);
        Optional<ConfigScalar> shorthand = stage.scalar("build");
        Value otherwise = fields.written(blubber ? "${.stage}" : "");
        Value target =
                shorthand.or(() -> map.scalar("target")).map(values::text).orElse(otherwise);
        fields.put("variant", map.scalar("variant").map(values::text).orElse(target));
        fields.text("context", ".");
        fields.text("imagePullPolicy", "always");
        fields.list("excludes", List.of());
        fields.texts("args");
        if (blubber) {
            fields.put("blubberfile", blubberfile(stage, fields));
        } else {
            fields.text("dockerfile", "Dockerfile");
        }
        return fields.done();
    }

    private Value blubberfile(ConfigMap stage, Fields fields) {
        return stage.get("blubberfile")
                .or(() -> pipeline.get("blubberfile"))
                .map(values::data)
                .orElseGet(() -> fields.written(pipelineName + "/blubber.yaml"));
    }

    private Value run(ConfigMap map) {
        Fields fields = new Fields(map);
        fields.text("image", "${.imageID}");
        fields.list("arguments", List.of());
        fields.texts("env");
        int tail = map.number("tail").orElse(0);
        fields.put("tail", new Value.Plain(BigDecimal.valueOf(tail)));
        fields.put("credentials", map.get("credentials").map(values::data).orElseGet(() -> new Value.Items(List.of())));
        return fields.done();
    }

    private Value copy(ConfigNode node) {
        return each(node, item -> {
            Fields fields = new Fields(item.asMap().orElse(ConfigMap.empty(item)));
            Value shorthand = item.asScalar().map(values::text).orElseGet(() -> fields.written(""));
            fields.text("from", "${.container}");
            fields.put("source", fields.map.scalar("source").map(values::text).orElse(shorthand));
            fields.put(
                    "destination",
                    fields.map.scalar("destination").map(values::text).orElse(fields.get("source")));
            fields.flag("archive", false);
            return fields.done();
        });
    }

    private Value publish(ConfigMap map) {
        Fields fields = new Fields(map);
        fields.text("id", "${.imageID}");
        fields.text("name", "${setup.project}");
        fields.text("tag", "${setup.timestamp}-${.stage}");
        fields.list("tags", List.of("${setup.tag}"));
        return fields.done();
    }

    private Value promote(ConfigNode node) {
        Function<ConfigNode, Value> read = item -> {
            Fields fields = new Fields(item.asMap().orElse(ConfigMap.empty(item)));
            fields.text("chart", "${setup.projectShortName}");
            fields.list("environments", List.of());
            fields.text("version", "${.imageTag}");
            return fields.done();
        };
        return node.asScalar().isPresent() ? new Value.Items(List.of(read.apply(node))) : each(node, read);
    }

    private Value each(ConfigNode node, Function<ConfigNode, Value> read) {
        List<ConfigNode> items = node.asList().map(ConfigList::items).orElse(List.of(node));
        return new Value.Items(items.stream().map(read).toList());
    }

    private Value deploy(ConfigMap map) {
        Fields fields = new Fields(map);
        fields.text("image", "${.imageName}");
        fields.text("tag", "${.imageTag}");
        fields.text("cluster", "ci");
        fields.flag("test", true);
        fields.put("overrides", map.get("overrides").map(values::data).orElseGet(() -> new Value.Entries(Map.of())));
        fields.put("timeout", map.get("timeout").map(values::data).orElseGet(() -> new Value.Plain(null)));
        Fields chart = new Fields(map.map("chart").orElse(ConfigMap.empty(map)));
        chart.text("name", "${setup.projectShortName}");
        chart.text("version", "");
        fields.put("chart", chart.done());
        return fields.done();
    }

    private Value trigger(ConfigMap map) {
        Fields fields = new Fields(map);
        fields.text("name", "");
        fields.texts("parameters");
        fields.flag("propagate", true);
        fields.flag("wait", false);
        return fields.done();
    }

    /** What the stage says of a notice wins over what the pipeline says, key by key. */
    private Optional<Action> notice(ConfigMap stage) {
        Optional<ConfigMap.Entry> own =
                stage.entry("notify").filter(e -> !e.value().isBlank());
        Optional<ConfigMap.Entry> general =
                pipeline.entry("notify").filter(e -> !e.value().isBlank());
        Optional<ConfigMap.Entry> first = own.or(() -> general);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        List<ConfigMap> levels = new ArrayList<>();
        for (Optional<ConfigMap.Entry> level : List.of(own, general)) {
            level.flatMap(e -> e.value().asMap()).flatMap(m -> m.map("email")).ifPresent(levels::add);
        }
        Fields fields = new Fields(ConfigMap.empty(stage));
        fields.put("to", written(levels, "to").map(n -> listOfTexts(n)).orElseGet(() -> new Value.Items(List.of())));
        fields.put("subject", text(levels, "subject").orElseGet(() -> fields.written(SUBJECT)));
        fields.put("body", text(levels, "body").orElseGet(() -> fields.written(BODY)));
        return Optional.of(new Action(Kind.NOTIFY, first.get().keyPlace(), fields.done(), List.of()));
    }

    private static Optional<ConfigNode> written(List<ConfigMap> levels, String key) {
        return levels.stream().flatMap(level -> level.get(key).stream()).findFirst();
    }

    private Optional<Value> text(List<ConfigMap> levels, String key) {
        return written(levels, key).flatMap(ConfigNode::asScalar).map(values::text);
    }

    private Value listOfTexts(ConfigNode node) {
        Optional<ConfigList> list = node.asList();
        if (list.isPresent()) {
            return new Value.Items(list.get().items().stream()
                    .map(item -> item.asScalar().map(values::text).orElseGet(() -> values.data(item)))
                    .toList());
        }
        return node.asScalar()
                .<Value>map(s -> new Value.Items(List.of(values.text(s))))
                .orElseGet(() -> values.data(node));
    }

    /** Collects the fields of one map, each with its default. */
    private final class Fields {
        private final ConfigMap map;
        private final Map<String, Value> fields = new LinkedHashMap<>();

        Fields(ConfigMap map) {
            this.map = map;
        }

        void put(String key, Value value) {
            fields.put(key, value);
        }

        Value get(String key) {
            return fields.getOrDefault(key, new Value.Plain(null));
        }

        /** A default that the format itself has. */
        Value written(String text) {
            return new Value.Text(templates.text(text, map.place()));
        }

        /** As for PipelineLib an empty text counts as absent. */
        void text(String key, String otherwise) {
            put(
                    key,
                    map.scalar(key)
                            .filter(s -> !s.text().isEmpty())
                            .map(values::text)
                            .orElseGet(() -> written(otherwise)));
        }

        void flag(String key, boolean otherwise) {
            put(key, new Value.Plain(map.get(key).isPresent() ? map.flag(key) : otherwise));
        }

        void list(String key, List<String> otherwise) {
            put(
                    key,
                    map.get(key)
                            .filter(node -> !node.isBlank())
                            .map(ActionReader.this::listOfTexts)
                            .orElseGet(() -> new Value.Items(
                                    otherwise.stream().map(this::written).toList())));
        }

        /** A map of texts. */
        void texts(String key) {
            Optional<ConfigMap> written = map.map(key);
            Map<Template, Value> entries = new LinkedHashMap<>();
            written.ifPresent(texts -> texts.entries()
                    .forEach(e -> entries.put(
                            Template.literal(e.keyPlace(), e.key()),
                            e.value().asScalar().map(values::text).orElseGet(() -> values.data(e.value())))));
            boolean expression = written.map(
                            m -> m.get("$each").isPresent() || m.get("$merge").isPresent())
                    .orElse(false);
            put(key, expression ? written.map(values::data).orElseThrow() : new Value.Entries(entries));
        }

        Value done() {
            Map<Template, Value> entries = new LinkedHashMap<>();
            Place place = map.place();
            fields.forEach((key, value) -> entries.put(Template.literal(place, key), value));
            return new Value.Entries(entries);
        }
    }
}
