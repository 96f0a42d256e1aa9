package io.jenkins.plugins.sluice.report;

import io.jenkins.plugins.sluice.gate.Ballot;
import io.jenkins.plugins.sluice.model.Action;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.model.Runs;
import io.jenkins.plugins.sluice.model.Template;
import io.jenkins.plugins.sluice.plan.Block;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.problem.Printable;
import io.jenkins.plugins.sluice.run.Durations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A plan as a tree of text lines for a terminal. */
public final class PlanText implements Block.Visitor<PlanText.Lines> {
    private static final int SHOWN = 4;

    /** A heading and what is below it. */
    record Lines(String head, List<Lines> below) {}

    private final ExecutionPlan plan;
    private final Function<PlannedStage, About> about;
    private final int[][] shortestNeeds;
    private final int[] groups;
    private final boolean anyArtifacts;

    private PlanText(ExecutionPlan plan, Optional<Function<PlannedStage, About>> about) {
        this.plan = plan;
        this.about = about.orElse(this::planned);
        this.shortestNeeds = plan.shortestNeeds();
        this.groups = plan.groups();
        this.anyArtifacts = plan.stages().stream()
                .anyMatch(s -> !s.stage().keeps().artifacts().isEmpty());
    }

    /** The tree, one line for each block, each line ended. */
    public static String of(ExecutionPlan plan) {
        StringBuilder out = new StringBuilder();
        out.append(heading(plan)).append('\n');
        PlanText text = new PlanText(plan, Optional.empty());
        return out + text.tree();
    }

    /** What is said about the stages of a plan behind their ids. */
    static Function<PlannedStage, String> notes(ExecutionPlan plan) {
        PlanText text = new PlanText(plan, Optional.empty());
        return stage -> text.planned(stage).notes();
    }

    /**
     * What is said about a stage besides its id.
     *
     * @param notes behind the id; may be empty
     * @param below a line each, below it
     */
    record About(String notes, List<String> below) {}

    /** The tree without a heading, with something else said about the stages. */
    static String body(ExecutionPlan plan, Function<PlannedStage, About> about) {
        return new PlanText(plan, Optional.of(about)).tree();
    }

    private String tree() {
        StringBuilder out = new StringBuilder();
        plan.root().ifPresent(root -> print(root.accept(this), "", "", out));
        return out.toString();
    }

    private static String heading(ExecutionPlan plan) {
        long pipelines = plan.file().pipelines().stream()
                .filter(p -> p.stages().stream().anyMatch(s -> s.work().rule().isEmpty()))
                .count();
        long skipped = plan.stages().stream().filter(s -> s.skip().isPresent()).count();
        return count(pipelines, "pipeline") + ", " + count(plan.stages().size(), "stage")
                + (skipped > 0 ? ", " + skipped + " of them skipped" : "");
    }

    private static String count(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static void print(Lines lines, String first, String rest, StringBuilder out) {
        out.append(first).append(lines.head()).append('\n');
        for (int i = 0; i < lines.below().size(); i++) {
            boolean last = i == lines.below().size() - 1;
            print(lines.below().get(i), rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "), out);
        }
    }

    @Override
    public Lines single(Block.Single block) {
        PlannedStage stage = plan.stage(block.stage());
        About what = about.apply(stage);
        String notes = what.notes().isEmpty() ? "" : "   " + what.notes();
        List<Lines> below = what.below().stream()
                .map(line -> new Lines(Printable.of(line), List.of()))
                .toList();
        return new Lines(Printable.of(stage.id() + notes), below);
    }

    @Override
    public Lines sequence(Block.Sequence block) {
        return new Lines("sequence", visited(block.parts()));
    }

    @Override
    public Lines parallel(Block.Parallel block) {
        return new Lines("parallel", visited(block.parts()));
    }

    private List<Lines> visited(List<Block> parts) {
        return parts.stream().map(part -> part.accept(this)).toList();
    }

    @Override
    public Lines mesh(Block.Mesh block) {
        List<Lines> below = new ArrayList<>();
        for (int i = 0; i < block.parts().size(); i++) {
            Block part = block.parts().get(i);
            Lines lines = part.accept(this);
            String after = block.needs().get(i).isEmpty() ? "" : "   after " + needsOf(part);
            below.add(new Lines(lines.head() + after, lines.below()));
        }
        return new Lines("mesh: each part starts when its own needs have finished", below);
    }

    /** What the part waits for: its first stage stands for all that begin it. */
    private String needsOf(Block part) {
        int[] first = {-1};
        part.forEachStage(stage -> first[0] = first[0] < 0 ? stage : first[0]);
        return names(Arrays.stream(shortestNeeds[first[0]])
                .mapToObj(n -> plan.stage(n).id())
                .toList());
    }

    @Override
    public Lines group(Block.Group block) {
        String agent = "agent " + (block.agent().isEmpty() ? "any" : block.agent());
        Lines body = block.body().accept(this);
        if (block.body() instanceof Block.Single) {
            return new Lines(agent + "   " + body.head(), body.below());
        }
        boolean sequence = block.body() instanceof Block.Sequence;
        return new Lines(agent + ", one workspace" + (sequence ? "" : ": " + body.head()), body.below());
    }

    private About planned(PlannedStage stage) {
        List<String> notes = new ArrayList<>();
        stage.stage().work().gate().ifPresent(gate -> notes.add(gate(gate)));
        stage.stage().work().rule().ifPresent(rule -> notes.add("the policy asks for it"));
        stage.stage().work().steps().flatMap(s -> s.image()).ifPresent(i -> notes.add("in " + stage.shown(i)));
        actions(stage).ifPresent(notes::add);
        Runs runs = stage.stage().flow().runs();
        if (runs != Runs.ON_SUCCESS) {
            notes.add(runs == Runs.ALWAYS ? "always" : "only on failure");
        }
        if (stage.stage().flow().allowFailure()) {
            notes.add("may fail");
        }
        stage.stage().settings().lock().ifPresent(lock -> notes.add("lock " + stage.shown(lock)));
        artifacts(stage, notes);
        stage.skip().ifPresent(reason -> notes.add("skipped: " + reason));
        return new About(String.join("; ", notes), asked(stage));
    }

    /** The question of the policy, which is in no file of the repository. */
    private static List<String> asked(PlannedStage stage) {
        boolean shown = stage.stage().work().rule().isPresent() && stage.skip().isEmpty();
        return stage.stage()
                .work()
                .gate()
                .filter(gate -> shown)
                .map(gate -> stage.shown(gate.message()).lines().toList())
                .orElse(List.of());
    }

    /** What a stage does besides its script, in the order in which it does it. */
    private static Optional<String> actions(PlannedStage stage) {
        return stage.stage().work().actions().stream()
                .map(Action::kind)
                .filter(kind -> kind != Action.Kind.NOTIFY)
                .map(Action.Kind::key)
                .reduce((one, other) -> one + ", " + other);
    }

    private static String gate(Gate gate) {
        int count = gate.approvers().count();
        String limit =
                gate.timeout().map(time -> " within " + Durations.words(time)).orElse("");
        return "gate: " + (count == 1 ? "approval" : count + " approvals") + " by "
                + Ballot.of(gate).approvers() + limit + "; nothing is held";
    }

    private void artifacts(PlannedStage stage, List<String> notes) {
        List<Template> kept = stage.stage().keeps().artifacts();
        if (!kept.isEmpty()) {
            notes.add("keeps " + names(kept.stream().map(stage::shown).toList()));
        }
        if (anyArtifacts && stage.skip().isEmpty() && stage.stage().work().holdsAgent()) {
            List<String> from = plan.carriesInto(stage).stream()
                    .filter(s -> s.skip().isEmpty() && groups[s.number()] != groups[stage.number()])
                    .map(PlannedStage::id)
                    .toList();
            if (!from.isEmpty()) {
                notes.add("gets the artifacts of " + names(from));
            }
        }
    }

    private static String names(List<String> names) {
        String shown = names.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return names.size() <= SHOWN ? shown : shown + " and " + (names.size() - SHOWN) + " more";
    }
}
