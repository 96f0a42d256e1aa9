package io.jenkins.plugins.sluice.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.run.AttemptResult;
import io.jenkins.plugins.sluice.run.Durations;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunOutcome;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.StageRun;
import io.jenkins.plugins.sluice.run.TestReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A run for people and for programs, with secrets masked. */
public final class RunReport {
    /** A long run is told by what went differently from the rest; all of it is in the JSON. */
    private static final int ALL_LISTED = 60;

    private final RunState state;
    private final Masker masker;

    public RunReport(RunState state, Masker masker) {
        this.state = state;
        this.masker = masker;
    }

    /** A line for each stage (in a long run only for those that did not plainly succeed), and one for the run. */
    public String text(String run) {
        List<PlannedStage> stages = state.plan().stages();
        boolean all = stages.size() <= ALL_LISTED;
        List<PlannedStage> shown = stages.stream()
                .filter(s -> all || outcome(s).isTrouble())
                .limit(1_000)
                .toList();
        int width = shown.stream().mapToInt(s -> s.id().length()).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (PlannedStage stage : shown) {
            out.append("  ").append(line(stage, width)).append('\n');
        }
        out.append("run ").append(run).append(' ').append(verdict()).append('\n');
        return masker.mask(out.toString());
    }

    private String line(PlannedStage stage, int width) {
        StageRun run = state.stage(stage.number());
        String id = stage.id() + " ".repeat(width - stage.id().length());
        String time = run.attempts().isEmpty() ? "" : Durations.words(run.duration());
        List<String> notes = new ArrayList<>();
        if (!run.detail().isEmpty()) {
            notes.add(run.detail());
        }
        if (run.attempts().size() > 1) {
            notes.add(run.attempts().size() + " attempts");
        }
        if (outcome(stage).isTrouble() && stage.stage().flow().allowFailure()) {
            notes.add("may fail");
        }
        run.lastResult().flatMap(AttemptResult::tests).ifPresent(t -> notes.add(tests(t)));
        run.lastResult().map(AttemptResult::kept).filter(k -> !k.isEmpty()).ifPresent(k -> notes.add(kept(k)));
        String line = String.format("%s  %-9s  %7s  %s", id, outcome(stage).word(), time, String.join("; ", notes));
        return line.stripTrailing();
    }

    private static String tests(TestReport tests) {
        long bad = (long) tests.failures() + tests.errors();
        String failed = bad == 0 ? "" : ", " + bad + " failed";
        return tests.tests() + (tests.tests() == 1 ? " test" : " tests") + failed;
    }

    private static String kept(List<KeptFile> files) {
        String names = files.size() <= 3
                ? files.stream().map(KeptFile::path).collect(Collectors.joining(", "))
                : files.size() + " files";
        return "kept " + names + " ("
                + size(files.stream().mapToLong(KeptFile::size).sum()) + ")";
    }

    /** {@code 12 B}, {@code 3.4 KiB}, {@code 1.0 GiB}. */
    static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        double value = bytes;
        int unit = -1;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }

    private Outcome outcome(PlannedStage stage) {
        return state.stage(stage.number()).outcome().orElse(Outcome.SKIPPED);
    }

    /** {@code succeeded in 3.2s: 7 succeeded, 1 skipped}. */
    public String verdict() {
        Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);
        state.plan().stages().forEach(s -> counts.merge(outcome(s), 1, Integer::sum));
        String parts = counts.entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey().word())
                .collect(Collectors.joining(", "));
        String ending = state.outcome().map(RunOutcome::word).orElse("is not over");
        return ending + " in " + Durations.words(duration()) + (parts.isEmpty() ? "" : ": " + parts);
    }

    private Duration duration() {
        Optional<Duration> whole =
                state.startedAt().flatMap(start -> state.finishedAt().map(end -> Duration.between(start, end)));
        return whole.orElse(Duration.ZERO);
    }

    /** Everything about the run; {@code docs/run-format.md} describes it. */
    public String json(String run) {
        ObjectNode json = Json.object();
        json.put("format", 1);
        json.put("run", run);
        json.put("file", state.plan().file().file());
        state.outcome().ifPresent(o -> json.put("outcome", o.word()));
        state.startedAt().ifPresent(at -> json.put("startedAt", at.toString()));
        state.finishedAt().ifPresent(at -> json.put("finishedAt", at.toString()));
        if (!state.abortReason().isEmpty()) {
            json.put("abortReason", state.abortReason());
        }
        ArrayNode stages = json.putArray("stages");
        state.plan().stages().forEach(s -> stages.add(stage(s)));
        return masker.mask(Json.text(json));
    }

    private ObjectNode stage(PlannedStage stage) {
        StageRun run = state.stage(stage.number());
        ObjectNode json = Json.object();
        json.put("id", stage.id());
        json.put("outcome", outcome(stage).word());
        if (!run.detail().isEmpty()) {
            json.put("detail", run.detail());
        }
        ArrayNode attempts = json.putArray("attempts");
        for (StageRun.Attempt attempt : run.attempts()) {
            ObjectNode one = attempts.addObject();
            one.put("startedAt", attempt.startedAt().toString());
            attempt.endedAt().ifPresent(at -> one.put("endedAt", at.toString()));
            attempt.result()
                    .ifPresent(r -> one.put("outcome", r.outcome().word()).put("detail", r.detail()));
        }
        run.lastResult().ifPresent(result -> result(result, json));
        return json;
    }

    private static void result(AttemptResult result, ObjectNode json) {
        if (!result.outputs().isEmpty()) {
            ObjectNode outputs = json.putObject("outputs");
            result.outputs().forEach(outputs::put);
        }
        if (!result.kept().isEmpty()) {
            ArrayNode artifacts = json.putArray("artifacts");
            result.kept().forEach(k -> artifacts
                    .addObject()
                    .put("path", k.path())
                    .put("digest", k.digest())
                    .put("size", k.size()));
        }
        result.tests().ifPresent(t -> {
            ObjectNode tests = json.putObject("tests");
            tests.put("tests", t.tests()).put("failures", t.failures()).put("errors", t.errors());
            tests.put("skipped", t.skipped());
            ArrayNode failed = tests.putArray("failed");
            t.failed().forEach(failed::add);
        });
    }
}
