package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.config.YamlEdit;
import io.jenkins.plugins.sluice.model.Action;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.model.UnfitValueException;
import io.jenkins.plugins.sluice.problem.Printable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One chart set to a version: its values are changed in a clone of the repository of the charts, and the change is pushed. The
 * branch may move meanwhile; then it is done again from what is there.
 */
final class Promotion {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*");
    private static final Pattern VERSION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+:@/-]{0,254}");
    private static final int ATTEMPTS = 3;

    private final StageContext context;
    private final Site.Charts charts;
    private final String chart;
    private final List<String> environments;
    private final String version;
    private final ChartsGit git;
    private final List<String> changed = new ArrayList<>();
    private String salt = "";

    private Promotion(StageContext context, Site.Charts charts, Resolved settings) {
        this.context = context;
        this.charts = charts;
        this.chart = checked("chart", settings.text("chart"), NAME);
        this.environments = new LinkedHashSet<>(settings.texts("environments"))
                .stream().map(name -> checked("environment", name, NAME)).toList();
        this.version = checked("version", settings.text("version"), VERSION);
        // Nobody looks for artifacts below .sluice, and Git ignores it.
        String directory = ".sluice/charts-" + context.values.uniqueName(context.stage);
        this.git = new ChartsGit(
                charts, directory, context.stage.stage().settings().timeout());
    }

    private static String checked(String what, String text, Pattern form) {
        if (!form.matcher(text).matches() || text.contains("..")) {
            throw new UnfitValueException("'" + Printable.of(text) + "' cannot be the " + what + " of a promotion");
        }
        return text;
    }

    /** Promotes one chart after another. */
    static Step of(Action action, StageContext context) {
        return Step.of(() -> {
            Site.Charts charts = context.site
                    .charts()
                    .orElseThrow(() -> new UnfitValueException("the settings of the site do not say where charts are"));
            List<Step> steps = new ArrayList<>();
            if (context.data(action.settings()) instanceof List<?> items && !context.lacksValues()) {
                for (@Nullable Object item : items) {
                    Promotion promotion = new Promotion(context, charts, Resolved.of(item));
                    steps.add(Step.of(() -> promotion.attempt(1)));
                }
            }
            context.then(steps.toArray(Step[]::new));
        });
    }

    private void attempt(int number) {
        changed.clear();
        List<Step> steps = new ArrayList<>();
        steps.add(Step.of(() -> new Instruction.DeleteFiles(git.directory()), result -> {}));
        steps.add(Step.ofScript(git::copy, code -> {
            if (code != 0) {
                context.fail(
                        "the repository of the charts could not be cloned (exit code " + code + "); the log says why");
            }
        }));
        paths().forEach(path -> steps.add(edit(path)));
        steps.add(Step.of(() -> context.then(changed.isEmpty() ? nothing() : push(number))));
        steps.add(new Step(
                () -> Optional.of(new Instruction.DeleteFiles(git.directory())), result -> {}, Step.Due.AT_LAST));
        context.then(steps.toArray(Step[]::new));
    }

    private List<String> paths() {
        return environments.isEmpty()
                ? List.of(charts.values().replace("{chart}", chart))
                : environments.stream()
                        .map(name -> charts.environmentValues()
                                .replace("{chart}", chart)
                                .replace("{environment}", name))
                        .toList();
    }

    private Step edit(String path) {
        String file = git.directory() + "/" + path;
        return Step.of(() -> new Instruction.ReadFile(file), result -> {
            String text = ((InstructionResult.FileRead) result)
                    .text()
                    .orElseThrow(() -> new UnfitValueException("the charts have no file " + path));
            if (text.indexOf('\uFFFD') >= 0) {
                throw new UnfitValueException(path + " of the charts is no UTF-8 text");
            }
            YamlEdit edit = YamlEdit.of(text, charts.key(), version);
            edit.refusal().ifPresent(why -> {
                throw new UnfitValueException(path + " of the charts cannot be changed: " + why);
            });
            if (!edit.text().equals(text)) {
                changed.add(text);
                context.then(Step.of(() -> new Instruction.WriteFile(file, edit.text()), written -> {}));
            }
        });
    }

    private Step nothing() {
        String message = "chart " + chart + " has the version " + version + inEnvironments() + " already";
        return Step.of(() -> ChartsGit.say(message), result -> {});
    }

    private Step push(int number) {
        return Step.ofScript(() -> git.push(message()), code -> {
            boolean again = code == ChartsGit.MOVED || code == ChartsGit.CLOSED;
            if (again && number < ATTEMPTS) {
                salt = code == ChartsGit.CLOSED ? otherReview() : salt;
                attempt(number + 1);
            } else if (code == ChartsGit.MOVED) {
                context.fail(
                        "the branch " + charts.branch() + " of the charts moved at each of " + number + " attempts");
            } else if (code != 0) {
                context.fail("the change of the charts could not be pushed (exit code " + code + "); the log says why");
            }
        });
    }

    // The commit

    /** First another review for another state of the files; if that was there and is closed too, one of this run. */
    private String otherReview() {
        return salt.isEmpty()
                ? String.join("\0", changed)
                : context.values.run("url") + "\0" + context.values.setup("timestamp");
    }

    private String inEnvironments() {
        return environments.isEmpty() ? "" : " in " + String.join(", ", environments);
    }

    private String message() {
        Map<String, String> origin = new LinkedHashMap<>();
        origin.put("Project", context.values.setup("project"));
        origin.put("Commit", context.values.setup("commit"));
        origin.put("Change", context.values.trigger("change"));
        origin.put("Pipeline", context.stage.ref().toString());
        String address = context.values.run("url");
        origin.put("Run", address.startsWith("http") ? address : context.values.runId());
        StringBuilder message = new StringBuilder();
        message.append("Promote ").append(chart).append(" to ").append(version).append(inEnvironments());
        message.append("\n\n");
        origin.forEach((name, value) -> {
            if (!value.isEmpty()) {
                message.append(name).append(": ").append(Printable.line(value)).append('\n');
            }
        });
        return message.append("\nChange-Id: ").append(changeId()).toString();
    }

    /** The same for the same promotion, so that another attempt updates its review instead of asking for a second one. */
    private String changeId() {
        String what = String.join(
                "\0",
                charts.repository(),
                charts.branch(),
                context.values.setup("project"),
                chart,
                String.join(",", environments),
                version,
                salt);
        return "I" + Sha256.hex(what).substring(0, 40);
    }
}
