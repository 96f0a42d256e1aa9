package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.model.UnfitValueException;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.AttemptResult;
import io.jenkins.plugins.sluice.run.CarriedFiles;
import io.jenkins.plugins.sluice.run.Decision;
import io.jenkins.plugins.sluice.run.Instruction;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunEvent;
import io.jenkins.plugins.sluice.run.ShownFiles;
import io.jenkins.plugins.sluice.run.StageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The attempts at the stages of a run, from their beginnings to their ends. Only called under the monitor of the handle. */
final class Attempts {
    private final RunProgress progress;
    private final Presence presence;
    private final CallMaker calls;
    private final Map<Integer, Attempt> onTheirWay = new TreeMap<>();
    private final Map<Integer, String> reports = new TreeMap<>();

    Attempts(RunProgress progress, Presence presence, CallMaker calls) {
        this.progress = progress;
        this.presence = presence;
        this.calls = calls;
    }

    /** Takes up attempts that have begun before. */
    void takeUp(Map<Integer, Attempt.Written> written) {
        written.forEach((stage, attempt) ->
                onTheirWay.put(stage, Attempt.resume(progress.plan().stage(stage), attempt, progress.values())));
    }

    /** Begins an attempt that is due; before that there may be a pause. */
    Optional<Call> start(PlannedStage stage, Decision.Start due) {
        Instant now = progress.now();
        Instant from = due.notBefore().orElse(now);
        if (now.isBefore(from)) {
            long millis = Math.max(1, Duration.between(now, from).toMillis());
            return Optional.of(Call.of("sleep", Call.arguments("time", millis, "unit", "MILLISECONDS")));
        }
        begin(stage);
        return Optional.empty();
    }

    private void begin(PlannedStage stage) {
        int number = ((Decision.Start) progress.takeDue(stage.number())).attempt();
        CarriedFiles carried = presence.owed(stage, progress.state());
        progress.happen(new RunEvent.AttemptStarted(stage.id(), number, progress.now()));
        if (carried.clash().isPresent()) {
            end(stage, AttemptResult.of(Outcome.ERRORED, carried.clash().get(), ""));
            return;
        }
        List<KeptFile> files = new ArrayList<>(carried.files());
        ShownFiles.before(stage, progress.state(), progress.values()).stream()
                .filter(file -> !files.contains(file))
                .forEach(files::add);
        onTheirWay.put(stage.number(), Attempt.begin(stage, number, files, progress.values()));
    }

    boolean isOnItsWay(PlannedStage stage) {
        return onTheirWay.containsKey(stage.number());
    }

    /** The next step of an attempt; empty if it has come to its end. */
    Optional<Call> work(PlannedStage stage) {
        Attempt attempt = onTheirWay.get(stage.number());
        if (attempt == null) {
            throw new IllegalStateException("nobody works at " + stage.id());
        }
        if (reports.containsKey(stage.number())) {
            return Optional.of(CallMaker.showReports(reports.get(stage.number())));
        }
        Optional<Instruction> instruction = attempt.next();
        if (instruction.isPresent()) {
            try {
                return Optional.of(calls.of(stage, attempt, instruction.get()));
            } catch (UnfitValueException e) {
                attempt.take(new InstructionResult.WorkFailed(e.why()));
                return Optional.empty();
            }
        }
        onTheirWay.remove(stage.number());
        end(stage, attempt.result());
        return Optional.empty();
    }

    private void end(PlannedStage stage, AttemptResult result) {
        if (result.outcome() == Outcome.SUCCEEDED) {
            presence.succeeded(stage);
        }
        int attempt = progress.state().stage(stage.number()).attempts().size();
        progress.happen(new RunEvent.AttemptEnded(stage.id(), attempt, result, progress.now()));
        if (progress.status(stage) == StageStatus.PAUSED) {
            progress.note(
                    stage.id() + ": attempt " + attempt + " " + result.outcome().word() + ": " + result.detail());
        }
    }

    /** Takes the answer of a step. */
    void take(PlannedStage stage, @Nullable Object answer) {
        int number = stage.number();
        if (reports.remove(number) != null) {
            return;
        }
        Attempt attempt = onTheirWay.get(number);
        Optional<Instruction> current = attempt == null ? Optional.empty() : attempt.next();
        if (attempt != null && current.isPresent()) {
            Controller controller = progress.controller();
            attempt.take(Answers.of(current.get(), answer, calls.container(stage, attempt), controller));
            if (controller.hasStep(StepNames.JUNIT)) {
                CallMaker.reportFiles(current.get()).ifPresent(files -> reports.put(number, files));
            }
        }
    }

    /** Takes what got in the way of a step. */
    void fail(PlannedStage stage, Failure failure) {
        int number = stage.number();
        if (reports.remove(number) != null && failure.kind() != Failure.Kind.ABORTED) {
            progress.note(stage.id() + ": the reports are not shown: " + failure.words());
            return;
        }
        Attempt attempt = onTheirWay.get(number);
        Optional<Instruction> current = attempt == null ? Optional.empty() : attempt.next();
        if (attempt != null && current.isPresent()) {
            InstructionResult result = Answers.of(current.get(), failure, progress.stopped(number));
            attempt.take(result);
            if (result instanceof InstructionResult.AgentLost) {
                onTheirWay.remove(number);
                end(stage, attempt.result());
                presence.leave(presence.group(number));
            }
        }
    }

    /** Ends the attempt that is on its way or due: there is no agent for it. */
    void lose(PlannedStage stage, Failure failure) {
        if (!isOnItsWay(stage)) {
            begin(stage);
        }
        if (onTheirWay.remove(stage.number()) != null) {
            boolean lost = failure.kind() == Failure.Kind.AGENT_LOST;
            end(stage, AttemptResult.of(Outcome.ERRORED, failure.words(), lost ? AttemptResult.AGENT_LOST : ""));
        }
    }

    /** By stage, for the written form. */
    Map<Integer, Attempt> onTheirWay() {
        return Collections.unmodifiableMap(onTheirWay);
    }

    /** Test reports that the host shows in its own way as the next step of a stage. */
    Map<Integer, String> reports() {
        return reports;
    }
}
