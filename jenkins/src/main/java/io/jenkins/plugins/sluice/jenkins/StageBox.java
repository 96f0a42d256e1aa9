package io.jenkins.plugins.sluice.jenkins;

import io.jenkins.plugins.sluice.handle.RunHandle;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.AttemptResult;
import io.jenkins.plugins.sluice.run.Durations;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.StageRun;
import io.jenkins.plugins.sluice.run.StageStatus;
import io.jenkins.plugins.sluice.run.TestReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/**
 * A stage in the picture and in the table.
 *
 * @param name without the pipeline
 * @param word its outcome, or its status as long as it has none
 * @param took how long it took; empty if it has not ended, or did not run
 * @param since when it began what it is at; empty if it is at nothing
 * @param detail why it was skipped, or how it ended
 * @param notes more to know about it
 * @param attempts a line each, if there was more than one
 */
@Restricted(NoExternalUse.class)
public record StageBox(
        int number,
        String id,
        String pipeline,
        String name,
        boolean gate,
        String word,
        String took,
        Moment since,
        String detail,
        List<String> notes,
        List<String> attempts,
        List<String> failedTests,
        List<FileLink> files) {
    static StageBox of(RunHandle run, PlannedStage stage) {
        StageRun state = run.state().stage(stage.number());
        boolean timed = state.gate().isPresent() || !state.attempts().isEmpty();
        return new StageBox(
                stage.number(),
                stage.id(),
                stage.pipeline(),
                stage.shortName(),
                stage.stage().work().gate().isPresent(),
                word(state),
                timed && state.outcome().isPresent() ? Durations.words(state.duration()) : "",
                since(state).map(Moment::of).orElse(Moment.NEVER),
                state.detail(),
                notes(stage, state),
                state.attempts().size() > 1
                        ? state.attempts().stream().map(StageBox::line).toList()
                        : List.of(),
                tests(state).map(TestReport::failed).orElse(List.of()),
                FileLink.of(run, stage));
    }

    static String word(StageRun state) {
        return state.outcome().map(Outcome::word).orElseGet(() -> state.status().word());
    }

    private static Optional<Instant> since(StageRun state) {
        return switch (state.status()) {
            case RUNNING -> Optional.of(state.attempts().get(state.attempts().size() - 1).startedAt());
            case ASKING -> state.gate().map(gate -> gate.openedAt());
            case WAITING, PAUSED, FINISHED -> Optional.empty();
        };
    }

    private static String line(StageRun.Attempt attempt) {
        String how = attempt.result()
                .map(r -> r.outcome().word() + (r.detail().isEmpty() ? "" : ", " + r.detail()))
                .orElse(StageStatus.RUNNING.word());
        return Messages.StageBox_attempt(attempt.number(), how);
    }

    private static List<String> notes(PlannedStage stage, StageRun state) {
        List<String> notes = new ArrayList<>();
        boolean trouble = state.outcome().map(Outcome::isTrouble).orElse(false);
        if (trouble && stage.stage().flow().allowFailure()) {
            notes.add(Messages.StageBox_mayFail());
        }
        state.taken().ifPresent(taken -> notes.add(Messages.StageBox_taken(taken.run())));
        tests(state).ifPresent(tests -> notes.add(tests(tests)));
        return notes;
    }

    private static Optional<TestReport> tests(StageRun state) {
        return state.lastResult().flatMap(AttemptResult::tests);
    }

    private static String tests(TestReport tests) {
        long bad = (long) tests.failures() + tests.errors();
        return Messages.StageBox_tests(tests.tests(), bad, tests.skipped());
    }

    /** Whether people are asked here. */
    public boolean asking() {
        return word.equals(StageStatus.ASKING.word());
    }

    /** In few words, how many attempts there were; empty if there was no more than one. */
    public String tries() {
        return attempts.isEmpty() ? "" : Messages.StageBox_attempts(attempts.size());
    }

    /** Everything as one text, for whoever points at the box. */
    public String title() {
        List<String> parts = new ArrayList<>(List.of(id + ": " + word));
        if (!took.isEmpty()) {
            parts.add(took);
        }
        if (!detail.isEmpty()) {
            parts.add(detail);
        }
        parts.addAll(notes);
        return String.join("; ", parts);
    }
}
