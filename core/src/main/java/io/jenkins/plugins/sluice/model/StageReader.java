package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.config.ConfigMap;
import io.jenkins.plugins.sluice.config.ConfigNode;
import io.jenkins.plugins.sluice.config.ConfigScalar;
import io.jenkins.plugins.sluice.config.Words;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.problem.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads stages, filling in the defaults of their pipeline and file. What the shape check has reported is left out, so that
 * one mistake is one message.
 */
final class StageReader {
    /** Keys that are read and checked, and executed by later versions. */
    private static final List<String> LATER = List.of("services");

    private static final List<String> BESIDE_GATE = List.of("name", "needs", "when", "gate");

    private final ConfigMap defaults;
    private final ConfigMap pipeline;
    private final Dialect dialect;
    private final TemplateParser templates;
    private final ActionReader actions;
    private final Problems problems;

    StageReader(ConfigMap defaults, ConfigMap.Entry entry, ConfigMap pipeline, Dialect dialect, Problems problems) {
        this.defaults = defaults;
        this.pipeline = pipeline;
        this.dialect = dialect;
        this.problems = problems;
        this.templates = new TemplateParser(dialect, problems);
        this.actions = new ActionReader(entry.key(), pipeline, dialect, templates, this::credentials);
    }

    /** Reads one stage; empty if it has no usable name. Its needs are still empty. */
    Optional<Stage> read(ConfigMap stage) {
        return stage.scalar("name").map(name -> {
            checkName(name);
            Settings settings = settings(stage);
            Keeps keeps = keeps(stage, settings.directory());
            return new Stage(name.text(), stage.place(), work(stage, name.text()), settings, flow(stage), keeps);
        });
    }

    private void checkName(ConfigScalar name) {
        boolean reserved = List.of("setup", "teardown").contains(name.text())
                || (dialect == Dialect.SLUICE && Target.RUN_NAMESPACES.contains(name.text()));
        if (reserved) {
            problems.add(ProblemCode.RESERVED_NAME.at(name.place(), name.text()));
        }
    }

    private Work work(ConfigMap stage, String name) {
        Optional<ConfigMap.Entry> gate = stage.entry("gate");
        if (gate.isPresent()) {
            checkNothingBeside(stage);
            GateReader reader = new GateReader(directory(stage), templates, problems);
            return new Work.Decision(reader.read(gate.get().value()));
        }
        List<LaterWork> later = new ArrayList<>();
        LATER.forEach(key -> stage.entry(key).map(LaterWork::of).ifPresent(later::add));
        stage.entry("deploy")
                .filter(e -> LaterWork.isPlugin(e.value()))
                .map(LaterWork::of)
                .ifPresent(later::add);
        Optional<Script> script = script(stage);
        List<Action> asked = actions.read(stage);
        boolean idle = asked.stream().allMatch(a -> a.kind() == Action.Kind.NOTIFY);
        if (stage.get("script").isEmpty() && later.isEmpty() && idle) {
            problems.add(ProblemCode.NOTHING_TO_DO.at(stage.place(), name));
        }
        return new Work.Steps(script, stage.scalar("image").map(templates::text), asked, later);
    }

    private void checkNothingBeside(ConfigMap stage) {
        stage.entries().forEach(e -> {
            if (!BESIDE_GATE.contains(e.key())) {
                problems.add(ProblemCode.CONFLICTING_KEYS.at(
                        e.keyPlace(), e.key(), "gate", "a gate does nothing else: move this to a stage of its own"));
            }
        });
    }

    private Optional<Script> script(ConfigMap stage) {
        List<Template> commands =
                stage.scalars("script").stream().map(templates::script).toList();
        stage.scalars("script").forEach(s -> new ScriptQuotes(problems).check(s));
        if (commands.isEmpty()) {
            return Optional.empty();
        }
        String shell = stage.text("shell").orElseGet(() -> defaults.textOr("shell", "bash"));
        return Optional.of(new Script(shell.equals("sh") ? Shell.SH : Shell.BASH, commands));
    }

    private Settings settings(ConfigMap stage) {
        Map<String, Template> env = new LinkedHashMap<>();
        for (ConfigMap level : List.of(defaults, pipeline, stage)) {
            env.putAll(level.scalarMap("env", templates::text));
        }
        return new Settings(
                inherited(stage, "agent").map(ConfigScalar::text).orElse(""),
                directory(stage),
                env,
                credentials(stage),
                inherited(stage, "timeout").flatMap(s -> Words.duration(s.text())),
                stage.scalar("lock").map(templates::text));
    }

    private Optional<ConfigScalar> inherited(ConfigMap stage, String key) {
        return stage.scalar(key).or(() -> pipeline.scalar(key)).or(() -> defaults.scalar(key));
    }

    private String directory(ConfigMap stage) {
        ConfigMap owner = stage.scalar("directory").isPresent() ? stage : pipeline;
        Optional<ConfigScalar> written = owner.scalar("directory");
        Optional<String> inside =
                RepoPath.resolve(".", written.map(ConfigScalar::text).orElse("."));
        if (inside.isEmpty()) {
            written.ifPresent(s -> problems.add(ProblemCode.PATH_OUTSIDE.at(s.place(), s.text())));
        }
        return inside.orElse(".");
    }

    private List<Credential> credentials(ConfigMap stage) {
        List<Credential> credentials = new ArrayList<>();
        for (ConfigNode item : stage.items("credentials")) {
            item.asMap()
                    .flatMap(map -> map.scalar("id").map(id -> credential(map, id)))
                    .ifPresent(credentials::add);
        }
        return credentials;
    }

    private Credential credential(ConfigMap map, ConfigScalar id) {
        Credential.Type type = Credential.Type.of(map.textOr("type", "secretText"));
        Map<Credential.Part, String> variables = new LinkedHashMap<>();
        switch (type) {
            case SECRET_TEXT -> variables.put(Credential.Part.TEXT, named(map, id, "variable", "name"));
            case FILE -> variables.put(Credential.Part.FILE, named(map, id, "variable", "name"));
            case SSH_KEY -> {
                variables.put(Credential.Part.FILE, named(map, id, "keyFileVariable", "variable", "name"));
                map.text("usernameVariable").ifPresent(v -> variables.put(Credential.Part.USERNAME, v));
            }
            case USERNAME_PASSWORD -> {
                variables.put(Credential.Part.USERNAME, named(map, id, "usernameVariable"));
                variables.put(Credential.Part.PASSWORD, named(map, id, "passwordVariable"));
            }
        }
        return new Credential(id.text(), type, variables, id.place());
    }

    private String named(ConfigMap map, ConfigScalar id, String... keys) {
        for (String key : keys) {
            if (map.text(key).isPresent()) {
                return map.textOr(key, "");
            }
        }
        problems.add(ProblemCode.MISSING_KEY.at(
                map.place(), keys[0], "name the environment variable that gets the secret '" + id.text() + "'"));
        return "_";
    }

    private Flow flow(ConfigMap stage) {
        return new Flow(
                List.of(),
                Runs.of(stage.textOr("runs", "onSuccess")),
                stage.flag("allowFailure"),
                retry(stage),
                ConditionReader.read(stage),
                matrix(stage, problems));
    }

    private Retry retry(ConfigMap stage) {
        return stage.map("retry")
                .or(() -> defaults.map("retry"))
                .map(map -> new Retry(
                        map.number("attempts").orElse(1),
                        duration(map, "delay").orElse(Duration.ZERO),
                        map.texts("on")))
                .orElse(Retry.NEVER);
    }

    static Optional<Matrix> matrix(ConfigMap owner, Problems problems) {
        return owner.map("matrix").flatMap(map -> {
            Map<String, List<String>> axes = new LinkedHashMap<>();
            map.keys().stream()
                    .filter(key -> !key.equals("exclude") && !key.equals("include"))
                    .forEach(key -> axes.put(key, map.texts(key)));
            axes.keySet().forEach(axis -> checkDifferent(map.scalars(axis), problems));
            checkAxes(map, axes.keySet(), problems);
            Matrix matrix = new Matrix(axes, rows(map, "exclude"), rows(map, "include"));
            if (matrix.size() > Matrix.MAX_COMBINATIONS) {
                problems.add(ProblemCode.MATRIX_TOO_LARGE.at(map.place(), matrix.size(), Matrix.MAX_COMBINATIONS));
                return Optional.empty();
            }
            if (map.size() > 0 && matrix.combinations().isEmpty()) {
                problems.add(ProblemCode.EMPTY_MATRIX.at(map.place()));
            }
            return Optional.of(matrix);
        });
    }

    private static void checkDifferent(List<ConfigScalar> values, Problems problems) {
        Map<String, ConfigScalar> seen = new LinkedHashMap<>();
        for (ConfigScalar value : values) {
            ConfigScalar first = seen.putIfAbsent(value.text(), value);
            if (first != null) {
                int line = first.place().location().line();
                problems.add(ProblemCode.DUPLICATE_NAME.at(value.place(), "value", value.text(), line));
            }
        }
    }

    /** A combination to leave out that names an axis that is not there would leave out nothing. */
    private static void checkAxes(ConfigMap matrix, Set<String> axes, Problems problems) {
        for (ConfigNode row : matrix.items("exclude")) {
            row.asMap().ifPresent(map -> map.entries().forEach(e -> {
                if (!axes.contains(e.key())) {
                    String hint = Suggestion.among(e.key(), "axes", axes);
                    problems.add(ProblemCode.INVALID_VALUE.at(e.keyPlace(), e.key(), hint));
                }
            }));
        }
    }

    private static List<Map<String, String>> rows(ConfigMap map, String key) {
        return map.items(key).stream()
                .flatMap(item -> item.asMap().stream())
                .map(row -> {
                    Map<String, String> values = new LinkedHashMap<>();
                    row.entries().forEach(e -> e.value().asScalar().ifPresent(s -> values.put(e.key(), s.text())));
                    return values;
                })
                .collect(Collectors.toList());
    }

    private Keeps keeps(ConfigMap stage, String directory) {
        List<ConfigScalar> artifacts = new ArrayList<>(stage.scalars("artifacts"));
        stage.map("artifacts").ifPresent(map -> map.keys().forEach(key -> artifacts.addAll(map.scalars(key))));
        List<ConfigScalar> junit =
                stage.map("reports").map(r -> r.scalars("junit")).orElse(List.of());
        Map<String, Template> outputs = stage.scalarMap("outputs", templates::text);
        boolean fromFile = outputs.size() == 1 && outputs.containsKey("file");
        Optional<String> file = fromFile ? stage.map("outputs").flatMap(o -> o.text("file")) : Optional.empty();
        stage.map("outputs")
                .flatMap(o -> o.scalar("file"))
                .filter(s -> fromFile)
                .ifPresent(s -> inside(directory, s));
        return new Keeps(
                patterns(artifacts, directory), fromFile ? Map.of() : outputs, file, patterns(junit, directory));
    }

    private List<Template> patterns(List<ConfigScalar> written, String directory) {
        written.forEach(s -> inside(directory, s));
        return written.stream().map(templates::text).toList();
    }

    private void inside(String directory, ConfigScalar path) {
        if (RepoPath.resolve(directory, path.text()).isEmpty()) {
            problems.add(ProblemCode.PATH_OUTSIDE.at(path.place(), path.text()));
        }
    }

    private static Optional<Duration> duration(ConfigMap map, String key) {
        return map.text(key).flatMap(Words::duration);
    }
}
