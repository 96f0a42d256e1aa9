package io.jenkins.plugins.sluice.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.sluice.gate.Vote;
import io.jenkins.plugins.sluice.plan.PlannedStage;
import io.jenkins.plugins.sluice.problem.Printable;
import io.jenkins.plugins.sluice.run.AttemptResult;
import io.jenkins.plugins.sluice.run.Durations;
import io.jenkins.plugins.sluice.run.GateKeeper;
import io.jenkins.plugins.sluice.run.GateRun;
import io.jenkins.plugins.sluice.run.KeptFile;
import io.jenkins.plugins.sluice.run.Outcome;
import io.jenkins.plugins.sluice.run.RunOutcome;
import io.jenkins.plugins.sluice.run.RunState;
import io.jenkins.plugins.sluice.run.StageRun;
import io.jenkins.plugins.sluice.run.StageStatus;
import io.jenkins.plugins.sluice.run.TestReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A run for people and for programs, with secrets masked. */
public final class RunReport {
    /** A long run is told by what went differently from the rest; all of it is in the JSON. */
    private static final int ALL_LISTED = 60;

    private final RunState state;
    private final GateKeeper keeper;
    private final Masker masker;

    public RunReport(RunState state, GateKeeper keeper, Masker masker) {
        this.state = state;
        this.keeper = keeper;
        this.masker = masker;
    }

    /** A line for each stage (in a long run only for those that did not plainly succeed), and one for the run. */
    public String text(String run) {
        List<PlannedStage> stages = state.plan().stages();
        boolean all = stages.size() <= ALL_LISTED;
        List<PlannedStage> shown = stages.stream()
                .filter(s -> all || isTrouble(s) || state.asking().contains(s.number()))
                .limit(1_000)
                .toList();
        int width = shown.stream().mapToInt(s -> s.id().length()).max().orElse(0);
        StringBuilder out = new StringBuilder();
        for (PlannedStage stage : shown) {
            out.append("  ").append(Printable.of(line(stage, width))).append('\n');
        }
        out.append("run ").append(run).append(' ').append(verdict()).append('\n');
        return masker.mask(out.toString());
    }

    private String line(PlannedStage stage, int width) {
        StageRun run = state.stage(stage.number());
        String id = stage.id() + " ".repeat(width - stage.id().length());
        boolean timed = run.gate().isPresent() || !run.attempts().isEmpty();
        String time = timed && run.outcome().isPresent() ? Durations.words(run.duration()) : "";
        List<String> notes = new ArrayList<>();
        if (!run.detail().isEmpty()) {
            notes.add(run.detail());
        }
        if (run.attempts().size() > 1) {
            notes.add(run.attempts().size() + " attempts");
        }
        if (isTrouble(stage) && stage.stage().flow().allowFailure()) {
            notes.add("may fail");
        }
        run.lastResult().flatMap(AttemptResult::tests).ifPresent(t -> notes.add(tests(t)));
        run.lastResult().map(AttemptResult::kept).filter(k -> !k.isEmpty()).ifPresent(k -> notes.add(kept(k)));
        run.gate().ifPresent(gate -> gate(stage, gate, notes));
        run.taken().ifPresent(taken -> notes.add("taken over from run " + taken.run()));
        String line = String.format("%s  %-9s  %7s  %s", id, word(stage), time, String.join("; ", notes));
        return line.stripTrailing();
    }

    private void gate(PlannedStage stage, GateRun gate, List<String> notes) {
        if (gate.decision().isEmpty()) {
            notes.add(GateView.of(state, keeper, stage.number()).headline());
        }
        long refused = gate.ballots().stream()
                .filter(cast -> cast.refusal().isPresent())
                .count();
        if (refused > 0) {
            notes.add(refused + (refused == 1 ? " vote" : " votes") + " refused");
        }
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
                + Sizes.words(files.stream().mapToLong(KeptFile::size).sum()) + ")";
    }

    private boolean isTrouble(PlannedStage stage) {
        return state.stage(stage.number()).outcome().map(Outcome::isTrouble).orElse(false);
    }

    /** The outcome of a stage, or where it is if it has none yet. */
    private String word(PlannedStage stage) {
        StageRun run = state.stage(stage.number());
        return run.outcome().map(Outcome::word).orElseGet(() -> run.status().word());
    }

    /** {@code succeeded in 3.2s: 7 succeeded, 1 skipped}. */
    public String verdict() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        Stream.of(Outcome.values()).forEach(o -> counts.put(o.word(), 0));
        Stream.of(StageStatus.values()).forEach(s -> counts.put(s.word(), 0));
        state.plan().stages().forEach(s -> counts.merge(word(s), 1, Integer::sum));
        String parts = counts.entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining(", "));
        return ending() + (parts.isEmpty() ? "" : ": " + parts);
    }

    private String ending() {
        Optional<String> over = state.outcome().map(RunOutcome::word);
        Optional<Duration> took =
                state.startedAt().flatMap(start -> state.finishedAt().map(end -> Duration.between(start, end)));
        if (over.isPresent()) {
            return over.get() + " in " + Durations.words(took.orElse(Duration.ZERO));
        }
        int gates = state.asking().size();
        return gates == 0 ? "is not over" : "waits for " + (gates == 1 ? "a decision" : gates + " decisions");
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
        json.put("status", run.status().word());
        run.outcome().ifPresent(o -> json.put("outcome", o.word()));
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
        run.taken().ifPresent(taken -> json.put("takenFrom", taken.run()));
        run.gate().ifPresent(gate -> json.set("gate", gate(stage, gate)));
        run.lastResult().ifPresent(result -> result(result, json));
        return json;
    }

    private ObjectNode gate(PlannedStage stage, GateRun gate) {
        GateView view = GateView.of(state, keeper, stage.number());
        ObjectNode json = Json.object();
        json.put("question", view.question());
        json.put("openedAt", gate.openedAt().toString());
        gate.deadline().ifPresent(end -> json.put("deadline", end.toString()));
        gate.asked().ifPresent(at -> json.put("askedAt", at.toString()));
        json.put("approvers", view.approvers());
        json.put("missing", view.missing());
        files(gate.shown(), json.putArray("shown"));
        view.next().forEach(json.putArray("next")::add);
        ArrayNode votes = json.putArray("votes");
        gate.ballots().forEach(cast -> vote(cast, votes.addObject()));
        gate.decision().ifPresent(decided -> {
            json.put("verdict", decided.verdict().word());
            json.put("decidedAt", decided.at().toString());
        });
        return json;
    }

    private static void vote(GateRun.Cast cast, ObjectNode json) {
        Vote vote = cast.vote();
        json.put("at", cast.at().toString()).put("voter", vote.voter()).put("vote", vote.word());
        json.put("via", vote.via());
        if (!vote.groups().isEmpty()) {
            vote.groups().forEach(json.putArray("groups")::add);
        }
        if (!vote.comment().isEmpty()) {
            json.put("comment", vote.comment());
        }
        if (!vote.inputs().isEmpty()) {
            ObjectNode inputs = json.putObject("inputs");
            vote.inputs().forEach(inputs::put);
        }
        cast.refusal().ifPresent(why -> json.put("refused", why));
    }

    private static void files(List<KeptFile> files, ArrayNode json) {
        files.forEach(k ->
                json.addObject().put("path", k.path()).put("digest", k.digest()).put("size", k.size()));
    }

    private static void result(AttemptResult result, ObjectNode json) {
        if (!result.outputs().isEmpty()) {
            ObjectNode outputs = json.putObject("outputs");
            result.outputs().forEach(outputs::put);
        }
        if (!result.kept().isEmpty()) {
            files(result.kept(), json.putArray("artifacts"));
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
