package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.model.Site;
import io.jenkins.plugins.sluice.run.Instruction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Images by the program {@code docker} of an agent: how they are made, and how they get to a registry.
 *
 * @param mark what those of the run are labelled with
 * @param group what those of the agent group are labelled with, too
 */
record ImageCalls(String mark, String group, Site site) {
    private static final Pattern ADDRESS = Pattern.compile("(https?|git|ssh)://.*|git@.*");

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
        options.add(ScriptParts.option("--tag=", "SLUICE_NAME", build.localName(), env));
        options.add(ScriptParts.option("--label=sluice.run=", "SLUICE_MARK", mark, env));
        options.add(ScriptParts.option("--label=sluice.group=", "SLUICE_GROUP", group, env));
        build.labels()
                .forEach((label, value) -> options.add(
                        ScriptParts.option("--label=", "SLUICE_LABEL_" + options.size(), label + "=" + value, env)));
        build.arguments()
                .forEach((argument, value) -> options.add(ScriptParts.option(
                        "--build-arg=", "SLUICE_ARG_" + options.size(), argument + "=" + value, env)));
        if (!build.target().isEmpty()) {
            options.add(ScriptParts.option("--target=", "SLUICE_TARGET", build.target(), env));
        }
        String file = elsewhere
                ? "--file=- \"$SLUICE_CONTEXT\" <\"$work/Dockerfile\""
                : "--file=\"$work/Dockerfile\" \"$context\"";
        String script = ScriptParts.SCRATCH
                + """
                printf '%s' "$SLUICE_DOCKERFILE" >"$work/Dockerfile"
                if [ -n "$SLUICE_EXCLUDES" ]; then
                  printf '%s\\n' "$SLUICE_EXCLUDES" >"$work/Dockerfile.dockerignore"
                fi
                """
                + (elsewhere ? "" : IN_WORKSPACE)
                + "docker build --progress=plain " + ScriptParts.words(options) + " " + file + " >&2\n"
                + "cat \"$work/id\"\n";
        return ScriptCalls.printing(script, env, build.timeout(), List.of());
    }

    /** Answers with the digest that the registry has for the image, or with {@code foreign}. */
    Call push(Instruction.PushImage push) {
        Map<String, String> env = new LinkedHashMap<>();
        env.put("SLUICE_IMAGE", push.image());
        env.put("SLUICE_MARK", mark);
        env.put("SLUICE_REPOSITORY", push.repository());
        List<String> tags = new ArrayList<>();
        for (String tag : push.tags()) {
            tags.add(ScriptParts.option("", "SLUICE_TAG_" + tags.size(), tag, env));
        }
        Optional<Site.Registry> registry =
                site.registry().filter(r -> push.repository().startsWith(r.host() + "/"));
        boolean login = registry.flatMap(Site.Registry::credential).isPresent();
        if (login) {
            env.put("SLUICE_HOST", registry.orElseThrow().host());
        }
        String script = ScriptParts.SCRATCH + ScriptParts.IMAGE_IS_OURS
                + (login ? login(registry.flatMap(Site.Registry::credential).orElseThrow()) : "")
                + "first=\nfor tag in " + ScriptParts.words(tags) + "; do\n"
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
}
