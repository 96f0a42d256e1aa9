package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.gate.Verdict;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.Gate;
import io.jenkins.plugins.sluice.plan.Block;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.plan.PolicyChecks;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.problem.Suggestion;
import io.jenkins.plugins.sluice.report.GateView;
import io.jenkins.plugins.sluice.report.Masker;
import io.jenkins.plugins.sluice.report.ProblemReport;
import io.jenkins.plugins.sluice.report.RunReport;
import io.jenkins.plugins.sluice.run.AttemptResult;
import io.jenkins.plugins.sluice.run.CarriedFiles;
import io.jenkins.plugins.sluice.run.Decision;
import io.jenkins.plugins.sluice.run.EventJson;
import io.jenkins.plugins.sluice.run.GateKeeper;
import io.jenkins.plugins.sluice.run.GateRun;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.Repetition;
import io.jenkins.plugins.sluice.run.Ruling;
import io.jenkins.plugins.sluice.run.RunEvent;
import io.jenkins.plugins.sluice.run.RunOutcome;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.RunValues;
import io.jenkins.plugins.sluice.run.Scheduler;
import io.jenkins.plugins.sluice.run.ShownFiles;
import io.jenkins.plugins.sluice.run.StageRun;
import io.jenkins.plugins.sluice.run.StageStatus;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
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
 * <p>Thread-safe: people look at a run while its program works at it.
 */
public final class RunHandle implements Serializable {
    private static final long serialVersionUID = 1L;

    private final transient RunBasis basis;
    private final transient Controller controller;
    private final transient ExecutionPlan plan;
    private final transient NumberedBlocks blocks;
    private final transient RunState state;
    private final transient Scheduler scheduler;
    private final transient RunValues values;
    private final transient GateKeeper keeper;
    private final transient CallMaker calls;
    private final transient EventJson json = new EventJson(EventJson.Guard.plain());
    private final transient List<String> events = new ArrayList<>();
    private final transient Deque<Decision> decisions = new ArrayDeque<>();
    private final transient Map<Integer, Decision> due = new TreeMap<>();
    private final transient Map<Integer, String> stops = new TreeMap<>();
    private final transient Map<Integer, Attempt> attempts = new TreeMap<>();
    private final transient Map<Integer, String> reports = new TreeMap<>();
    private final transient Set<Integer> shown = new TreeSet<>();
    private final transient Presence presence;
    private final transient MeshProgress meshes = new MeshProgress();
    private transient boolean obeying;

    RunHandle(RunBasis basis, Controller controller) {
        this.basis = basis;
        this.controller = controller;
        this.plan = basis.plan();
        this.blocks = new NumberedBlocks(plan);
        this.state = new RunState(plan);
        this.scheduler = new Scheduler(state);
        this.values = new RunValues(
                state,
                new RunValues.Facts(
                        basis.setup(), basis.run(), basis.trigger(), basis.siteSettings(), basis.policyRules()));
        this.keeper = new GateKeeper(state, basis.parties());
        this.calls = new CallMaker(basis, state, values);
        this.presence = new Presence(plan);
    }

    /** A new run. */
    public static RunHandle begin(RunBasis basis) {
        RunHandle run = new RunHandle(basis, Controller.find());
        run.happen(new RunEvent.RunStarted(run.values.runId(), run.controller.now()));
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
        RunHandle run = new RunHandle(basis.like(earlier.basis), Controller.find());
        // What is allowed is a question of today, also for a configuration of then.
        Problems problems = new Problems();
        PolicyChecks.check(run.plan, basis.policyRules(), problems);
        if (problems.hasErrors()) {
            throw new IllegalArgumentException(
                    ProblemReport.text(problems.list()).strip());
        }
        synchronized (earlier) {
            Repetition repetition = new Repetition(earlier.state, earlier.number(from), true);
            repetition.reasonAgainst().ifPresent(reason -> {
                throw new IllegalArgumentException(reason);
            });
            Instant now = run.controller.now();
            run.happen(new RunEvent.RunStarted(run.values.runId(), now));
            String id = earlier.values.runId();
            repetition.remarks(run.keeper).forEach(remark -> run.controller.note(run, remark));
            repetition.taken(id, run.keeper, now).forEach(event -> {
                if (event instanceof RunEvent.WorkspaceKept kept) {
                    String what = "the files of the workspace of " + kept.workspace() + " stay with run " + id;
                    run.controller.note(run, what + ": of what came before only artifacts are there");
                } else {
                    run.happen(event);
                }
            });
        }
        return run;
    }

    private int number(String name) {
        List<PlannedStage> named = plan.stages().stream()
                .filter(stage -> stage.id().equals(name) || stage.shortName().equals(name))
                .toList();
        List<String> ids = plan.stages().stream().map(PlannedStage::id).toList();
        return named.stream()
                .filter(stage -> stage.id().equals(name) || named.size() == 1)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        named.isEmpty()
                                ? "there is no stage '" + name + "'; " + Suggestion.among(name, "it has", ids)
                                : "there are several stages '" + name + "': name its pipeline, too"))
                .number();
    }

    /** Takes note of what has happened before. */
    void recall(List<RunEvent> happened) {
        happened.forEach(event -> {
            state.apply(event);
            events.add(json.write(event));
        });
    }

    /** Goes on after what has happened before, with the attempts that are on their way. */
    void takeUp(Map<Integer, Attempt.Written> written) {
        written.forEach((stage, attempt) -> attempts.put(stage, Attempt.resume(plan.stage(stage), attempt, values)));
        decisions.addAll(scheduler.resume());
        obey();
    }

    private Object writeReplace() {
        synchronized (this) {
            return new SerialForm(HandleJson.write(this));
        }
    }

    // What happens

    private void happen(RunEvent event) {
        state.apply(event);
        events.add(json.write(event));
        Optional<Integer> ended = event instanceof RunEvent.AttemptEnded e ? state.find(e.stage()) : Optional.empty();
        decisions.addAll(scheduler.next(ended));
        obey();
        controller.changed(this);
    }

    /** One decision after another, also those that follow from them. */
    private void obey() {
        if (obeying) {
            return;
        }
        obeying = true;
        try {
            for (Decision next = decisions.poll(); next != null; next = decisions.poll()) {
                obey(next);
            }
        } finally {
            obeying = false;
        }
    }

    private void obey(Decision decision) {
        Instant now = controller.now();
        if (decision instanceof Decision.Start start) {
            due.put(start.stage(), start);
        } else if (decision instanceof Decision.Ask ask) {
            due.put(ask.stage(), ask);
        } else if (decision instanceof Decision.Skip skip) {
            happen(new RunEvent.StageSkipped(plan.stage(skip.stage()).id(), skip.reason(), now));
        } else if (decision instanceof Decision.Abort abort) {
            stop(abort.stage(), abort.reason(), now);
        } else if (decision instanceof Decision.Finish finish) {
            happen(new RunEvent.RunFinished(finish.outcome(), now));
        }
    }

    private void stop(int stage, String reason, Instant now) {
        stops.put(stage, reason);
        StageStatus status = state.stage(stage).status();
        if (status == StageStatus.PAUSED) {
            due.remove(stage);
            happen(new RunEvent.StageSkipped(plan.stage(stage).id(), reason, now));
        } else if (status == StageStatus.ASKING) {
            happen(keeper.decide(stage, Verdict.ABORTED, reason, now));
        }
        controller.stop(this, stage);
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
        Map<String, Object> map = new LinkedHashMap<>();
        Block block = blocks.block(number);
        map.put("parts", new ArrayList<>(blocks.parts(number)));
        if (block instanceof Block.Single single) {
            map.put("kind", "stage");
            map.put("stage", single.stage());
        } else if (block instanceof Block.Group group) {
            map.put("kind", "group");
            map.put("group", group.number());
            map.put("agent", group.agent());
        } else if (block instanceof Block.Mesh mesh) {
            map.put("kind", "mesh");
            map.put("branches", branches(number, MeshProgress.roots(mesh)));
        } else if (block instanceof Block.Parallel) {
            map.put("kind", "parallel");
            map.put("branches", blocks.branches(blocks.parts(number)));
        } else {
            map.put("kind", "sequence");
        }
        return map;
    }

    private Map<String, Integer> branches(int mesh, List<Integer> positions) {
        List<Integer> parts = blocks.parts(mesh);
        return blocks.branches(positions.stream().map(parts::get).toList());
    }

    /** Takes note that a part of a mesh is done: the parts that can go on now, with names for them. */
    public synchronized Map<String, Integer> finish(int mesh, int part) {
        int position = blocks.parts(mesh).indexOf(part);
        return branches(mesh, meshes.finish(mesh, (Block.Mesh) blocks.block(mesh), position));
    }

    // Groups

    /** Whether no stage of a group needs an agent any more: what needs none is decided here. */
    public synchronized boolean isSettled(int group) {
        boolean settled = true;
        for (PlannedStage stage : stages(group)) {
            due(stage.number());
            settled &= state.stage(stage.number()).status() == StageStatus.FINISHED;
        }
        return settled;
    }

    private List<PlannedStage> stages(int group) {
        return plan.stages().stream()
                .filter(stage -> presence.group(stage.number()) == group)
                .toList();
    }

    /** What is due at a stage; one that is not to begin any more is skipped. */
    private Optional<Decision> due(int stage) {
        Decision decision = due.get(stage);
        boolean first = decision instanceof Decision.Ask || (decision instanceof Decision.Start s && s.attempt() == 1);
        if (first) {
            Optional<String> against = scheduler.reasonAgainst(stage);
            if (against.isPresent()) {
                due.remove(stage);
                happen(new RunEvent.StageSkipped(plan.stage(stage).id(), against.get(), controller.now()));
                return Optional.empty();
            }
        }
        return Optional.ofNullable(decision);
    }

    /** A group has got its agent: the steps that prepare the workspace. */
    public synchronized List<Map<String, Object>> enter(int group) {
        presence.enter(group);
        // Whoever walks the group anew walks its meshes from their roots.
        meshes.finished().keySet().removeAll(blocks.meshesIn(group));
        List<Call> steps =
                new ArrayList<>(Checkouts.of(basis.source(), plan, stages(group).get(0)));
        String pipeline = stages(group).get(0).pipeline();
        if (state.keptWorkspace(pipeline).isPresent()) {
            steps.add(SharedWorkspace.bring(plan, pipeline));
            plan.stages().stream()
                    .filter(stage -> stage.pipeline().equals(pipeline))
                    .filter(stage -> state.stage(stage.number()).outcome().equals(Optional.of(Outcome.SUCCEEDED)))
                    .forEach(stage -> presence.isThere(group, stage));
        }
        return Call.maps(steps);
    }

    /** A group is about to give its agent back: the steps to take before. */
    public synchronized List<Map<String, Object>> leave(int group) {
        boolean there = presence.here().containsKey(group);
        presence.leave(group);
        if (there && !isSettled(group)) {
            throw new IllegalStateException("stages of agent group " + group + " were left out");
        }
        return there ? Call.maps(leaving(stages(group))) : List.of();
    }

    private List<Call> leaving(List<PlannedStage> stages) {
        List<Call> steps = new ArrayList<>(calls.clearing(stages));
        String pipeline = stages.get(0).pipeline();
        boolean goesOn = plan.stages().stream()
                .anyMatch(stage -> stage.pipeline().equals(pipeline)
                        && stage.stage().work().holdsAgent()
                        && state.stage(stage.number()).status() != StageStatus.FINISHED);
        if (goesOn && SharedWorkspace.isShared(plan, stages.get(0))) {
            Call keep = SharedWorkspace.keep(plan, pipeline);
            steps.add(keep);
            String name = String.valueOf(keep.arguments().get("name"));
            happen(new RunEvent.WorkspaceKept(pipeline, name, 0, controller.now()));
        }
        return steps;
    }

    /**
     * A group has lost its agent, or never got one: the stage whose turn it was ends with that.
     *
     * @return whether anything follows from it; else whoever calls should give up
     */
    public synchronized boolean groupFailed(int group, Throwable trouble) {
        Failure failure = controller.failure(trouble);
        presence.leave(group);
        if (isAbort(failure)) {
            return true;
        }
        Optional<PlannedStage> turn = stages(group).stream()
                .filter(stage -> attempts.containsKey(stage.number())
                        || due(stage.number()).isPresent())
                .findFirst();
        turn.ifPresent(stage -> {
            if (!attempts.containsKey(stage.number())) {
                begin(stage);
            }
            attempts.remove(stage.number());
            boolean lost = failure.kind() == Failure.Kind.AGENT_LOST;
            end(stage, AttemptResult.of(Outcome.ERRORED, failure.words(), lost ? AttemptResult.AGENT_LOST : ""));
        });
        if (turn.isEmpty() && isSettled(group)) {
            controller.note(this, failure.words());
            return true;
        }
        return turn.isPresent();
    }

    /** Whether somebody ends the build; takes note of it the first time. */
    private boolean isAbort(Failure failure) {
        boolean abort = failure.kind() == Failure.Kind.ABORTED;
        if (abort && state.abortReason().isEmpty()) {
            happen(new RunEvent.AbortRequested(failure.words(), controller.now()));
        }
        return abort;
    }

    // Stages

    /** The {@code name} of a stage and the steps {@code around} its work; null if it has been shown to people already. */
    public synchronized @Nullable Map<String, Object> open(int number) {
        PlannedStage stage = plan.stage(number);
        if (!presence.canWork(number) && state.stage(number).status() != StageStatus.FINISHED) {
            return null;
        }
        if (state.stage(number).status() == StageStatus.FINISHED && !shown.add(number)) {
            return null;
        }
        List<Call> around = new ArrayList<>();
        if (state.stage(number).status() != StageStatus.FINISHED && presence.group(number) >= 0) {
            if (mayBeStopped(stage)) {
                around.add(Call.of("sluiceStoppable", Call.arguments("run", basis.key(), "stage", number)));
            }
            stage.stage()
                    .settings()
                    .lock()
                    .map(lock -> lock.resolve(
                            reference -> values.of(reference, stage).orElse("")))
                    .ifPresent(lock -> around.add(Call.of(
                            controller.hasStep("lock") ? "lock" : "sluiceLock", Call.arguments("resource", lock))));
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", blocks.name(stage));
        map.put("around", Call.maps(around));
        return map;
    }

    private boolean mayBeStopped(PlannedStage stage) {
        return plan.file()
                .pipeline(stage.ref().pipeline())
                .map(pipeline -> pipeline.failFast())
                .orElse(false);
    }

    /** The next step for a stage; null if there is none, or none as long as it has no agent. */
    public synchronized @Nullable Map<String, Object> next(int number) {
        PlannedStage stage = plan.stage(number);
        Optional<Call> call = Optional.empty();
        while (call.isEmpty() && state.stage(number).status() != StageStatus.FINISHED && presence.canWork(number)) {
            call = switch (state.stage(number).status()) {
                case WAITING, PAUSED -> start(stage);
                case ASKING -> ask(stage);
                case RUNNING -> work(stage);
                case FINISHED -> Optional.empty();
            };
        }
        return call.map(Call::map).orElse(null);
    }

    /** Begins what is due; before that there may be a pause. */
    private Optional<Call> start(PlannedStage stage) {
        Optional<Decision> decision = due(stage.number());
        if (decision.isEmpty()) {
            if (state.stage(stage.number()).status() == StageStatus.FINISHED) {
                return Optional.empty();
            }
            throw new IllegalStateException("it is not the turn of " + stage.id());
        }
        if (decision.get() instanceof Decision.Ask) {
            due.remove(stage.number());
            Optional<String> newer =
                    controller.newer(this).filter(why -> gateOf(stage).supersede());
            keeper.open(stage.number(), values, Optional.empty(), newer, controller.now())
                    .forEach(this::happen);
            return Optional.empty();
        }
        Instant now = controller.now();
        Instant from = ((Decision.Start) decision.get()).notBefore().orElse(now);
        if (now.isBefore(from)) {
            long millis = Math.max(1, Duration.between(now, from).toMillis());
            return Optional.of(Call.of("sleep", Call.arguments("time", millis, "unit", "MILLISECONDS")));
        }
        begin(stage);
        return Optional.empty();
    }

    private static Gate gateOf(PlannedStage stage) {
        return stage.stage().work().gate().orElseThrow();
    }

    private void begin(PlannedStage stage) {
        int number = ((Decision.Start) due.remove(stage.number())).attempt();
        CarriedFiles carried = presence.owed(stage, state);
        happen(new RunEvent.AttemptStarted(stage.id(), number, controller.now()));
        if (carried.clash().isPresent()) {
            end(stage, AttemptResult.of(Outcome.ERRORED, carried.clash().get(), ""));
            return;
        }
        List<KeptFile> files = new ArrayList<>(carried.files());
        ShownFiles.before(stage, state, values).stream()
                .filter(file -> !files.contains(file))
                .forEach(files::add);
        attempts.put(stage.number(), Attempt.begin(stage, number, files, values));
    }

    private Optional<Call> work(PlannedStage stage) {
        Attempt attempt = attempts.get(stage.number());
        if (attempt == null) {
            throw new IllegalStateException("nobody works at " + stage.id());
        }
        if (reports.containsKey(stage.number())) {
            return Optional.of(CallMaker.reports(reports.get(stage.number())));
        }
        Optional<Instruction> instruction = attempt.next();
        if (instruction.isPresent()) {
            return Optional.of(calls.of(stage, attempt, instruction.get()));
        }
        attempts.remove(stage.number());
        end(stage, attempt.result());
        return Optional.empty();
    }

    private void end(PlannedStage stage, AttemptResult result) {
        if (result.outcome() == Outcome.SUCCEEDED) {
            presence.succeeded(stage);
        }
        int attempt = state.stage(stage.number()).attempts().size();
        happen(new RunEvent.AttemptEnded(stage.id(), attempt, result, controller.now()));
        if (state.stage(stage.number()).status() == StageStatus.PAUSED) {
            controller.note(
                    this,
                    stage.id() + ": attempt " + attempt + " " + result.outcome().word() + ": " + result.detail());
        }
    }

    /** The question again, unless it is decided by now. */
    private Optional<Call> ask(PlannedStage stage) {
        Instant now = controller.now();
        Optional<RunEvent.GateDecided> decided = keeper.due(stage.number(), now).or(() -> controller
                .newer(this)
                .filter(why -> gateOf(stage).supersede())
                .map(why -> keeper.decide(stage.number(), Verdict.SUPERSEDED, why, now)));
        if (decided.isPresent()) {
            decide(decided.get());
            return Optional.empty();
        }
        GateView view = GateView.of(state, keeper, stage.number());
        return Optional.of(GateCalls.of(stage, view, now));
    }

    private void decide(RunEvent.GateDecided decided) {
        happen(decided);
        controller.note(this, decided.stage() + ": " + decided.result().detail());
    }

    /** Takes the answer of the step that {@link #next} has named. */
    public synchronized void take(int number, @Nullable Object answer) {
        if (reports.remove(number) != null) {
            return;
        }
        PlannedStage stage = plan.stage(number);
        Attempt attempt = attempts.get(number);
        Optional<Instruction> current = attempt == null ? Optional.empty() : attempt.next();
        if (attempt != null && current.isPresent()) {
            String container = calls.container(stage, attempt);
            attempt.take(Answers.of(current.get(), answer, container, controller));
            if (controller.hasStep(CallMaker.REPORTS)) {
                CallMaker.reports(current.get()).ifPresent(files -> reports.put(number, files));
            }
        } else if (state.stage(number).status() == StageStatus.ASKING) {
            vote(stage, GateCalls.vote(stage, gate(number), answer, controller));
        }
    }

    private GateRun gate(int number) {
        return state.stage(number).gate().orElseThrow();
    }

    private void vote(PlannedStage stage, Vote vote) {
        Ruling ruling = keeper.cast(stage.number(), vote, Optional.empty(), controller.now());
        ruling.events().forEach(this::happen);
        String voter = vote.voter().isBlank() ? "somebody without a name" : vote.voter();
        String what = ruling.refusal()
                .map(reason -> "the vote of " + voter + " does not count: " + reason)
                .or(() -> ruling.decision())
                .orElseGet(() -> voter + " approves; " + ruling.missing() + " more to come");
        controller.note(this, stage.id() + ": " + what);
    }

    /** Takes what got in the way of the step that {@link #next} has named. */
    public synchronized void fail(int number, Throwable trouble) {
        PlannedStage stage = plan.stage(number);
        Failure failure = controller.failure(trouble);
        boolean abort = isAbort(failure);
        if (reports.remove(number) != null && !abort) {
            controller.note(this, stage.id() + ": the reports are not shown: " + failure.words());
            return;
        }
        Attempt attempt = attempts.get(number);
        Optional<Instruction> current = attempt == null ? Optional.empty() : attempt.next();
        if (attempt != null && current.isPresent()) {
            InstructionResult result = Answers.of(current.get(), failure, Optional.ofNullable(stops.get(number)));
            attempt.take(result);
            if (result instanceof InstructionResult.AgentLost) {
                attempts.remove(number);
                end(stage, attempt.result());
                presence.leave(presence.group(number));
            }
        } else if (state.stage(number).status() == StageStatus.ASKING) {
            failGate(stage, failure);
        }
    }

    private void failGate(PlannedStage stage, Failure failure) {
        Instant now = controller.now();
        int number = stage.number();
        switch (failure.kind()) {
            case REJECTED -> vote(stage, GateCalls.rejection(stage, gate(number), failure.words(), controller));
            case TIMED_OUT ->
                keeper.due(number, gate(number).deadline().orElse(now)).ifPresent(this::decide);
            case SUPERSEDED -> decide(keeper.decide(number, Verdict.SUPERSEDED, failure.words(), now));
            case ABORTED, STOPPED, AGENT_LOST, EXITED, BROKEN ->
                decide(keeper.decide(number, Verdict.NOT_ASKED, failure.words(), now));
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
        return List.copyOf(events);
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

    /** Whether the run is over. */
    public synchronized boolean isOver() {
        return state.outcome().isPresent();
    }

    /** Whether people are asked something. */
    public synchronized boolean isWaiting() {
        return !state.asking().isEmpty();
    }

    /** Whether a question, by the {@code id} of its step, is one of this run that a newer run supersedes. */
    public synchronized boolean isSuperseded(String question) {
        return state.asking().stream()
                .map(plan::stage)
                .anyMatch(stage ->
                        GateCalls.id(stage).equals(question) && gateOf(stage).supersede());
    }

    /** Whether there are gates in the plan. */
    public boolean hasGates() {
        return plan.stages().stream()
                .anyMatch(stage -> stage.stage().work().gate().isPresent());
    }

    /** The run for programs: see docs/run-format.md. */
    public synchronized String report() {
        return new RunReport(state, keeper, Masker.NONE).json(values.runId());
    }

    /** The run for people, a line for each stage. */
    public synchronized String text() {
        return new RunReport(state, keeper, Masker.NONE).text(values.runId());
    }

    /** What was asked, voted and decided at the gates, in order, as a list of events. */
    public synchronized String audit() {
        return HandleJson.audit(events);
    }

    /** The plan and what has become of it; only as long as nothing happens: hold the monitor of this handle meanwhile. */
    public RunState state() {
        return state;
    }

    /** Who judges the votes; likewise. */
    public GateKeeper keeper() {
        return keeper;
    }

    /** The directory among the artifacts of the build where the files are that a stage keeps. */
    public String place(int stage) {
        return ArtifactPlace.of(plan.stage(stage));
    }

    Map<Integer, Attempt> attempts() {
        return Collections.unmodifiableMap(attempts);
    }

    Presence presence() {
        return presence;
    }

    MeshProgress meshes() {
        return meshes;
    }

    /** Test reports that the host shows in its own way as the next step of a stage. */
    Map<Integer, String> reports() {
        return reports;
    }

    Set<Integer> shown() {
        return shown;
    }
}
