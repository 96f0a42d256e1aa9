package io.jenkins.plugins.sluice.cli.picture;

import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * A plan as a picture: an SVG file that needs nothing else, for light and dark pages. Each pipeline is an area with its
 * stages, each arrow leads to a stage from one that it waits for. The same plan gives the same bytes on every JVM. All methods
 * may be called from any thread.
 */
public final class PlanPicture {
    /** The most stages of a picture. */
    public static final int MOST_STAGES = 2_000;

    /** The most lines of a picture. */
    public static final int MOST_LINES = 10_000;

    /** ELK calls itself once for each step of a long way through the lines: the usual stack is too small for 2,000 stages. */
    private static final long STACK = 128L << 20;

    private PlanPicture() {}

    /**
     * Why a plan is too large to be drawn, or empty if it is not: a clause that goes well after "cannot draw this plan:".
     * Larger pictures could be made, but viewers choke on them and nobody could read them.
     */
    public static Optional<String> tooLarge(ExecutionPlan plan) {
        return tooManyStages(plan).or(() -> tooManyLines(plan.shortestNeeds()));
    }

    private static Optional<String> tooManyStages(ExecutionPlan plan) {
        int stages = plan.stages().size();
        return stages <= MOST_STAGES
                ? Optional.empty()
                : Optional.of("it has " + stages + " stages, and a picture at most " + MOST_STAGES);
    }

    private static Optional<String> tooManyLines(int[][] needs) {
        int lines = Bundle.of(needs).stream().mapToInt(Bundle::lines).sum();
        return lines <= MOST_LINES
                ? Optional.empty()
                : Optional.of("it has " + lines + " lines between stages, and a picture at most " + MOST_LINES);
    }

    /**
     * The picture of what will run.
     *
     * @throws IllegalArgumentException if the plan is {@linkplain #tooLarge(ExecutionPlan) too large}
     */
    public static String svg(ExecutionPlan plan) {
        return svg(plan, Map.of());
    }

    /**
     * The picture of a run. Everything is where it is in the picture of the plan.
     *
     * @param looks how far stages have come, by number; a stage that is missing is drawn as planned
     * @throws IllegalArgumentException if the plan is {@linkplain #tooLarge(ExecutionPlan) too large}
     */
    public static String svg(ExecutionPlan plan, Map<Integer, StageLook> looks) {
        tooManyStages(plan).ifPresent(PlanPicture::refuse);
        int[][] needs = plan.shortestNeeds();
        tooManyLines(needs).ifPresent(PlanPicture::refuse);
        Drawing drawing = draw(plan, needs);
        Markup out = new Markup();
        SvgWriter writer = new SvgWriter(plan, drawing, out);
        writer.head(Summary.title(plan), Summary.description(plan, needs, looks));
        writer.ground();
        StageWriter stages = new StageWriter(out);
        drawing.stages().stream()
                .sorted(Comparator.comparingInt(Drawing.Box::stage))
                .forEach(box -> stages.write(plan.stage(box.stage()), box, looks.get(box.stage())));
        out.close("svg");
        return out.toString();
    }

    private static void refuse(String why) {
        throw new IllegalArgumentException("cannot draw this plan: " + why);
    }

    /** The places of everything. */
    static Drawing draw(ExecutionPlan plan, int[][] needs) {
        Diagram diagram = Diagram.of(plan, Bundle.of(needs));
        try {
            return CompletableFuture.supplyAsync(() -> draw(diagram), PlanPicture::startWithDeepStack)
                    .join();
        } catch (CompletionException e) {
            throw new IllegalStateException("Eclipse ELK cannot lay out this plan", e.getCause());
        }
    }

    private static void startWithDeepStack(Runnable task) {
        new Thread(null, task, "plan-picture", STACK).start();
    }

    private static Drawing draw(Diagram diagram) {
        return Shelves.arranged(Island.of(diagram).stream()
                .map(island -> IslandLayout.of(diagram, island))
                .toList());
    }
}
