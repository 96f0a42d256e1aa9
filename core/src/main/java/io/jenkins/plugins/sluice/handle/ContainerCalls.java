package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.run.ContainerScript;
import io.jenkins.plugins.sluice.run.HandedVariables;
import io.jenkins.plugins.sluice.run.Instruction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Containers by the program {@code docker} of an agent. The scripts are fixed texts: every value comes in a variable, and is used
 * within quotes.
 *
 * @param mark what containers of the run are labelled with
 * @param group what those of the agent group are labelled with, too: other groups of the run may share its engine
 * @param name tells the containers of an attempt from all others
 */
record ContainerCalls(String mark, String group, String name) {
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
            words.add(ScriptParts.option("", "SLUICE_ARG_" + words.size(), argument, env));
        }
        String script = ScriptParts.SCRATCH + ScriptParts.IMAGE_IS_OURS + lent(files) + container(words) + tail(run);
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
                + ScriptParts.words(words) + " >&2 &\n"
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
        String script = ScriptParts.SCRATCH + ScriptParts.CONTAINER_IS_OURS
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
}
