package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.model.Enforcement;
import io.jenkins.plugins.sluice.model.ModelReader;
import io.jenkins.plugins.sluice.model.PipelineFile;
import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.plan.ExecutionPlan;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.plan.Planner;
import io.jenkins.plugins.sluice.problem.Problems;
import io.jenkins.plugins.sluice.problem.Suggestion;
import io.jenkins.plugins.sluice.run.Contender;
import io.jenkins.plugins.sluice.run.EventJson;
import io.jenkins.plugins.sluice.run.GateKeeper;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.Ruling;
import io.jenkins.plugins.sluice.run.RunEvent;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.Scheduler;
import io.jenkins.plugins.sluice.run.StageStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A run as it is on the disk, be it over, at work in another process, or waiting. Not thread-safe. */
public final class StoredRun {

    private final StateDirectory stateDirectory;
    private final RunDirectory directory;
    private final RunInputs inputs;
    private final SiteSettings settings;
    private final ExecutionPlan plan;
    private List<RunEvent> events = List.of();
    private RunState state;
    private boolean torn;
    private long seen;

    private StoredRun(
            StateDirectory stateDirectory,
            RunDirectory directory,
            RunInputs inputs,
            SiteSettings settings,
            ExecutionPlan plan) {
        this.stateDirectory = stateDirectory;
        this.directory = directory;
        this.inputs = inputs;
        this.settings = settings;
        this.plan = plan;
        this.state = new RunState(plan);
    }

    /** Reads a run. Values that hold secrets are not shown. */
    public static StoredRun read(StateDirectory stateDirectory, Path root) throws IOException {
        StoredRun run = of(stateDirectory, new RunDirectory(root));
        run.refresh();
        return run;
    }

    /** Whether a directory holds a run that has begun. */
    public static boolean isReadable(Path root) {
        return new RunDirectory(root).hasBegun();
    }

    /** Whether somebody is about to begin a run in a directory. */
    public static boolean isBeingSetUp(Path root) throws IOException {
        return !isReadable(root) && RunDirectory.isInUse(root);
    }

    /** The same before anything of its journal is read. */
    static StoredRun of(StateDirectory stateDirectory, RunDirectory directory) throws IOException {
        if (!directory.hasBegun()) {
            throw new IOException("run " + directory.id() + " never began: it was stopped while it was being set up");
        }
        RunInputs inputs = RunInputs.read(directory.inputs());
        SiteSettings settings = settings(inputs);
        return new StoredRun(stateDirectory, directory, inputs, settings, plan(inputs, settings.policy()));
    }

    private static SiteSettings settings(RunInputs inputs) throws IOException {
        Problems problems = new Problems();
        SiteSettings settings = SiteSettings.of(inputs.site(), inputs.policy(), problems);
        if (problems.hasErrors()) {
            throw new IOException("this version of Sluice does not read the settings of the run any more: "
                    + problems.list().get(0));
        }
        return settings;
    }

    private static ExecutionPlan plan(RunInputs inputs, Policy policy) throws IOException {
        Problems problems = new Problems();
        Optional<PipelineFile> file =
                ModelReader.read(inputs.file(), inputs.config().getBytes(StandardCharsets.UTF_8), problems);
        if (file.isEmpty() || problems.hasErrors()) {
            throw new IOException("this version of Sluice does not read the configuration of the run any more: "
                    + problems.list().stream().findFirst().map(Object::toString).orElse("it is empty"));
        }
        PipelineFile chosen =
                inputs.pipelines().isEmpty() ? file.get() : Planner.select(file.get(), inputs.pipelines());
        PipelineFile enforced = policy.reviewed(Enforcement.of(chosen, policy), inputs.review());
        return Planner.plan(enforced, trigger(inputs)).withSkips(inputs.skips());
    }

    private static Trigger trigger(RunInputs inputs) {
        return new Trigger(inputs.facts(), Optional.empty(), inputs.environment());
    }

    /** What started it. */
    Trigger trigger() {
        return trigger(inputs);
    }

    /**
     * A stage by its id, or by the part of it that no other stage has.
     *
     * @throws IllegalArgumentException if there is none, with a hint
     */
    public PlannedStage stage(String name) {
        List<PlannedStage> named = plan.named(name);
        if (named.size() == 1) {
            return named.get(0);
        }
        throw new IllegalArgumentException(
                named.isEmpty()
                        ? "run " + id() + " has no stage '" + name + "'; "
                                + Suggestion.among(name, "it has", ids(plan.stages()))
                        : "run " + id() + " has several stages '" + name + "': " + String.join(", ", ids(named)));
    }

    private static List<String> ids(List<PlannedStage> stages) {
        return stages.stream().map(PlannedStage::id).toList();
    }

    /** Reads what has happened since. */
    public void refresh() throws IOException {
        refresh(EventJson.Guard.viewer());
    }

    /** The same with the values that hold secrets, for a run that goes on with them. */
    void reveal(Secrets secrets) throws IOException {
        refresh(new SecretGuard(secrets, inputs.token()));
    }

    private void refresh(EventJson.Guard guard) throws IOException {
        EventJson json = new EventJson(guard);
        JournalReader.Found found = JournalReader.all(directory.journal(), json);
        torn = found.torn();
        seen = found.end();
        events = found.events();
        state = RunState.of(plan, events);
    }

    /** Whether something was written down since the last {@link #refresh}. */
    public boolean hasNews() throws IOException {
        return Files.exists(directory.journal()) && Files.size(directory.journal()) != seen;
    }

    public String id() {
        return directory.id();
    }

    /** What has happened in it, as far as was known at the last {@link #refresh}. */
    public RunState state() {
        return state;
    }

    /** Judges what is said at its gates. */
    public GateKeeper keeper() {
        return new GateKeeper(state, inputs.parties());
    }

    /** Whether its journal ends in the middle of a line: the process that wrote it was killed, or is writing now. */
    public boolean isTorn() {
        return torn;
    }

    /** Whether a process works at it now. */
    public boolean isLive() throws IOException {
        return RunDirectory.isInUse(directory.root());
    }

    /** Whether stages were at work when the process that worked at the run was stopped. */
    public boolean isCutOff() {
        boolean working =
                plan.stages().stream().anyMatch(s -> state.stage(s.number()).status() == StageStatus.RUNNING);
        return state.outcome().isEmpty() && (state.startedAt().isEmpty() || working);
    }

    /** Whether there is something to do but to wait for decisions. */
    public boolean canGoOn() {
        boolean due = !keeper().due(Instant.now()).isEmpty();
        return isCutOff() || due || Scheduler.hasWork(RunState.of(plan, events));
    }

    /** The tree that the run is about. */
    public Path repository() {
        return inputs.repository();
    }

    /** The branch that it is for; empty text if there is none. */
    public String branch() {
        return inputs.facts().getOrDefault("branch", "");
    }

    /** What decides whether it takes the place of another run. */
    Contender contender() {
        String commit = inputs.facts().getOrDefault("commit", "");
        return new Contender(
                id(), repository().toString(), branch(), commit, rerunOf().isPresent(), plan);
    }

    /** The run whose results it has taken over. */
    public Optional<String> rerunOf() {
        return inputs.again().map(RunInputs.Again::run);
    }

    /** Who started it; empty text if nobody knows. */
    public String starter() {
        return inputs.parties().starter().stream().findFirst().orElse("");
    }

    /** The log of a stage, if it has said anything. */
    public Optional<Path> log(String stage) {
        return Optional.of(directory.log(stage)).filter(Files::exists);
    }

    /** The bytes of an artifact, if they are still there. */
    public Optional<Path> artifact(KeptFile file) {
        return stateDirectory.store().find(file);
    }

    /**
     * Casts a vote, and writes down what follows from it, also if it does not count. Works whether or not a process works at
     * the run.
     *
     * @return what came of it; empty if the gate has not asked its question
     */
    public Optional<Ruling> cast(int stage, Vote vote) throws IOException {
        return write(
                now -> {
                    if (state.stage(stage).gate().isEmpty()) {
                        return Optional.<Ruling>empty();
                    }
                    // A newer run may have begun and not yet ended this wait.
                    Optional<String> newer = new Supersession(this).newer(plan.stage(stage));
                    return Optional.of(keeper().cast(stage, vote, newer, now));
                },
                ruling -> ruling.map(Ruling::events).orElse(List.of()));
    }

    /** Takes note that somebody wants the run to end; whoever works at it, or goes on with it, will see to that. */
    public void abort(String reason) throws IOException {
        write(now -> state.outcome().isPresent() ? List.<RunEvent>of() : keeper().abort(reason, now));
    }

    /** Takes note of what the time has decided. */
    public void settle() throws IOException {
        write(now -> keeper().due(now));
    }

    /** Decides something by the state as it is at the time. */
    @FunctionalInterface
    interface Deed<T> {
        T at(Instant now);
    }

    /** Writes down what is decided while nobody else writes. */
    <E extends RunEvent> List<E> write(Deed<List<E>> deed) throws IOException {
        return write(deed, decided -> decided);
    }

    private <T> T write(Deed<T> deed, Function<T, List<? extends RunEvent>> toWrite) throws IOException {
        EventJson json = new EventJson(EventJson.Guard.viewer());
        try (Journal journal = Journal.open(directory, json)) {
            return journal.exclusively(() -> {
                events = new ArrayList<>(journal.catchUp());
                state = RunState.of(plan, events);
                T decided = deed.at(Instant.now());
                for (RunEvent event : toWrite.apply(decided)) {
                    journal.append(event);
                    state.apply(event);
                    events.add(event);
                }
                return decided;
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while it waited for the journal", e);
        }
    }

    /** What an administrator had set up when it began. */
    public SiteSettings settings() {
        return settings;
    }

    /** Where it is kept. */
    public StateDirectory stateDirectory() {
        return stateDirectory;
    }

    RunDirectory directory() {
        return directory;
    }

    RunInputs inputs() {
        return inputs;
    }

    /** What is run. */
    public ExecutionPlan plan() {
        return plan;
    }
}
