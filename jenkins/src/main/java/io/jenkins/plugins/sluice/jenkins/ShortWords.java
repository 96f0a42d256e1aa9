package io.jenkins.plugins.sluice.jenkins;

import io.jenkins.plugins.sluice.handle.RunHandle;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunOutcome;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.StageRun;
import io.jenkins.plugins.sluice.run.StageStatus;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A run in a line, for the pages that are not its own. */
final class ShortWords {
    private static final int MOST_NAMED = 3;
    private static final int MOST_CHARACTERS = 200;

    private ShortWords() {}

    /** {@code 3 of 11 stages done; waits at api/review}. */
    static String progress(RunHandle run) {
        synchronized (run) {
            RunState state = run.state();
            List<PlannedStage> stages = state.plan().stages();
            long done = stages.stream()
                    .filter(stage -> state.stage(stage.number()).status() == StageStatus.FINISHED)
                    .count();
            String text = Messages.ShortWords_done(done, stages.size());
            String asking = named(state.asking().stream()
                    .map(number -> state.plan().stage(number).id())
                    .toList());
            if (!asking.isEmpty()) {
                return Messages.ShortWords_waits(text, asking);
            }
            return troubled(run)
                    .map(stage -> Messages.ShortWords_trouble(text, stage))
                    .orElse(text);
        }
    }

    /** Which stage a run that ended badly has stumbled over, and why; empty if it ended well. */
    static Optional<String> ending(RunHandle run) {
        synchronized (run) {
            RunState state = run.state();
            Optional<RunOutcome> outcome = state.outcome()
                    .filter(how -> how != RunOutcome.SUCCEEDED && how != RunOutcome.UNSTABLE);
            if (outcome.isEmpty()) {
                return Optional.empty();
            }
            String abort = state.abortReason();
            String words = troubled(run).orElse(abort.isEmpty() ? outcome.get().word() : abort);
            return Optional.of(plain(words));
        }
    }

    private static Optional<String> troubled(RunHandle run) {
        RunState state = run.state();
        return state.plan().stages().stream()
                .filter(stage -> !stage.stage().flow().allowFailure())
                .filter(stage -> state.stage(stage.number())
                        .outcome()
                        .map(Outcome::isTrouble)
                        .orElse(false))
                .min((one, other) -> rank(state, one) - rank(state, other))
                .map(stage -> words(stage, state.stage(stage.number())));
    }

    /** What failed is more telling than what was stopped because of it. */
    private static int rank(RunState state, PlannedStage stage) {
        return state.stage(stage.number()).outcome().orElseThrow().ordinal();
    }

    private static String words(PlannedStage stage, StageRun run) {
        String how = run.gate().isPresent() ? "" : StageBox.word(run);
        String between = how.isEmpty() || run.detail().isEmpty() ? "" : ": ";
        String said = how + between + run.detail();
        return stage.id() + " " + (said.isEmpty() ? StageBox.word(run) : said);
    }

    private static String named(List<String> names) {
        String some = names.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        return names.size() > MOST_NAMED ? Messages.ShortWords_andMore(some, names.size() - MOST_NAMED) : some;
    }

    /**
     * A text without anything that a markup formatter could take for more than text: what a description may hold depends on
     * the formatter of the site, and these words come from repositories.
     */
    private static String plain(String words) {
        String safe = words.replaceAll("[\\p{Cntrl}]+", " ").replace('<', '‹').replace('>', '›').replace('&', '+');
        return safe.length() <= MOST_CHARACTERS ? safe : safe.substring(0, MOST_CHARACTERS) + "…";
    }
}
