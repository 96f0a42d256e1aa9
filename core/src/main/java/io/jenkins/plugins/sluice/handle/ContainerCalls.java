package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.run.ContainerScript;
import io.jenkins.plugins.sluice.run.HandedVariables;
import io.jenkins.plugins.sluice.run.Instruction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Images and containers by the program {@code docker} of an agent. The scripts are fixed texts: every value comes in a variable,
 * and is used within quotes.
 *
 * @param mark what images and containers of the run are labelled with
 * @param group what those of the agent group are labelled with, too: other groups of the run may share its engine
 * @param name tells the containers of an attempt from all others
 */
record ContainerCalls(String mark, String group, String name, Site site) {

    private static final Pattern ADDRESS = Pattern.compile("(https?|git|ssh)://.*|git@.*");

    /** A private directory that is gone afterwards. */
    private static final String SCRATCH =
            """
            work=$(mktemp -d)
            trap 'rm -rf "$work"' EXIT
            """;

    /** Ends with the word {@code foreign} unless the image was built in this run. */
    private static final String OURS =
            """
            label=$(docker image inspect --format '{{with .Config.Labels}}{{index . "sluice.run"}}{{end}}' "$SLUICE_IMAGE")
            if [ "$label" != "$SLUICE_MARK" ]; then
              echo foreign
              exit 0
            fi
            """;

    /** A private directory beside the workspace, where the files of secrets are, too. */
    private static final String IN_TEMPORARY =
            """
            temporary=${WORKSPACE_TMP:-$PWD@tmp}
            mkdir -p "$temporary"
            work=$(mktemp -d "$temporary/sluice-XXXXXX")
            trap 'rm -rf "$work"' EXIT
            """;

    /** What the container sees of the agent; an agent that is a container itself lends it what it has. */
    private static final String SEEN_FROM_OUTSIDE =
            """
            if [ -e /.dockerenv ] && docker container inspect "$(hostname)" >/dev/null 2>&1; then
              set -- --volumes-from="$(hostname)"
            else
              set -- --volume="$PWD:$PWD" --volume="$temporary:$temporary"
            fi
            """;

    /** What scripts on agents find in their environment, and look for in images, too. */
    private static final List<String> JENKINS_OWN = List.of(
            "BRANCH_NAME",
            "BUILD_ID",
            "BUILD_NUMBER",
            "BUILD_TAG",
            "BUILD_URL",
            "CHANGE_ID",
            "JENKINS_URL",
            "JOB_BASE_NAME",
            "JOB_NAME",
            "JOB_URL",
            "NODE_NAME",
            "WORKSPACE");

    private static final String IN_WORKSPACE =
            """
            top=$(pwd -P)
            context=$(cd "./$SLUICE_CONTEXT" && pwd -P)
            case $context/ in
              "$top"/*) ;;
              *) echo "the directory $SLUICE_CONTEXT leads out of the workspace" >&2 && exit 1 ;;
            esac
            """;

    /** Answers with the id of the image. */
    Call build(Instruction.BuildImage build) {
        boolean elsewhere = ADDRESS.matcher(build.context()).matches();
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SLUICE_DOCKERFILE", build.dockerfile());
        env.put("SLUICE_EXCLUDES", String.join("\n", build.excludes()));
        env.put("SLUICE_CONTEXT", build.context());
        env.put("DOCKER_BUILDKIT", "1");
        List<String> options = new ArrayList<>();
        options.add("--iidfile=\"$work/id\"");
        options.add(build.pull() ? "--pull" : "");
        options.add(option("--tag=", "SLUICE_NAME", build.localName(), env));
        options.add(option("--label=sluice.run=", "SLUICE_MARK", mark, env));
        options.add(option("--label=sluice.group=", "SLUICE_GROUP", group, env));
        build.labels()
                .forEach((label, value) ->
                        options.add(option("--label=", "SLUICE_LABEL_" + options.size(), label + "=" + value, env)));
        build.arguments()
                .forEach((argument, value) -> options.add(
                        option("--build-arg=", "SLUICE_ARG_" + options.size(), argument + "=" + value, env)));
        if (!build.target().isEmpty()) {
            options.add(option("--target=", "SLUICE_TARGET", build.target(), env));
        }
        String file = elsewhere
                ? "--file=- \"$SLUICE_CONTEXT\" <\"$work/Dockerfile\""
                : "--file=\"$work/Dockerfile\" \"$context\"";
        String script = SCRATCH
                + """
                printf '%s' "$SLUICE_DOCKERFILE" >"$work/Dockerfile"
                if [ -n "$SLUICE_EXCLUDES" ]; then
                  printf '%s\\n' "$SLUICE_EXCLUDES" >"$work/Dockerfile.dockerignore"
                fi
                """
                + (elsewhere ? "" : IN_WORKSPACE)
                + "docker build --progress=plain " + words(options) + " " + file + " >&2\n"
                + "cat \"$work/id\"\n";
        return ScriptCalls.printing(script, env, build.timeout(), List.of());
    }

    private static String option(String option, String variable, String value, Map<String, String> env) {
        env.put(variable, value);
        return option + "\"$" + variable + "\"";
    }

    private static String words(List<String> options) {
        return String.join(" ", options.stream().filter(word -> !word.isEmpty()).toList());
    }

    /**
     * Runs an image, and leaves the container for copies. Answers with a line of what came of it, {@code 3 exited 3}, and the end
     * of the output.
     */
    Call run(Instruction.RunImage run, int number) {
        Map<String, String> env = new LinkedHashMap<>();
        List<String> words = new ArrayList<>(handed(run.env(), run.credentials(), env));
        env.put("SLUICE_IMAGE", run.image());
        env.put("SLUICE_MARK", mark);
        env.put("SLUICE_GROUP", group);
        env.put("SLUICE_NAME", container(number));
        words.add("--pull=never");
        List<String> files = files(run.credentials());
        files.forEach(variable -> words.add("--volume=\"$lent/" + variable + ":$" + variable + ":ro\""));
        words.add("\"$SLUICE_IMAGE\"");
        for (String argument : run.arguments()) {
            words.add(option("", "SLUICE_ARG_" + words.size(), argument, env));
        }
        String script = SCRATCH + OURS + lent(files) + container(words) + tail(run);
        return ScriptCalls.printing(script, env, run.timeout(), run.credentials());
    }

    /**
     * Runs a script in an image, as the user of the agent, and leaves nothing. The workspace has the same path inside as outside.
     * Answers with a line of what came of it, {@code 3 exited 3}.
     */
    Call script(Instruction.RunScript run, int number) {
        Map<String, String> env = new LinkedHashMap<>();
        List<String> words = new ArrayList<>(handed(run.env(), run.credentials(), env));
        JENKINS_OWN.forEach(variable -> words.add("--env=" + variable));
        env.put("SLUICE_IMAGE", ContainerScript.image(run));
        env.put("SLUICE_MARK", mark);
        env.put("SLUICE_GROUP", group);
        env.put("SLUICE_NAME", container(number));
        env.put("SLUICE_DIRECTORY", run.directory());
        words.add("--env=SLUICE_WORKSPACE");
        words.addAll(List.of(
                "--init", "--workdir=\"$PWD/$SLUICE_DIRECTORY\"", "--user=\"$(id -u):$(id -g)\"", "--entrypoint=sh"));
        words.add("\"$@\"");
        words.add("\"$SLUICE_IMAGE\"");
        words.addAll(List.of("-c", ShellWord.quoted(ContainerScript.starter(run.shell())), "sh", "\"$work/script\""));
        String end = "END";
        while (run.text().lines().toList().contains(end)) {
            end += "_";
        }
        String script = IN_TEMPORARY + "cat >\"$work/script\" <<'" + end + "'\n" + run.text() + "\n" + end + "\n"
                + SEEN_FROM_OUTSIDE
                + container(words)
                + "docker rm --force --volumes \"$SLUICE_NAME\" >/dev/null\n";
        return ScriptCalls.printing(script, env, run.timeout(), run.credentials());
    }

    /** Prints the end of the output, unless it holds a secret: it may become the value of an output. */
    private static String tail(Instruction.RunImage run) {
        if (run.tail() <= 0) {
            return "";
        }
        StringBuilder script =
                new StringBuilder("tail=$(docker logs \"$SLUICE_NAME\" 2>/dev/null | tail -n " + run.tail() + ")\n");
        for (String variable : ScriptCalls.secretVariables(run.credentials())) {
            String value = "\"$" + variable + "\"";
            script.append("case $tail in *" + value + "*) [ -z " + value + " ] || exit " + KeptSecrets.EXIT_CODE
                    + " ;; esac\n");
        }
        return script.append("printf '%s\\n' \"$tail\"\n").toString();
    }

    /** The options that hand variables over, with their names alone; their values come by the environment of the call. */
    private static List<String> handed(
            Map<String, String> variables, List<Credential> credentials, Map<String, String> env) {
        HandedVariables handed = HandedVariables.of(variables);
        env.putAll(handed.environment());
        env.put("SLUICE_VARIABLES", String.join("\n", handed.file()));
        return Stream.concat(
                        handed.environment().keySet().stream(),
                        credentials.stream().flatMap(credential -> credential.variables().values().stream()))
                .map(variable -> "--env=" + variable)
                .toList();
    }

    /** The variables that hold the name of a file with a secret. */
    private static List<String> files(List<Credential> credentials) {
        return credentials.stream()
                .map(credential -> credential.variables().get(Credential.Part.FILE))
                .filter(Objects::nonNull)
                .toList();
    }

    /**
     * Copies of the files of secrets, for a container whose image may have a user of its own. They are emptied, and not removed, as
     * soon as it has ended: the engine copies nothing out of a container if a file is gone that it was lent.
     */
    private static String lent(List<String> variables) {
        StringBuilder copies = new StringBuilder();
        variables.forEach(variable -> copies.append("cp \"$" + variable + "\" \"$lent/" + variable + "\"\n"));
        return variables.isEmpty()
                ? ""
                : """
                lent=${WORKSPACE_TMP:-$PWD@tmp}/$SLUICE_NAME
                mkdir -p -m 700 "$lent"
                trap 'rm -rf "$work"; for file in "$lent"/*; do : >"$file"; done' EXIT
                """
                        + copies
                        + """
                        chmod u+w "$lent"/*
                        case $(docker image inspect --format '{{.Config.User}}' "$SLUICE_IMAGE") in
                          '' | root | 0 | root:* | 0:*) ;;
                          *) chmod a+r "$lent"/* ;;
                        esac
                        """;
    }

    /** Runs a container, and says what came of it; if the step is to end, so is the container. */
    private static String container(List<String> words) {
        return """
                printf '%s\\n' "$SLUICE_VARIABLES" | sed '/^$/d' >"$work/variables"
                trap 'docker rm --force --volumes "$SLUICE_NAME" >/dev/null 2>&1 || true; exit 143' HUP INT TERM
                """
                + "docker run --name=\"$SLUICE_NAME\" --label=sluice.run=\"$SLUICE_MARK\" --label=sluice.group=\"$SLUICE_GROUP\" --env-file=\"$work/variables\" "
                + words(words) + " >&2 &\n"
                + """
                code=0
                wait $! || code=$?
                state=$(docker container inspect --format '{{.State.Status}} {{.State.ExitCode}}' "$SLUICE_NAME" || true)
                echo "$code $state"
                """;
    }

    String container(int number) {
        return name + "-" + number;
    }

    /** Answers with nothing, or with {@code foreign}. */
    Call copy(Instruction.CopyFromContainer copy) {
        boolean content = copy.source().endsWith("/");
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SLUICE_CONTAINER", copy.container());
        env.put("SLUICE_MARK", mark);
        env.put("SLUICE_SOURCE", (copy.source().startsWith("/") ? "" : "/") + copy.source() + (content ? "." : ""));
        env.put("SLUICE_DESTINATION", "./" + copy.destination());
        String script = SCRATCH
                + """
                label=$(docker container inspect --format '{{with .Config.Labels}}{{index . "sluice.run"}}{{end}}' "$SLUICE_CONTAINER")
                if [ "$label" != "$SLUICE_MARK" ]; then
                  echo foreign
                  exit 0
                fi
                """
                + (content ? "mkdir \"$work/copied\"\n" : "")
                + """
                docker cp --follow-link "$SLUICE_CONTAINER:$SLUICE_SOURCE" "$work/copied" >&2
                if [ -d "$work/copied" ]; then
                  mkdir -p "$SLUICE_DESTINATION"
                  cp -RP "$work/copied/." "$SLUICE_DESTINATION"
                elif [ -d "$SLUICE_DESTINATION" ]; then
                  cp -P "$work/copied" "$SLUICE_DESTINATION/$(basename "$SLUICE_SOURCE")"
                else
                  mkdir -p "$(dirname "$SLUICE_DESTINATION")"
                  cp -P "$work/copied" "$SLUICE_DESTINATION"
                fi
                """;
        return ScriptCalls.printing(script, env, Optional.empty(), List.of());
    }

    /** Answers with the digest that the registry has for the image, or with {@code foreign}. */
    Call push(Instruction.PushImage push) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SLUICE_IMAGE", push.image());
        env.put("SLUICE_MARK", mark);
        env.put("SLUICE_REPOSITORY", push.repository());
        List<String> tags = new ArrayList<>();
        for (String tag : push.tags()) {
            tags.add(option("", "SLUICE_TAG_" + tags.size(), tag, env));
        }
        Optional<Site.Registry> registry =
                site.registry().filter(r -> push.repository().startsWith(r.host() + "/"));
        boolean login = registry.flatMap(Site.Registry::credential).isPresent();
        if (login) {
            env.put("SLUICE_HOST", registry.orElseThrow().host());
        }
        String script = SCRATCH + OURS
                + (login ? login(registry.flatMap(Site.Registry::credential).orElseThrow()) : "")
                + "first=\nfor tag in " + words(tags) + "; do\n"
                + """
                  docker tag "$SLUICE_IMAGE" "$SLUICE_REPOSITORY:$tag" >&2
                  docker push "$SLUICE_REPOSITORY:$tag" >"$work/said" || { cat "$work/said" >&2 && exit 1; }
                  cat "$work/said" >&2
                  digest=$(sed -n 's/.*: digest: \\(sha256:[0-9a-f]*\\) size: .*/\\1/p' "$work/said" | tail -n 1)
                  if [ -n "$first" ] && [ "$digest" != "$first" ]; then
                    echo "the registry has something else under each tag" >&2 && exit 1
                  fi
                  first=$digest
                done
                docker pull --quiet "$SLUICE_REPOSITORY@$first" >&2
                given=$(docker image inspect --format '{{.Id}}' "$SLUICE_IMAGE")
                found=$(docker image inspect --format '{{.Id}}' "$SLUICE_REPOSITORY@$first")
                if [ "$given" != "$found" ]; then
                  echo "the registry gives another image than it was given: $found" >&2 && exit 1
                fi
                echo "$first"
                """;
        return ScriptCalls.printing(
                script,
                env,
                Optional.empty(),
                registry.flatMap(Site.Registry::credential).stream().toList());
    }

    /** In a directory of its own, so that nothing of it stays on the agent. */
    private static String login(Credential credential) {
        String user = credential.variables().get(Credential.Part.USERNAME);
        String password = credential.variables().get(Credential.Part.PASSWORD);
        return "export DOCKER_CONFIG=\"$work/login\"\n"
                + "printf '%s' \"$" + password + "\" | docker login --username \"$" + user
                + "\" --password-stdin \"$SLUICE_HOST\" >&2\n";
    }

    /** Removes what an agent group has left. */
    Call clear() {
        String script =
                """
                docker ps --all --quiet --filter "label=sluice.group=$SLUICE_GROUP" | xargs -r docker rm --force --volumes >&2 || true
                docker images --quiet --filter "label=sluice.group=$SLUICE_GROUP" | sort -u | xargs -r docker rmi --force >&2 || true
                rm -rf "${WORKSPACE_TMP:-$PWD@tmp}"/sluice-*
                """;
        return ScriptCalls.printing(script, Map.of("SLUICE_GROUP", group), Optional.empty(), List.of());
    }

    /** Installs a chart, tests it if that is wanted, and removes it again. */
    Call install(Instruction.InstallChart chart) {
        Site.Helm helm = site.helm();
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SLUICE_RELEASE", chart.release());
        env.put("SLUICE_CHART", chart.chart());
        env.put("SLUICE_NAMESPACE", helm.namespace());
        env.put("SLUICE_VALUES", chart.values());
        List<String> options = new ArrayList<>();
        options.add("--wait");
        options.add("--timeout=" + Math.max(1, chart.timeout().toSeconds()) + "s");
        if (!chart.version().isEmpty()) {
            options.add(option("--version=", "SLUICE_VERSION", chart.version(), env));
        }
        helm.repository().ifPresent(address -> options.add(option("--repo=", "SLUICE_CHARTS", address, env)));
        helm.kubeconfig().ifPresent(file -> env.put("KUBECONFIG", file));
        String script =
                """
                work=$(mktemp -d)
                trap 'helm uninstall "$SLUICE_RELEASE" --namespace="$SLUICE_NAMESPACE" >&2 || true; rm -rf "$work"' EXIT
                printf '%s' "$SLUICE_VALUES" >"$work/values.json"
                helm install "$SLUICE_RELEASE" "$SLUICE_CHART" --namespace="$SLUICE_NAMESPACE" --values="$work/values.json" \
                """
                        + words(options) + " >&2\n"
                        + (chart.test() ? "helm test \"$SLUICE_RELEASE\" --namespace=\"$SLUICE_NAMESPACE\" >&2\n" : "");
        return ScriptCalls.printing(script, env, Optional.of(chart.timeout().multipliedBy(2)), List.of());
    }
}
