package io.jenkins.plugins.sluice.model;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    private int lastGate = -1;

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
        Reasons reasons = new Reasons();
        for (Template template : stage.templates()) {
            for (Reference reference : template.references()) {
                source(reference.name()).ifPresent(n -> reasons.uses(bit(n), reference.toString()));
            }
        }
        files.sources(number, stage, reasons);
        barrier(stage).ifPresent(why -> reasons.obeys(upTo(number), why));
        if (lastGate >= 0) {
            reasons.obeys(bit(lastGate), "what comes after a gate waits for it");
        }
        connect(stage, reasons);
        numbers.put(stage.name(), number);
        if (stage.work().gate().isPresent()) {
            lastGate = number;
        }
    }

    /** From the last to the first, so that what others imply is known when its turn comes. */
    private void connect(Stage stage, Reasons reasons) {
        BitSet above = new BitSet();
        BitSet open = reasons.all();
        for (int n = open.length() - 1; n >= 0; n = open.previousSetBit(n - 1)) {
            if (!above.get(n)) {
                edges.add(reasons.edge(stage, stages.get(n), n));
                above.or(ancestors.get(n));
                above.set(n);
            }
        }
        ancestors.add(above);
    }

    private static BitSet bit(int number) {
        BitSet bit = new BitSet();
        bit.set(number);
        return bit;
    }

    private static BitSet upTo(int number) {
        BitSet all = new BitSet();
        all.set(0, number);
        return all;
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

    /** Why a stage waits for others; of several reasons for one the first counts. */
    private static final class Reasons {
        private record Reason(BitSet stages, String why, boolean uses) {}

        private final List<Reason> reasons = new ArrayList<>();

        void uses(BitSet stages, String why) {
            reasons.add(new Reason(stages, why, true));
        }

        void obeys(BitSet stages, String why) {
            reasons.add(new Reason(stages, why, false));
        }

        BitSet all() {
            BitSet all = new BitSet();
            reasons.forEach(reason -> all.or(reason.stages()));
            return all;
        }

        Edge edge(Stage stage, Stage before, int number) {
            Reason first = reasons.stream()
                    .filter(reason -> reason.stages().get(number))
                    .findFirst()
                    .orElseThrow();
            return new Edge(stage, before, first.why(), first.uses());
        }
    }

    /** Which files of the workspace the stages write and read, as far as the file of the pipeline tells. */
    private static final class FileUse {
        private final boolean shared;
        private final FileIndex written = new FileIndex();
        private final FileIndex read = new FileIndex();

        FileUse(boolean shared) {
            this.shared = shared;
        }

        /** Adds the earlier stages that a stage must not overtake, with the paths that say so; notes what this one does. */
        void sources(int number, Stage stage, Reasons reasons) {
            Set<String> reads = StageFiles.read(stage, shared);
            Set<String> writes = StageFiles.written(stage, shared);
            reads.forEach(path -> reasons.uses(written.touching(path), words(path)));
            if (shared) {
                writes.forEach(path -> {
                    BitSet touching = read.touching(path);
                    touching.or(written.touching(path));
                    reasons.uses(touching, words(path));
                });
            }
            reads.forEach(path -> read.add(path, number));
            writes.forEach(path -> written.add(path, number));
        }

        private static String words(String path) {
            return path.equals(".") ? "files of the workspace" : "the path " + path;
        }
    }
}
