package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.config.ConfigMap;
import io.jenkins.plugins.sluice.config.ConfigNode;
import io.jenkins.plugins.sluice.config.ConfigScalar;
import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.problem.Suggestion;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out what each stage of a pipeline needs: from {@code execution}, from {@code needs}, from what it uses, or from the
 * order of the list.
 * Stages that run on failure or always, and have no needs of their own, come after all ordinary stages.
 */
final class OrderReader {
    private final String pipeline;
    private final Map<String, Stage> stages = new LinkedHashMap<>();
    private final Map<String, Map<StageRef, Need>> needs = new LinkedHashMap<>();
    private final Problems problems;
    private final Dialect dialect;
    private boolean listed;

    OrderReader(String pipeline, Map<String, Stage> stages, Dialect dialect, Problems problems) {
        this.pipeline = pipeline;
        this.dialect = dialect;
        this.problems = problems;
        this.stages.putAll(stages);
    }

    /** Whether the order was that of the list, because nothing else says one. */
    boolean isListed() {
        return listed;
    }

    /**
     * The stages with their needs, in the order of the list; without those that PipelineLib would never reach.
     *
     * @param inferred whether an order that nothing says is inferred, as with {@code execution: auto}
     */
    List<Stage> read(ConfigMap map, WorkspaceUse workspace, boolean inferred) {
        List<ConfigMap> written = map.items("stages").stream()
                .flatMap(node -> node.asMap().stream())
                .filter(s -> s.scalar("name").isPresent())
                .toList();
        Optional<ConfigMap> withNeeds =
                written.stream().filter(s -> s.get("needs").isPresent()).findFirst();
        List<ConfigNode> paths =
                map.get("execution").flatMap(ConfigNode::asList).isPresent() ? map.items("execution") : List.of();
        if (!paths.isEmpty() && withNeeds.isPresent()) {
            Place place = withNeeds.get().entry("needs").orElseThrow().keyPlace();
            problems.add(ProblemCode.CONFLICTING_KEYS.at(
                    place, "needs", "execution", "describe the order in one way: by needs or by paths"));
        } else if (!paths.isEmpty()) {
            readPaths(paths);
        } else if (map.text("execution").isPresent()) {
            infer(workspace);
            written.forEach(this::readNeeds);
        } else if (withNeeds.isPresent()) {
            written.forEach(this::readNeeds);
        } else {
            listed = paths.isEmpty();
            order(workspace, inferred);
        }
        placeLateStages(written, paths.isEmpty());
        return stages.values().stream().map(this::withNeeds).toList();
    }

    private Stage withNeeds(Stage stage) {
        Map<StageRef, Need> found = needs.getOrDefault(stage.name(), Map.of());
        return stage.withFlow(stage.flow().withNeeds(List.copyOf(found.values())));
    }

    private void order(WorkspaceUse workspace, boolean inferred) {
        if (inferred) {
            infer(workspace);
        } else {
            chain();
        }
    }

    private void infer(WorkspaceUse workspace) {
        InferredOrder.of(stages.values(), workspace)
                .forEach(edge -> add(
                        edge.stage().name(), edge.before().name(), edge.stage().place()));
    }

    private void chain() {
        String previous = "";
        for (Stage stage : stages.values()) {
            if (stage.flow().runs() == Runs.ON_SUCCESS) {
                if (!previous.isEmpty()) {
                    add(stage.name(), previous, stage.place());
                }
                previous = stage.name();
            }
        }
    }

    private void readNeeds(ConfigMap stage) {
        String name = stage.textOr("name", "");
        for (ConfigScalar need : stage.scalars("needs")) {
            if (need.text().contains("/")) {
                int slash = need.text().indexOf('/');
                StageRef ref = new StageRef(
                        need.text().substring(0, slash), need.text().substring(slash + 1));
                add(name, new Need(ref, need.place()));
            } else if (stages.containsKey(need.text())) {
                add(name, need.text(), need.place());
            } else {
                problems.add(unknown(need));
            }
        }
    }

    private void readPaths(List<ConfigNode> paths) {
        Set<String> reached = new LinkedHashSet<>();
        for (ConfigNode path : paths) {
            String previous = "";
            for (ConfigNode item : path.asList().map(l -> l.items()).orElse(List.of())) {
                Optional<ConfigScalar> step = item.asScalar();
                if (step.isPresent() && stages.containsKey(step.get().text())) {
                    String name = step.get().text();
                    reached.add(name);
                    if (!previous.isEmpty()) {
                        add(name, previous, step.get().place());
                    }
                    previous = name;
                } else {
                    step.ifPresent(s -> problems.add(unknown(s)));
                }
            }
        }
        List<Stage> unreachable = stages.values().stream()
                .filter(s -> !reached.contains(s.name()) && s.flow().runs() == Runs.ON_SUCCESS)
                .toList();
        for (Stage stage : unreachable) {
            Problem problem = ProblemCode.UNREACHABLE_STAGE.at(stage.place(), stage.name());
            problems.add(dialect == Dialect.PIPELINELIB ? problem.asWarning() : problem);
        }
        if (dialect == Dialect.PIPELINELIB) {
            unreachable.forEach(stage -> stages.remove(stage.name()));
        }
    }

    private Problem unknown(ConfigScalar name) {
        String hint = Suggestion.among(name.text(), "Defined stages", stages.keySet());
        return ProblemCode.UNKNOWN_STAGE.at(name.place(), name.text(), hint);
    }

    private void placeLateStages(List<ConfigMap> written, boolean needsCount) {
        Set<String> explicit = new LinkedHashSet<>();
        written.stream()
                .filter(s -> needsCount && s.get("needs").isPresent())
                .forEach(s -> explicit.add(s.textOr("name", "")));
        List<Stage> withNeeds = stages.values().stream().map(this::withNeeds).toList();
        List<Stage> last = StageGraph.lastStages(pipeline, withNeeds);
        for (Stage stage : withNeeds) {
            boolean late = stage.flow().runs() != Runs.ON_SUCCESS
                    && !explicit.contains(stage.name())
                    && stage.flow().needs().isEmpty();
            if (late) {
                last.forEach(before -> add(stage.name(), before.name(), stage.place()));
            }
        }
    }

    private void add(String stage, String before, Place place) {
        add(stage, new Need(new StageRef(pipeline, before), place));
    }

    private void add(String stage, Need need) {
        needs.computeIfAbsent(stage, n -> new LinkedHashMap<>()).putIfAbsent(need.stage(), need);
    }
}
