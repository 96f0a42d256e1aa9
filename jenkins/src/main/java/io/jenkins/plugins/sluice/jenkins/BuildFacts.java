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
import io.jenkins.plugins.sluice.handle.Change;
import io.jenkins.plugins.sluice.handle.RunHandle;
import io.jenkins.plugins.sluice.model.Trigger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is known of a build and of the sources in its workspace. */
final class BuildFacts {
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss").withZone(ZoneOffset.UTC);

    private static final String BRANCHES = "refs/heads/";
    private static final String LAST_COMMIT = "HEAD^..HEAD";
    private static final Optional<List<String>> NOTHING = Optional.of(List.of());

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
        return new Trigger(facts, Optional.empty(), environment);
    }

    private void fill(Map<String, String> facts, String name, String... question)
            throws IOException, InterruptedException {
        if (!facts.containsKey(name)) {
            line(question).filter(text -> !text.isEmpty()).ifPresent(text -> facts.put(name, text));
        }
    }

    private String event() {
        if (environment.containsKey("CHANGE_ID")) {
            return "change";
        }
        return build.getCause(Cause.UserIdCause.class) == null ? "push" : "manual";
    }

    /**
     * What the build is about: the difference to the branch that a change is for, if that is there; to the last successful build
     * of the job; else to the commit before the last. What nobody has seen is never taken from that last one: more than one
     * commit may have come at once, or after a run that did not get far.
     *
     * @param file the configuration
     */
    Change change(String file) throws IOException, InterruptedException {
        List<String> ranges = ranges();
        Optional<List<String>> files = difference(LAST_COMMIT);
        for (String range : ranges) {
            Optional<List<String>> between = difference(range);
            if (between.isPresent()) {
                return new Change(between, isAsBefore("HEAD", file) ? NOTHING : between, authors(range), before(range, file));
            }
        }
        return isAsBefore("HEAD", file)
                ? new Change(files, NOTHING, List.of(), Optional.empty())
                : new Change(files, Optional.empty(), allAuthors(file), before(LAST_COMMIT, file));
    }

    /** Ranges that hold all that is new, if they can be told. */
    private List<String> ranges() throws IOException, InterruptedException {
        List<String> ranges = new ArrayList<>();
        String target = environment.getOrDefault("CHANGE_TARGET", "");
        if (!target.isEmpty()) {
            ranges.add("origin/" + target + "...HEAD");
        }
        if (!isChange()) {
            // A build of the same commit is there to be built again, and not to find that nothing has changed.
            String head = line("rev-parse", "HEAD").orElse("");
            lastGood()
                    .map(run -> run.basis().trigger().fact("commit"))
                    .filter(commit -> !commit.isEmpty() && !commit.equals(head))
                    .ifPresent(commit -> ranges.add(commit + "..HEAD"));
        }
        return ranges;
    }

    /** Whether the pipeline of a commit is what the last successful build had: then it has been seen. */
    private boolean isAsBefore(String revision, String file) throws IOException, InterruptedException {
        Optional<RunHandle> good = lastGood().filter(run -> run.basis().file().equals(file));
        if (good.isEmpty()) {
            return false;
        }
        String commit = good.get().basis().trigger().fact("commit");
        Optional<String> directory = git("rev-parse", revision + ":.pipeline");
        Optional<String> text = git("show", revision + ":" + file);
        boolean sameText = text.equals(Optional.of(good.get().basis().config()));
        boolean alone = line("ls-tree", "-r", "--name-only", revision, "--", ".pipeline", file)
                .equals(Optional.of(file));
        boolean sameDirectory = directory.isPresent() && directory.equals(git("rev-parse", commit + ":.pipeline"));
        return sameText && (alone || sameDirectory);
    }

    /** Who wrote the pipeline at any time; nobody if that is not for sure. */
    private List<String> allAuthors(String file) throws IOException, InterruptedException {
        if (isChange()) {
            // What it is stacked upon may be the change of somebody else, which nobody has looked at.
            return isAsBefore("HEAD^", file) ? vouchedAuthors() : List.of();
        }
        boolean whole = line("rev-parse", "--is-shallow-repository").equals(Optional.of("false"));
        return whole && isVouchedFor() ? names(git("log", "--format=%ae", "--", ".pipeline", file)) : List.of();
    }

    /** Whether the build is about something that is not on its branch yet. */
    private boolean isChange() {
        String ref = variables.source().getOrDefault("ref", BRANCHES);
        return !variables.facts().getOrDefault("change", "").isEmpty() || !ref.startsWith(BRANCHES);
    }

    /** Whether what the build is about is said by the job or by what triggers it: whoever starts it by hand may say anything. */
    private boolean isVouchedFor() {
        return variables.source().isEmpty()
                || (build.getCause(Cause.UserIdCause.class) == null && build.getCause(Cause.RemoteCause.class) == null);
    }

    /** Who wrote what a range holds. Whoever proposes a change can write any name into it: then only the server's word counts. */
    private List<String> authors(String range) throws IOException, InterruptedException {
        if (isChange()) {
            return vouchedAuthors();
        }
        return isVouchedFor() ? names(git("log", "--format=%ae", range.replace("...", ".."))) : List.of();
    }

    private static List<String> names(Optional<String> lines) {
        return lines.map(text -> text.lines().filter(name -> !name.isBlank()).distinct().toList())
                .orElse(List.of());
    }

    private List<String> vouchedAuthors() {
        return isVouchedFor() ? variables.authors() : List.of();
    }

    private Optional<byte[]> before(String range, String file) throws IOException, InterruptedException {
        String base = range.substring(0, range.indexOf(".."));
        if (range.contains("...")) {
            base = line("merge-base", base, "HEAD").orElse(base);
        }
        return git("show", base + ":" + file).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<RunHandle> lastGood() {
        Run<?, ?> last = build.getPreviousBuild();
        while (last != null && !isGood(last)) {
            last = last.getPreviousBuild();
        }
        return Optional.ofNullable(last).flatMap(SluiceAction::runOf);
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

    /** What Git prints, without blanks around it: an answer of one line. */
    private Optional<String> line(String... question) throws IOException, InterruptedException {
        return git(question).map(String::strip);
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
        Set<String> authors = new LinkedHashSet<>(variables.authors());
        authors.add(trigger.fact("author"));
        authors.remove("");
        return new Parties(List.copyOf(authors), starters);
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
        setup.put("remote", line("remote", "get-url", "origin").orElse(""));
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
