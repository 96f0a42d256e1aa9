package io.jenkins.plugins.sluice.model;

import io.jenkins.plugins.sluice.config.ConfigMap;
import io.jenkins.plugins.sluice.config.ConfigNode;
import io.jenkins.plugins.sluice.config.ConfigScalar;
import io.jenkins.plugins.sluice.config.ShapeChecker;
import io.jenkins.plugins.sluice.config.SiteFormat;
import io.jenkins.plugins.sluice.config.YamlReader;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import io.jenkins.plugins.sluice.problem.Problems;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads an administrator's settings file. Never throws for bad input.
 *
 * <pre>{@code
 * registry: {host: registry.example:5000, repository: shop}
 * blubber: {frontend: registry.example/blubber/buildkit:v1}
 * charts:
 *   repository: https://review.example/charts
 *   reviewers: [release-team]
 *   credential: charts-bot
 * helm: {repository: https://charts.example, namespace: ci}
 * mail: {host: mail.example, from: ci@example.org}
 * jobs: {publish-docs: ./publish-docs.sh}
 * }</pre>
 *
 * <p>What the file does not say is as PipelineLib's users know it: values below {@code helmfile.d/services}, the version at
 * {@code main_app.version}, a push for review to {@code master} with the topic {@code pipeline-promote}, releases in the
 * namespace {@code ci}. Addresses, names and credentials have no default.
 */
public final class SiteReader {
    private static final Pattern HOST =
            Pattern.compile("(\\[[0-9A-Fa-f:.]+\\]|[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?)(:[0-9]{1,5})?");
    private static final Pattern MAIL_HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");
    private static final Pattern REPOSITORY =
            Pattern.compile("[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*");
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern REF = Pattern.compile("refs/[^\\s\\p{Cntrl}~^:?*\\[\\\\]+");
    private static final Pattern BRANCH = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/+-]*");
    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s\\p{Cntrl}<>,;-][^\\s\\p{Cntrl}<>,;]*@[^\\s\\p{Cntrl}<>,;@]+");
    private static final Pattern REVIEWER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@+-]*");
    private static final Pattern LINE = Pattern.compile("[^\\p{Cntrl}<>-][^\\p{Cntrl}<>]*");

    /** A password has no place in a file that many may read, and that is kept with every run. */
    private static final Pattern WITH_PASSWORD = Pattern.compile("[A-Za-z+]+://[^/@]*:[^/]*@.*");

    /** {@code user@host:path}, which Git takes for SSH. */
    private static final Pattern SSH = Pattern.compile("ssh://.*|[A-Za-z0-9_.-]+@[A-Za-z0-9.-]+:.*");

    private static final int LARGEST_PORT = 65_535;

    private final Problems problems;

    private SiteReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads and checks a file.
     *
     * @param file the name for messages
     * @param problems gets everything that is wrong; the result can be used only if there is no error among it
     */
    public static Site read(String file, byte[] bytes, Problems problems) {
        Optional<ConfigNode> top = YamlReader.read(file, bytes, problems);
        boolean nothing = top.map(t -> t.isBlank() && t.asList().isEmpty()).orElse(true);
        if (nothing) {
            return Site.NONE;
        }
        top.ifPresent(t -> new ShapeChecker(problems, false).check(t, SiteFormat.SITE));
        return top.flatMap(ConfigNode::asMap)
                .map(new SiteReader(problems)::site)
                .orElse(Site.NONE);
    }

    private Site site(ConfigMap map) {
        return new Site(
                map.map("registry").map(this::registry),
                map.map("blubber").flatMap(blubber -> blubber.text("frontend")),
                map.map("charts").flatMap(this::charts),
                map.map("helm").map(this::helm).orElse(Site.Helm.DEFAULT),
                map.map("mail").map(this::mail),
                jobs(map));
    }

    private Site.Registry registry(ConfigMap map) {
        return new Site.Registry(
                text(map, "host", "", HOST, "write a host without a scheme or a path, such as registry.example:5000"),
                text(map, "repository", "", REPOSITORY, "write lower-case names with '/' between them"),
                credential(map, "SLUICE_REGISTRY"));
    }

    private Optional<Site.Charts> charts(ConfigMap map) {
        ConfigMap author = map.map("author").orElse(ConfigMap.empty(map));
        String oneLine = "write one line without '<' and '>'";
        return map.text("repository")
                .map(repository -> new Site.Charts(
                        repository(map, repository),
                        text(map, "branch", "master", BRANCH, "write the name of a branch"),
                        pattern(map, "values", "helmfile.d/services/{chart}/values.yaml", "{chart}"),
                        pattern(
                                map,
                                "environmentValues",
                                "helmfile.d/services/{chart}/values-{environment}.yaml",
                                "{environment}"),
                        text(map, "key", "main_app.version", KEY, "write names with dots between them"),
                        text(
                                map,
                                "push",
                                "refs/for/{branch}%topic=pipeline-promote",
                                REF,
                                "write a whole ref, such as refs/heads/{branch}"),
                        reviewers(map),
                        text(author, "name", "Sluice", LINE, oneLine),
                        text(author, "email", "sluice@localhost", ADDRESS, "write an address such as bot@example.org"),
                        SSH.matcher(repository).matches() ? key(map) : credential(map, "SLUICE_CHARTS")));
    }

    /** Git would take {@code ext::…} for a command to run, and a leading hyphen for an option. */
    private String repository(ConfigMap map, String written) {
        Predicate<String> safe = text -> !text.startsWith("-")
                && !text.contains("::")
                && !WITH_PASSWORD.matcher(text).matches()
                && LINE.matcher(text).matches();
        return checked(map, "repository", written, safe, "write an address such as https://review.example/charts");
    }

    private String pattern(ConfigMap map, String key, String otherwise, String placeholder) {
        Predicate<String> inside = text -> text.contains(placeholder)
                && RepoPath.resolve(".", text).filter(text::equals).isPresent()
                && !text.startsWith("-");
        return checked(map, key, map.textOr(key, otherwise), inside, "write a path with " + placeholder + " in it");
    }

    private List<String> reviewers(ConfigMap map) {
        for (ConfigScalar reviewer : map.scalars("reviewers")) {
            if (!REVIEWER.matcher(reviewer.text()).matches()) {
                problems.add(ProblemCode.INVALID_VALUE.at(
                        reviewer.place(), reviewer.text(), "write the name or the address of an account or a group"));
            }
        }
        return map.texts("reviewers");
    }

    private Site.Helm helm(ConfigMap map) {
        ConfigMap values = map.map("values").orElse(ConfigMap.empty(map));
        String dots = "write names with dots between them";
        Site.Helm otherwise = Site.Helm.DEFAULT;
        return new Site.Helm(
                map.text("repository"),
                map.textOr("namespace", otherwise.namespace()),
                map.text("kubeconfig"),
                text(values, "image", otherwise.imageKey(), KEY, dots),
                text(values, "tag", otherwise.tagKey(), KEY, dots),
                text(values, "registry", otherwise.registryKey(), KEY, dots));
    }

    private Site.Mail mail(ConfigMap map) {
        boolean startTls = map.flag("startTls");
        int port = map.number("port").orElse(startTls ? 587 : 25);
        map.scalar("port")
                .filter(s -> port > LARGEST_PORT)
                .ifPresent(s -> problems.add(
                        ProblemCode.INVALID_VALUE.at(s.place(), s.text(), "ports go up to " + LARGEST_PORT)));
        return new Site.Mail(
                text(map, "host", "", MAIL_HOST, "write a host; the port is a key of its own"),
                port,
                text(map, "from", "", ADDRESS, "write an address such as ci@example.org"),
                startTls,
                credential(map, "SLUICE_MAIL"));
    }

    private static Map<String, String> jobs(ConfigMap map) {
        Map<String, String> jobs = new LinkedHashMap<>();
        map.map("jobs").ifPresent(all -> all.entries()
                .forEach(e -> all.text(e.key()).ifPresent(command -> jobs.put(e.key(), command))));
        return jobs;
    }

    private static Optional<Credential> credential(ConfigMap map, String variable) {
        Map<Credential.Part, String> variables = new LinkedHashMap<>();
        variables.put(Credential.Part.USERNAME, variable + "_USERNAME");
        variables.put(Credential.Part.PASSWORD, variable + "_PASSWORD");
        return map.scalar("credential")
                .map(id -> new Credential(id.text(), Credential.Type.USERNAME_PASSWORD, variables, id.place()));
    }

    private static Optional<Credential> key(ConfigMap map) {
        Map<Credential.Part, String> variables = Map.of(Credential.Part.FILE, "SLUICE_CHARTS_KEY");
        return map.scalar("credential")
                .map(id -> new Credential(id.text(), Credential.Type.SSH_KEY, variables, id.place()));
    }

    private String text(ConfigMap map, String key, String otherwise, Pattern form, String hint) {
        return checked(
                map, key, map.textOr(key, otherwise), text -> form.matcher(text).matches(), hint);
    }

    /** Only what the file says can be wrong; what is missing is the shape's matter. */
    private String checked(ConfigMap map, String key, String value, Predicate<String> right, String hint) {
        map.scalar(key)
                .filter(s -> !right.test(s.text()))
                .ifPresent(s -> problems.add(ProblemCode.INVALID_VALUE.at(s.place(), s.text(), hint)));
        return value;
    }
}
