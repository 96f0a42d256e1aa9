package io.jenkins.plugins.sluice.jenkins;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.model.Cause;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.User;
import io.jenkins.plugins.sluice.gate.Parties;
import io.jenkins.plugins.sluice.handle.BuildVariables;
import io.jenkins.plugins.sluice.model.Trigger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is known of a build and of the sources in its workspace. */
final class BuildFacts {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").withZone(ZoneOffset.UTC);

    private final Run<?, ?> build;
    private final FilePath workspace;
    private final Launcher launcher;
    private final Map<String, String> environment;
    private final BuildVariables variables;

    BuildFacts(Run<?, ?> build, FilePath workspace, Launcher launcher, EnvVars environment) {
        this.build = build;
        this.workspace = workspace;
        this.launcher = launcher;
        Map<String, String> all = new LinkedHashMap<>(environment);
        all.putAll(parameters());
        this.environment = all;
        this.variables = new BuildVariables(all);
    }

    /** The parameters of the build that are texts, numbers or flags; not secrets. */
    Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (ParametersAction action : build.getActions(ParametersAction.class)) {
            for (ParameterValue parameter : action.getAllParameters()) {
                Object value = parameter.isSensitive() ? null : parameter.getValue();
                if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                    parameters.put(parameter.getName(), String.valueOf(value));
                }
            }
        }
        return parameters;
    }

    Map<String, String> source() {
        return variables.source();
    }

    /** Asks Git what the variables do not say. */
    Trigger trigger() throws IOException, InterruptedException {
        Map<String, String> facts = new LinkedHashMap<>(variables.facts());
        fill(facts, "commit", "rev-parse", "HEAD");
        fill(facts, "author", "log", "-1", "--format=%ae");
        if (!facts.containsKey("branch")) {
            fill(facts, "branch", "branch", "--show-current");
        }
        if (!facts.containsKey("event")) {
            facts.put("event", event());
        }
        return new Trigger(facts, changed(), environment);
    }

    private void fill(Map<String, String> facts, String name, String... question)
            throws IOException, InterruptedException {
        if (!facts.containsKey(name)) {
            git(question).map(String::strip).filter(text -> !text.isEmpty()).ifPresent(text -> facts.put(name, text));
        }
    }

    private String event() {
        if (environment.containsKey("CHANGE_ID")) {
            return "change";
        }
        return build.getCause(Cause.UserIdCause.class) == null ? "push" : "manual";
    }

    /**
     * The files that a change has touched: since the branch that it is for, if that is there; since the last successful build
     * of the job; else those of its last commit.
     */
    private Optional<List<String>> changed() throws IOException, InterruptedException {
        String target = environment.getOrDefault("CHANGE_TARGET", "");
        if (!target.isEmpty()) {
            Optional<List<String>> files = difference("origin/" + target + "...HEAD");
            if (files.isPresent()) {
                return files;
            }
        }
        boolean change = !variables.facts().getOrDefault("change", "").isEmpty();
        Optional<String> last = change ? Optional.empty() : lastGoodCommit();
        if (last.isPresent()) {
            Optional<List<String>> files = difference(last.get() + "..HEAD");
            if (files.isPresent()) {
                return files;
            }
        }
        return difference("HEAD^..HEAD");
    }

    private Optional<String> lastGoodCommit() {
        Run<?, ?> last = build.getPreviousBuild();
        while (last != null && !isGood(last)) {
            last = last.getPreviousBuild();
        }
        return Optional.ofNullable(last)
                .flatMap(SluiceAction::runOf)
                .map(run -> run.basis().trigger().fact("commit"))
                .filter(commit -> !commit.isEmpty());
    }

    private static boolean isGood(Run<?, ?> build) {
        Result result = build.getResult();
        return result != null && result.isBetterOrEqualTo(Result.UNSTABLE);
    }

    private Optional<List<String>> difference(String range) throws IOException, InterruptedException {
        return git("diff", "--name-only", "-z", "--no-renames", range).map(text -> List.of(text.split("\0", -1)).stream()
                .filter(path -> !path.isEmpty())
                .toList());
    }

    /** What Git prints; empty if it cannot say, or is not there. */
    private Optional<String> git(String... question) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("git"));
        line.addAll(List.of(question));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            int code = launcher.launch()
                    .cmds(line)
                    .pwd(workspace)
                    .quiet(true)
                    .stdout(out)
                    .stderr(new ByteArrayOutputStream())
                    .join();
            return code == 0 ? Optional.of(out.toString(StandardCharsets.UTF_8)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Who wrote the change, and who started the build. */
    Parties parties(Trigger trigger) {
        List<String> starters = new ArrayList<>();
        for (Cause.UserIdCause cause : causes()) {
            if (cause.getUserId() != null) {
                starters.add(cause.getUserId());
                User user = User.getById(cause.getUserId(), false);
                if (user != null) {
                    starters.add(user.getFullName());
                }
            }
        }
        String author = trigger.fact("author");
        return new Parties(author.isEmpty() ? List.of() : List.of(author), starters);
    }

    private List<Cause.UserIdCause> causes() {
        return build.getCauses().stream()
                .filter(Cause.UserIdCause.class::isInstance)
                .map(Cause.UserIdCause.class::cast)
                .toList();
    }

    /** The values of {@code ${setup.…}}. */
    Map<String, String> setup(Trigger trigger) throws IOException, InterruptedException {
        Map<String, String> setup = new LinkedHashMap<>();
        setup.put("timestamp", TIMESTAMP.format(Instant.ofEpochMilli(build.getStartTimeInMillis())));
        setup.put("commit", trigger.fact("commit"));
        setup.put("branch", trigger.fact("branch"));
        setup.put("tag", trigger.fact("tag"));
        String remote = git("remote", "get-url", "origin").map(String::strip).orElse("");
        setup.put("remote", remote);
        String project = variables.project().isEmpty() ? build.getParent().getFullName() : variables.project();
        setup.put("project", project);
        setup.put("projectShortName", project.substring(project.lastIndexOf('/') + 1));
        setup.put("logURL", url() + "console");
        setup.put("imageLabels", "");
        setup.put("httpProxy", environment.getOrDefault("http_proxy", ""));
        parameters().forEach((name, value) -> setup.put("params." + name, value));
        return setup;
    }

    /** The values of {@code ${run.…}}. */
    Map<String, String> run() {
        String number = String.valueOf(build.getNumber());
        return Map.of("id", number, "number", number, "url", url());
    }

    private String url() {
        String root = environment.getOrDefault("JENKINS_URL", "/");
        return root + build.getUrl();
    }
}
