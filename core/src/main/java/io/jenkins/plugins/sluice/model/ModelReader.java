package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.config.ConfigMap;
import io.jenkins.plugins.sluice.config.ConfigNode;
import io.jenkins.plugins.sluice.config.ConfigScalar;
import io.jenkins.plugins.sluice.config.Format;
import io.jenkins.plugins.sluice.config.ShapeChecker;
import io.jenkins.plugins.sluice.config.YamlReader;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.problem.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From the bytes of a file to a validated model, with every problem of the file on the way. Never throws for bad input. */
public final class ModelReader {
    private final Problems problems;
    private final Dialect dialect;
    private final ConfigMap defaults;
    private final boolean inferred;

    private ModelReader(Problems problems, Dialect dialect, ConfigMap defaults, boolean inferred) {
        this.problems = problems;
        this.dialect = dialect;
        this.defaults = defaults;
        this.inferred = inferred;
    }

    /**
     * Reads and checks a file.
     *
     * @param file the name for messages
     * @param problems gets everything that is wrong; the result can be used only if there is no error among it
     * @return the model, or empty if the file has no pipelines to speak of
     */
    public static Optional<PipelineFile> read(String file, byte[] bytes, Problems problems) {
        return read(file, bytes, problems, false);
    }

    /** The same, but as if every pipeline that says nothing of its order said {@code execution: auto}. */
    public static Optional<PipelineFile> readInferred(String file, byte[] bytes, Problems problems) {
        return read(file, bytes, problems, true);
    }

    private static Optional<PipelineFile> read(String file, byte[] bytes, Problems problems, boolean inferred) {
        Optional<ConfigMap> top = YamlReader.read(file, bytes, problems).flatMap(node -> top(node, problems));
        return top.flatMap(map -> {
            Dialect dialect = map.get("version").isPresent() ? Dialect.SLUICE : Dialect.PIPELINELIB;
            new ShapeChecker(problems, dialect == Dialect.PIPELINELIB).check(map, Format.FILE);
            ConfigMap defaults = map.map("defaults").orElse(ConfigMap.empty(map));
            return map.map("pipelines").map(p -> new ModelReader(problems, dialect, defaults, inferred).file(file, p));
        });
    }

    private static Optional<ConfigMap> top(ConfigNode node, Problems problems) {
        if (node.isBlank()) {
            problems.add(ProblemCode.EMPTY_VALUE.at(node.place(), "the file", "docs/config.md shows an example"));
            return Optional.empty();
        }
        Optional<ConfigMap> map = node.asMap();
        if (map.isEmpty()) {
            problems.add(ProblemCode.WRONG_TYPE.at(
                    node.place(),
                    "a map with the key 'pipelines'",
                    node.described(),
                    "docs/config.md shows an example"));
            return Optional.empty();
        }
        Optional<ForeignFormat> foreign = ForeignFormat.of(map.get());
        foreign.ifPresent(f -> problems.add(ProblemCode.FOREIGN_FORMAT.at(node.place(), f.name(), f.hint())));
        return foreign.isPresent() || unsupportedVersion(map.get(), problems) ? Optional.empty() : map;
    }

    /** A file of another version is not held against this one's rules: that would only bury the one thing that is wrong. */
    private static boolean unsupportedVersion(ConfigMap map, Problems problems) {
        Optional<ConfigScalar> other =
                map.scalar("version").filter(s -> !s.text().equals("1"));
        other.ifPresent(s -> problems.add(ProblemCode.UNSUPPORTED_VERSION.at(s.place(), s.text())));
        return other.isPresent();
    }

    private PipelineFile file(String name, ConfigMap map) {
        Map<String, Pipeline> pipelines = new LinkedHashMap<>();
        map.entries().forEach(entry -> entry.value()
                .asMap()
                .ifPresent(body -> pipelines.put(entry.key(), pipeline(entry, body, map))));
        PipelineFile file = new PipelineFile(name, dialect, pipelines);
        new FileChecks(file, problems).check();
        return file;
    }

    private Pipeline pipeline(ConfigMap.Entry entry, ConfigMap body, ConfigMap all) {
        StageReader reader = new StageReader(defaults, entry, body, dialect, problems);
        Map<String, Stage> stages = new LinkedHashMap<>();
        for (ConfigNode node : body.items("stages")) {
            node.asMap().flatMap(reader::read).ifPresent(stage -> {
                Stage first = stages.putIfAbsent(stage.name(), stage);
                if (first != null) {
                    int line = first.place().location().line();
                    problems.add(ProblemCode.DUPLICATE_NAME.at(stage.place(), "stage", stage.name(), line));
                }
            });
        }
        boolean shared = body.text("workspace").map("shared"::equals).orElse(dialect == Dialect.PIPELINELIB);
        WorkspaceUse workspace = shared ? WorkspaceUse.SHARED : WorkspaceUse.SEPARATE;
        OrderReader order = new OrderReader(entry.key(), stages, dialect, problems);
        List<Stage> ordered = order.read(body, workspace, inferred);
        String label = PipelineLibLabels.of(stages.values());
        stages.clear();
        ordered.forEach(s -> stages.put(s.name(), s));
        if (dialect == Dialect.PIPELINELIB) {
            stages.replaceAll((name, s) -> s.settings().agent().isEmpty() ? s.withAgent(label) : s);
        }
        return new Pipeline(
                entry.key(),
                entry.keyPlace(),
                stages,
                pipelineNeeds(body, all),
                ConditionReader.read(body),
                StageReader.matrix(body, problems),
                workspace,
                FetchReader.read(body, problems),
                body.flag("failFast"),
                order.isListed(),
                body.entry("concurrency").map(LaterWork::of).stream().toList());
    }

    private List<Need> pipelineNeeds(ConfigMap body, ConfigMap all) {
        List<Need> needs = new ArrayList<>();
        for (ConfigScalar need : body.scalars("needs")) {
            if (all.keys().contains(need.text())) {
                needs.add(new Need(new StageRef(need.text(), ""), need.place()));
            } else {
                String hint = Suggestion.among(need.text(), "Defined pipelines", all.keys());
                problems.add(ProblemCode.UNKNOWN_PIPELINE.at(need.place(), need.text(), hint));
            }
        }
        return needs;
    }
}
