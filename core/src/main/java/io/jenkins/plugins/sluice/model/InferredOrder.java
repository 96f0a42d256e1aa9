package io.jenkins.plugins.sluice.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code execution: auto} makes of a list of stages: a stage waits only for earlier ones of the list that it takes
 * something from.
 *
 * <ul>
 *   <li>A reference to a value of a stage waits for that stage.
 *   <li>What uses a file waits for the stages that leave it: see {@link FileUse}.
 *   <li>A gate waits for all stages before it, and all after it wait for the gate.
 *   <li>What reaches out of the run waits for all before it: an image is not published, nor a secret handed out, before
 *       the tests that are listed above have passed.
 * </ul>
 *
 * <p>Everything else goes side by side. Edges that follow from others are left out.
 */
public final class InferredOrder {
    /**
     * That a stage waits for another.
     *
     * @param why the reference, the path or the rule, in words
     * @param uses whether it takes something from the other, or only a rule lets it wait
     */
    public record Edge(Stage stage, Stage before, String why, boolean uses) {}

    private final List<Stage> stages;
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final List<BitSet> ancestors = new ArrayList<>();
    private final List<Edge> edges = new ArrayList<>();
    private final FileUse files;

    private InferredOrder(Collection<Stage> stages, WorkspaceUse workspace) {
        this.stages = List.copyOf(stages);
        this.files = new FileUse(workspace == WorkspaceUse.SHARED);
    }

    /** The edges between the ordinary stages of a pipeline, which are given in the order of the list. */
    public static List<Edge> of(Collection<Stage> stages, WorkspaceUse workspace) {
        InferredOrder order = new InferredOrder(
                stages.stream().filter(s -> s.flow().runs() == Runs.ON_SUCCESS).toList(), workspace);
        for (int number = 0; number < order.stages.size(); number++) {
            order.place(number);
        }
        return order.edges;
    }

    private void place(int number) {
        Stage stage = stages.get(number);
        Map<Integer, String> before = new TreeMap<>((a, b) -> b - a);
        for (Template template : stage.templates()) {
            for (Reference reference : template.references()) {
                source(reference.name()).ifPresent(n -> before.putIfAbsent(n, reference.toString()));
            }
        }
        files.sources(number, stage).forEach(before::putIfAbsent);
        Set<Integer> used = Set.copyOf(before.keySet());
        barrier(stage).ifPresent(why -> {
            for (int n = number - 1; n >= 0; n--) {
                before.putIfAbsent(n, why);
            }
        });
        lastGate(number).ifPresent(n -> before.putIfAbsent(n, "what comes after a gate waits for it"));
        numbers.put(stage.name(), number);
        connect(number, before, used);
    }

    private void connect(int number, Map<Integer, String> before, Set<Integer> used) {
        BitSet above = new BitSet();
        before.forEach((n, why) -> {
            if (!above.get(n)) {
                edges.add(new Edge(stages.get(number), stages.get(n), why, used.contains(n)));
                above.or(ancestors.get(n));
                above.set(n);
            }
        });
        ancestors.add(above);
    }

    /** The earlier stage whose name a reference begins with; names with dots are matched longest first. */
    private Optional<Integer> source(String name) {
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            Integer number = numbers.get(name.substring(0, dot));
            if (number != null) {
                return Optional.of(number);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> barrier(Stage stage) {
        if (stage.work().gate().isPresent()) {
            return Optional.of("a gate waits for all before it");
        }
        Optional<Action> outward = stage.work().actions().stream()
                .filter(a -> a.kind().isOutward())
                .findFirst();
        boolean secret = !stage.settings().credentials().isEmpty()
                || stage.work().actions().stream()
                        .anyMatch(a -> !a.credentials().isEmpty());
        return outward.map(a -> "'" + a.kind().key() + "' waits for all before it")
                .or(() -> secret ? Optional.of("what has credentials waits for all before it") : Optional.empty());
    }

    private Optional<Integer> lastGate(int number) {
        for (int n = number - 1; n >= 0; n--) {
            if (stages.get(n).work().gate().isPresent()) {
                return Optional.of(n);
            }
        }
        return Optional.empty();
    }

    /** Which files of the workspace the stages write and read, as far as the file of the pipeline tells. */
    private static final class FileUse {
        private final boolean shared;
        private final FileIndex written = new FileIndex();
        private final FileIndex read = new FileIndex();

        FileUse(boolean shared) {
            this.shared = shared;
        }

        /** The earlier stages that a stage must not overtake, with the path that says so; notes what this one does. */
        Map<Integer, String> sources(int number, Stage stage) {
            Set<String> reads = StageFiles.read(stage, shared);
            Set<String> writes = StageFiles.written(stage, shared);
            Map<Integer, String> found = new LinkedHashMap<>();
            reads.forEach(path -> note(written.touching(path), found));
            if (shared) {
                writes.forEach(path -> {
                    note(read.touching(path), found);
                    note(written.touching(path), found);
                });
            }
            reads.forEach(path -> read.add(path, number));
            writes.forEach(path -> written.add(path, number));
            return found;
        }

        private static void note(Map<Integer, String> touching, Map<Integer, String> found) {
            touching.forEach((stage, path) ->
                    found.putIfAbsent(stage, path.equals(".") ? "files of the workspace" : "the path " + path));
        }
    }
}
