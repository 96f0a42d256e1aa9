package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.plan.Block;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.plan.PolicyChecks;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.problem.Suggestion;
import io.jenkins.plugins.sluice.report.Masker;
import io.jenkins.plugins.sluice.report.ProblemReport;
import io.jenkins.plugins.sluice.report.RunReport;
import io.jenkins.plugins.sluice.run.Decision;
import io.jenkins.plugins.sluice.run.EventJson;
import io.jenkins.plugins.sluice.run.GateKeeper;
import io.jenkins.plugins.sluice.run.Repetition;
import io.jenkins.plugins.sluice.run.RunEvent;
import io.jenkins.plugins.sluice.run.RunOutcome;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.StageRun;
import io.jenkins.plugins.sluice.run.StageStatus;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A run for a host that walks the tree of blocks and takes the steps that it is told. It can be serialised at any moment; its
 * serial form is a text, and is read by every later version.
 *
 * <p>Blocks and stages are numbers; steps are maps, see {@link Call}. A host gets to a stage when everything before it in its
 * block is done, {@link #open}s it, takes the steps that {@link #next} names as long as there are any, tells what came of each
 * ({@link #take}, {@link #fail}), and {@link #close}s it.
 *
 * <p>Thread-safe: people look at a run while its program works at it. The parts that it is made of are not: once
 * it has begun, all of them are only called under its monitor.
 */
public final class RunHandle implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient RunBasis basis;
    private final transient RunProgress progress;
    private final transient RunState state;
    private final transient ExecutionPlan plan;
    private final transient NumberedBlocks blocks;
    private final transient MeshProgress meshes = new MeshProgress();
    private final transient Presence presence;
    private final transient Attempts attempts;
    private final transient AgentGroups groups;
    private final transient Gates gates;
    private final transient CallMaker calls;
    private final transient Set<Integer> shown = new TreeSet<>();
    private transient String rerunOf = "";

    RunHandle(RunBasis basis, Controller controller) {
        this.basis = basis;
        this.progress = new RunProgress(this, basis, controller);
        this.state = progress.state();
        this.plan = progress.plan();
        this.blocks = new NumberedBlocks(plan);
        this.presence = new Presence(plan);
        this.calls = new CallMaker(basis, state, progress.values(), presence);
        this.attempts = new Attempts(progress, presence, calls);
        this.groups = new AgentGroups(progress, presence, calls, attempts);
        this.gates = new Gates(progress);
    }

    /** A new run. */
    public static RunHandle begin(RunBasis basis) {
        RunHandle run = new RunHandle(basis, Controller.find());
        synchronized (run) {
            run.progress.start(run.progress.now());
        }
        return run;
    }

    /**
     * A new run that repeats an earlier one from a stage on, and takes over the results of the other stages.
     *
     * @param basis with what the new run is started: the configuration, and why stages are skipped, are those of the earlier one
     * @param from the id of the stage, or what only it is called within its pipeline
     * @throws IllegalArgumentException if that cannot be done, with a reason for people
     */
    public static RunHandle repeat(RunBasis basis, RunHandle earlier, String from) {
        return repeat(basis, earlier, from, false);
    }

    /**
     * Likewise.
     *
     * @param dry whether it is only to be seen that it can be done: nothing happens then, and the run is of no use
     */
    public static RunHandle repeat(RunBasis basis, RunHandle earlier, String from, boolean dry) {
        RunHandle run = new RunHandle(basis.repeating(earlier.basis), Controller.find());
        if (earlier.basis.policyRules().trusted().isEmpty()
                && basis.policyRules().trusted().isPresent()) {
            throw new IllegalArgumentException(
                    "that build began before the policy asked who may change the pipeline: start a new one instead");
        }
        // What is allowed is a question of today, also for a configuration of then.
        Problems problems = new Problems();
        PolicyChecks.check(run.plan, basis.policyRules(), problems);
        if (problems.hasErrors()) {
            throw new IllegalArgumentException(
                    ProblemReport.text(problems.list()).strip());
        }
        synchronized (earlier) {
            synchronized (run) {
                run.takeOver(earlier, from, dry);
            }
        }
        return run;
    }

    private void takeOver(RunHandle earlier, String from, boolean dry) {
        Repetition repetition = new Repetition(earlier.state, earlier.number(from), true);
        repetition.reasonAgainst().ifPresent(reason -> {
            throw new IllegalArgumentException(reason);
        });
        if (dry) {
            return;
        }
        Instant now = progress.now();
        String id = earlier.progress.values().runId();
        repeats(id);
        progress.start(now);
        repetition.remarks(progress.keeper()).forEach(progress::note);
        repetition.taken(id, progress.keeper(), now).forEach(event -> {
            if (event instanceof RunEvent.WorkspaceKept kept) {
                String what = "the files of the workspace of " + kept.workspace() + " stay with run " + id;
                progress.note(what + ": of what came before only artifacts are there");
            } else {
                progress.happen(event);
            }
            if (event instanceof RunEvent.ResultTaken taken) {
                progress.note(taken.stage() + " is taken over from run " + id);
            }
        });
    }

    private int number(String name) {
        List<PlannedStage> named = plan.named(name);
        if (named.size() == 1) {
            return named.get(0).number();
        }
        List<String> ids = plan.stages().stream().map(PlannedStage::id).toList();
        throw new IllegalArgumentException(
                named.isEmpty()
                        ? "there is no stage '" + name + "'; " + Suggestion.among(name, "it has", ids)
                        : "there are several stages '" + name + "': name its pipeline, too");
    }

    /** Takes note that the run repeats one with this id; the empty text if it repeats none. */
    void repeats(String run) {
        rerunOf = run;
    }

    /** Goes on after what has happened before, with the attempts that are on their way. */
    void takeUp(Map<Integer, Attempt.Written> written) {
        attempts.takeUp(written);
        progress.resume();
    }

    private Object writeReplace() {
        synchronized (this) {
            return new SerialForm(HandleJson.write(this));
        }
    }

    // The tree

    /** Whether there is nothing to do at all. */
    public synchronized boolean isEmpty() {
        return blocks.isEmpty();
    }

    /**
     * A block: its {@code kind} ({@code stage}, {@code sequence}, {@code parallel}, {@code mesh} or {@code group}) and the
     * numbers of its {@code parts}; {@code branches} with names for those that begin side by side; of a group its number
     * {@code group} and the {@code agent}; of a stage its number {@code stage}.
     */
    public synchronized Map<String, Object> block(int number) {
        return blocks.map(number);
    }

    /** Takes note that a part of a mesh is done: the parts that can go on now, with names for them. */
    public synchronized Map<String, Integer> finish(int mesh, int part) {
        int position = blocks.parts(mesh).indexOf(part);
        return blocks.branches(mesh, meshes.finish(mesh, (Block.Mesh) blocks.block(mesh), position));
    }

    // Groups

    /** Whether no stage of a group needs an agent any more: what needs none is decided here. */
    public synchronized boolean isSettled(int group) {
        return groups.isSettled(group);
    }

    /** The steps around a group and its agent: nothing that is waited for there keeps an agent waiting. */
    public synchronized List<Map<String, Object>> around(int group) {
        return Call.maps(groups.around(group));
    }

    /** A group has got its agent: the steps that prepare the workspace. */
    public synchronized List<Map<String, Object>> enter(int group) {
        // Whoever walks the group anew walks its meshes from their roots.
        meshes.finished().keySet().removeAll(blocks.meshesIn(group));
        List<Call> steps = new ArrayList<>(groups.checkout(group, basis.sourceOfRun()));
        steps.addAll(groups.enter(group));
        return Call.maps(steps);
    }

    /** A group is about to give its agent back: the steps to take before. */
    public synchronized List<Map<String, Object>> leave(int group) {
        return Call.maps(groups.leave(group));
    }

    /** The steps that {@link #leave} has named are taken, and the agent is given back. */
    public synchronized void left(int group) {
        groups.left(group);
    }

    /**
     * A group has lost its agent, or never got one: the stage whose turn it was ends with that.
     *
     * @return whether anything follows from it; else whoever calls should give up
     */
    public synchronized boolean groupFailed(int group, Throwable trouble) {
        return groups.fail(group, progress.controller().failure(trouble));
    }

    // Stages

    /** The {@code name} of a stage and the steps {@code around} its work; null if it has been shown to people already. */
    public synchronized @Nullable Map<String, Object> open(int number) {
        PlannedStage stage = plan.stage(number);
        boolean finished = progress.status(stage) == StageStatus.FINISHED;
        if (finished ? !shown.add(number) : !presence.canWork(number)) {
            return null;
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", blocks.name(stage));
        map.put("around", Call.maps(finished ? List.of() : groups.around(stage)));
        return map;
    }

    /** The next step for a stage; null if there is none, or none as long as it has no agent. */
    public synchronized @Nullable Map<String, Object> next(int number) {
        PlannedStage stage = plan.stage(number);
        Optional<Call> call = Optional.empty();
        while (call.isEmpty() && progress.status(stage) != StageStatus.FINISHED && presence.canWork(number)) {
            call = switch (progress.status(stage)) {
                case WAITING, PAUSED -> start(stage);
                case ASKING -> gates.ask(stage);
                case RUNNING -> attempts.work(stage);
                case FINISHED -> Optional.empty();
            };
        }
        return call.map(Call::map).orElse(null);
    }

    /** Begins what is due. */
    private Optional<Call> start(PlannedStage stage) {
        Optional<Decision> due = progress.due(stage.number());
        if (due.isEmpty()) {
            if (progress.status(stage) == StageStatus.FINISHED) {
                return Optional.empty();
            }
            throw new IllegalStateException("it is not the turn of " + stage.id());
        }
        if (due.get() instanceof Decision.Start start) {
            return attempts.start(stage, start);
        }
        gates.open(stage);
        return Optional.empty();
    }

    /** Takes the answer of the step that {@link #next} has named. */
    public synchronized void take(int number, @Nullable Object answer) {
        PlannedStage stage = plan.stage(number);
        if (progress.status(stage) == StageStatus.ASKING) {
            gates.take(stage, answer);
        } else {
            attempts.take(stage, answer);
        }
    }

    /** Takes what got in the way of the step that {@link #next} has named. */
    public synchronized void fail(int number, Throwable trouble) {
        PlannedStage stage = plan.stage(number);
        Failure failure = progress.controller().failure(trouble);
        // That also ends a question.
        progress.takeAbort(failure);
        if (progress.status(stage) == StageStatus.ASKING) {
            gates.fail(stage, failure);
        } else {
            attempts.fail(stage, failure);
        }
    }

    /** The step that shows people how a stage ended, if that needs to be said; null if not. */
    public synchronized @Nullable Map<String, Object> close(int number) {
        PlannedStage stage = plan.stage(number);
        StageRun run = state.stage(number);
        if (run.outcome().isEmpty()) {
            return null;
        }
        shown.add(number);
        return Endings.of(stage, run.outcome().get(), run.detail())
                .map(Call::map)
                .orElse(null);
    }

    // The run

    /** Jenkins' word for how the run ended. */
    public synchronized String result() {
        RunOutcome outcome = state.outcome().orElseThrow(() -> new IllegalStateException("the run is not over"));
        return Endings.result(outcome);
    }

    /** By which the host finds the build of this run. */
    public String key() {
        return basis.key();
    }

    /** What the run was started with. */
    public RunBasis basis() {
        return basis;
    }

    /** All that has happened, one JSON object each: see {@link EventJson}. */
    public synchronized List<String> events() {
        return progress.events();
    }

    /** The whole of it as text, for {@link #view}. */
    public synchronized String json() {
        return HandleJson.write(this);
    }

    /**
     * A run of which that text was kept, to look at: nothing can be done with it.
     *
     * @throws IllegalArgumentException if it is no such text
     * @throws IllegalStateException if the configuration cannot be read any more
     */
    public static RunHandle view(String json) {
        return HandleJson.view(json, Controller.find());
    }

    /** Whether the run repeats an earlier one, from whatever stage. */
    public synchronized boolean isRepetition() {
        return !rerunOf.isEmpty();
    }

    /** Whether the run is over. */
    public synchronized boolean isOver() {
        return state.outcome().isPresent();
    }

    /** Whether people are asked something. */
    public synchronized boolean isWaiting() {
        return !state.asking().isEmpty();
    }

    /** Whether a question, by the {@code id} of its step, is one of this run that a newer run may supersede. */
    public synchronized boolean isSupersedable(String question) {
        return gates.isSupersedable(question);
    }

    /** Whether there are gates in the plan. */
    public boolean hasGates() {
        return plan.stages().stream()
                .anyMatch(stage -> stage.stage().work().gate().isPresent());
    }

    /** The run for programs: see docs/run-format.md. */
    public synchronized String report() {
        return new RunReport(state, keeper(), Masker.NONE)
                .json(progress.values().runId());
    }

    /** The run for people, a line for each stage. */
    public synchronized String text() {
        return new RunReport(state, keeper(), Masker.NONE)
                .text(progress.values().runId());
    }

    /** What was asked, voted and decided at the gates, in order, as a list of events. */
    public synchronized String audit() {
        return HandleJson.audit(progress.events());
    }

    /** The plan and what has become of it; only as long as nothing happens: hold the monitor of this handle meanwhile. */
    public RunState state() {
        return state;
    }

    /** Who judges the votes; likewise. */
    public GateKeeper keeper() {
        return progress.keeper();
    }

    /** The directory among the artifacts of the build where the files are that a stage keeps. */
    public String place(int stage) {
        return ArtifactPlace.of(plan.stage(stage));
    }

    // What else is written down

    String rerunOf() {
        return rerunOf;
    }

    RunProgress progress() {
        return progress;
    }

    Attempts attempts() {
        return attempts;
    }

    Presence presence() {
        return presence;
    }

    MeshProgress meshes() {
        return meshes;
    }

    Set<Integer> shown() {
        return shown;
    }
}
