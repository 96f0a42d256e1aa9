package io.jenkins.plugins.sluice.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.sluice.cli.local.RunSummary;
import io.jenkins.plugins.sluice.cli.local.StateDirectory;
import io.jenkins.plugins.sluice.run.Durations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code sluice runs}: what has run, runs, or waits. */
final class RunsCommand implements Command {

    private static final DateTimeFormatter WHEN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm").withZone(ZoneId.systemDefault());

    @Override
    public String name() {
        return "runs";
    }

    @Override
    public String summary() {
        return "List the runs, the newest first";
    }

    @Override
    public void declare(CommandSpec spec) {
        spec.addOption(Options.number(1, "Show so many. Default: 20.", "-n", "--limit"));
        spec.addOption(Options.choice("--format", "Lines for people, or JSON for programs.", "text", "json"));
        RunPlace.declare(spec);
    }

    @Override
    public int run(ParseResult arguments, Console console) throws IOException {
        StateDirectory state = RunPlace.state(arguments, console);
        List<Path> runs = state.runs();
        int limit = arguments.matchedOptionValue("--limit", 20);
        boolean json = arguments.matchedOptionValue("--format", "text").equals("json");
        ArrayNode array = new ObjectMapper().createArrayNode();
        for (Path directory : runs.subList(0, Math.min(limit, runs.size()))) {
            RunSummary summary = RunSummary.of(state, directory);
            if (json) {
                fill(array.addObject(), summary);
            } else {
                console.out().println(line(summary));
            }
        }
        if (json) {
            console.out().println(array.toPrettyString());
        } else if (runs.isEmpty()) {
            console.out().println("no runs");
        } else if (runs.size() > limit) {
            console.out().println("and " + (runs.size() - limit) + " more; --limit shows them");
        }
        return ExitCode.OK;
    }

    private static String line(RunSummary run) {
        String when = run.startedAt().map(WHEN::format).orElse("");
        String took = run.duration().map(Durations::words).orElse("");
        String by = run.starter().isEmpty() ? "" : "by " + run.starter();
        String branch = run.branch().isEmpty() ? "" : "on " + run.branch();
        String again = run.rerunOf().map(id -> "repeats run " + id).orElse("");
        List<String> notes = List.of(by, branch, again, run.detail());
        return String.format(
                        "%4s  %-9s  %s  %7s  %s",
                        run.id(),
                        run.status(),
                        when,
                        took,
                        String.join(
                                "; ", notes.stream().filter(n -> !n.isEmpty()).toList()))
                .stripTrailing();
    }

    private static void fill(ObjectNode json, RunSummary run) {
        json.put("run", run.id()).put("status", run.status());
        run.startedAt().map(Instant::toString).ifPresent(at -> json.put("startedAt", at));
        run.duration().ifPresent(took -> json.put("seconds", took.toMillis() / 1000.0));
        json.put("starter", run.starter()).put("branch", run.branch());
        run.rerunOf().ifPresent(id -> json.put("rerunOf", id));
        json.put("detail", run.detail());
    }
}
