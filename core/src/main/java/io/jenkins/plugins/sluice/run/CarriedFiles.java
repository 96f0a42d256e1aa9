package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The artifacts that a workspace is owed. If several stages kept the same path, the file of the one that comes after all the
 * others is the one; if there is no such stage and the contents differ, nobody can say which file is meant.
 *
 * @param files what to restore
 * @param clash what cannot be decided, in words; empty if all is well
 */
public record CarriedFiles(List<KeptFile> files, Optional<String> clash) {
    public CarriedFiles {
        files = List.copyOf(files);
    }

    private record Source(PlannedStage stage, KeptFile file) {}

    /** Chooses among what some stages kept. */
    public static CarriedFiles of(ExecutionPlan plan, Map<PlannedStage, List<KeptFile>> kept) {
        Map<String, List<Source>> byPath = new LinkedHashMap<>();
        kept.forEach((stage, files) -> files.forEach(file ->
                byPath.computeIfAbsent(file.path(), p -> new ArrayList<>()).add(new Source(stage, file))));
        List<KeptFile> chosen = new ArrayList<>();
        for (Map.Entry<String, List<Source>> path : byPath.entrySet()) {
            Optional<Source> last = last(plan, path.getValue());
            if (last.isEmpty()) {
                List<String> stages =
                        path.getValue().stream().map(s -> s.stage().id()).toList();
                return new CarriedFiles(
                        List.of(),
                        Optional.of("the artifact " + path.getKey() + " comes with different content from "
                                + String.join(" and ", stages) + ", and none of them comes last"));
            }
            chosen.add(last.get().file());
        }
        return new CarriedFiles(chosen, Optional.empty());
    }

    private static Optional<Source> last(ExecutionPlan plan, List<Source> sources) {
        Source first = sources.get(0);
        if (sources.stream().allMatch(s -> s.file().equals(first.file()))) {
            return Optional.of(first);
        }
        return sources.stream()
                .filter(source -> {
                    List<PlannedStage> before = plan.carriesInto(source.stage());
                    return sources.stream().allMatch(s -> s.equals(source) || before.contains(s.stage()));
                })
                .findFirst();
    }
}
