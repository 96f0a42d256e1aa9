package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.PathPattern;
import io.jenkins.plugins.sluice.model.RepoPath;
import io.jenkins.plugins.sluice.model.Template;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The artifacts that a gate shows: those that a stage right behind it would get.
 *
 * @param files by path and digest
 * @param problem why the question cannot be asked; empty if it can
 */
public record ShownFiles(List<KeptFile> files, Optional<String> problem) {
    public ShownFiles {
        files = List.copyOf(files);
    }

    /** What a gate shows as things are now. */
    public static ShownFiles of(PlannedStage gate, RunState state, RunValues values) {
        List<Template> patterns = gate.stage().work().gate().map(Gate::show).orElse(List.of());
        if (patterns.isEmpty()) {
            return new ShownFiles(List.of(), Optional.empty());
        }
        CarriedFiles carried = carried(gate, state);
        Set<KeptFile> files = new LinkedHashSet<>();
        List<String> problems = new ArrayList<>(carried.clash().stream().toList());
        for (Template template : patterns) {
            String text =
                    template.resolve(reference -> values.of(reference, gate).orElseGet(() -> {
                        problems.add("no value for " + reference);
                        return "";
                    }));
            String path =
                    RepoPath.resolve(gate.stage().settings().directory(), text).orElse(text);
            PathPattern pattern = PathPattern.parse(path);
            List<KeptFile> matching = carried.files().stream()
                    .filter(file -> pattern.matches(file.path()))
                    .toList();
            if (matching.isEmpty()) {
                problems.add("there is nothing to show: no artifact of a stage before it matches " + path);
            }
            files.addAll(matching);
        }
        return new ShownFiles(List.copyOf(files), problems.stream().findFirst());
    }

    private static CarriedFiles carried(PlannedStage stage, RunState state) {
        Map<PlannedStage, List<KeptFile>> kept = new LinkedHashMap<>();
        for (PlannedStage source : state.plan().carriesInto(stage)) {
            state.stage(source.number())
                    .lastResult()
                    .map(AttemptResult::kept)
                    .ifPresent(files -> kept.put(source, files));
        }
        return CarriedFiles.of(state.plan(), kept);
    }

    /**
     * The artifacts that a stage must find as they were shown, whatever others have done to its workspace: those of the gates
     * before it, unless a stage behind the gate has kept another file under the same path.
     */
    public static List<KeptFile> before(PlannedStage stage, RunState state, RunValues values) {
        Set<String> paths = new LinkedHashSet<>();
        for (PlannedStage gate : state.plan().before(stage)) {
            if (!gate.stage().work().holdsAgent()) {
                of(gate, state, values).files().forEach(file -> paths.add(file.path()));
            }
        }
        return paths.isEmpty()
                ? List.of()
                : carried(stage, state).files().stream()
                        .filter(file -> paths.contains(file.path()))
                        .toList();
    }
}
