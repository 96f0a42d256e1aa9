package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.gate.Parties;
import io.jenkins.plugins.sluice.model.Trigger;
import io.jenkins.plugins.sluice.run.InstructionResult;
import io.jenkins.plugins.sluice.run.ResultJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Walks the tree as the shared library does, one branch after another, and answers steps as a test says. Between any two steps
 * the run is written down and read again.
 */
final class Walker {
    static final Set<String> ALL_STEPS = Set.of("node", "sh", "withCredentials", "build", "mail", "input");

    final List<Map<String, Object>> taken = new ArrayList<>();
    private final Map<String, Function<Map<String, Object>, Object>> answers = new HashMap<>();
    private RunHandle run;
    private final List<String> agents = new ArrayList<>();

    Walker(RunHandle run) {
        this.run = run;
        answers.put("sh", step -> 0);
        answers.put("sluiceFiles", step -> ResultJson.write(new InstructionResult.Done()));
    }

    /** A walker of a configuration. */
    static Walker of(String config) {
        return new Walker(RunHandle.begin(prepared(config).basis().orElseThrow()));
    }

    static Preparation prepared(String config) {
        return Preparation.of(config.getBytes(StandardCharsets.UTF_8), draft(), Change.UNKNOWN, ALL_STEPS);
    }

    static RunBasis draft() {
        return RunBasis.builder("job#7", "config.yaml")
                .trigger(new Trigger(Map.of("author", "eve@example.org"), Optional.empty(), Map.of()))
                .setup(ordered(
                        "project",
                        "shop",
                        "projectShortName",
                        "shop",
                        "logURL",
                        "http://localhost/log",
                        "timestamp",
                        "2026-11-25-120000"))
                .run(ordered("id", "7", "number", "7", "url", "http://localhost/job/7/"))
                .parties(new Parties(List.of("eve@example.org"), List.of("dave")))
                .build();
    }

    private static Map<String, String> ordered(String... namesAndValues) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return map;
    }

    /** What a step answers, or throws. */
    Walker answering(String step, Function<Map<String, Object>, Object> answer) {
        answers.put(step, answer);
        return this;
    }

    RunHandle run() {
        return run;
    }

    RunHandle walk() {
        walk(0);
        return run;
    }

    private void restart() {
        run = HandleJson.read(run.json(), Controller.find());
    }

    private void walk(int number) {
        Map<String, Object> block = run.block(number);
        String kind = (String) block.get("kind");
        if (kind.equals("stage")) {
            stage((int) block.get("stage"));
        } else if (kind.equals("group")) {
            group(block);
        } else if (kind.equals("sequence")) {
            numbers(block, "parts").forEach(this::walk);
        } else {
            branches(block).values().forEach(part -> follow(kind.equals("mesh") ? number : -1, part));
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Integer> numbers(Map<String, Object> block, String key) {
        return (List<Integer>) block.get(key);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Integer> branches(Map<String, Object> block) {
        return (Map<String, Integer>) block.get("branches");
    }

    private void follow(int mesh, int part) {
        walk(part);
        if (mesh >= 0) {
            run.finish(mesh, part).values().forEach(next -> follow(mesh, next));
        }
    }

    private void group(Map<String, Object> block) {
        int group = (int) block.get("group");
        while (!run.isSettled(group)) {
            if (agents.size() > 100) {
                throw new IllegalStateException("group " + group + " never ends");
            }
            try {
                agents.add(String.valueOf(answers.getOrDefault("node", b -> "").apply(block)));
                run.enter(group).forEach(this::perform);
                numbers(block, "parts").forEach(this::walk);
                run.leave(group).forEach(this::perform);
                run.left(group);
            } catch (FakeController.Trouble e) {
                if (!run.groupFailed(group, e)) {
                    throw e;
                }
            }
        }
        numbers(block, "parts").forEach(this::walk);
    }

    private void stage(int number) {
        Map<String, Object> shown = run.open(number);
        if (shown == null) {
            return;
        }
        restart();
        for (Map<String, Object> step = run.next(number); step != null; step = run.next(number)) {
            try {
                Object answer = perform(step);
                restart();
                run.take(number, answer);
            } catch (FakeController.Trouble e) {
                run.fail(number, e);
            }
            restart();
        }
        Map<String, Object> ending = run.close(number);
        if (ending != null) {
            perform(ending);
        }
    }

    private Object perform(Map<String, Object> step) {
        taken.add(step);
        if (taken.size() > 1_000) {
            throw new IllegalStateException("this never ends: " + step);
        }
        return answers.getOrDefault((String) step.get("step"), s -> null).apply(step);
    }

    /** The names of the steps that were taken. */
    List<String> steps() {
        return taken.stream().map(step -> String.valueOf(step.get("step"))).toList();
    }
}
