package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.cli.process.CannotStartException;
import io.jenkins.plugins.sluice.cli.process.Ending;
import io.jenkins.plugins.sluice.cli.process.Invocation;
import io.jenkins.plugins.sluice.cli.process.OutputSink;
import io.jenkins.plugins.sluice.cli.process.Patience;
import io.jenkins.plugins.sluice.cli.process.ProcessGroup;
import io.jenkins.plugins.sluice.model.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Docker or Podman, by its command line. The workspace has the same path inside a container as outside, so that paths in
 * logs and reports mean the same. Values of variables, secrets among them, go through the environment of the command line
 * tool and are never arguments.
 */
public final class ContainerEngine {

    private static final List<String> PROGRAMS = List.of("docker", "podman");
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/:@-]*");

    /** What the command line tool itself looks at: the script's own value must not change what the tool does. */
    private static final Pattern CLIENTS_OWN = Pattern.compile(
            "PATH|HOME|TMPDIR|(DOCKER|CONTAINER|CONTAINERS|BUILDAH|PODMAN|LD|XDG|REGISTRY|STORAGE|SSL)_.*|.*_(proxy|PROXY)");

    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final String program;
    private final Map<String, String> environment;

    private ContainerEngine(String program, Map<String, String> environment) {
        this.program = program;
        this.environment = environment;
    }

    /** What looking for an engine came to: an engine, or the reasons why there is none. */
    public record Search(Optional<ContainerEngine> engine, String reasons) {}

    /** Finds an engine that answers; {@code SLUICE_CONTAINER_ENGINE} names the program to use instead of the usual ones. */
    public static Search find(Map<String, String> environment) {
        String wanted = environment.getOrDefault("SLUICE_CONTAINER_ENGINE", "");
        List<String> reasons = new ArrayList<>();
        for (String program : wanted.isEmpty() ? PROGRAMS : List.of(wanted)) {
            ContainerEngine engine = new ContainerEngine(program, environment);
            List<String> output = new ArrayList<>();
            try {
                Ending ending =
                        engine.ask(List.of("version", "--format", "{{.Client.Version}} {{.Server.Version}}"), output);
                if (ending.isSuccess()) {
                    return new Search(Optional.of(engine), "");
                }
                reasons.add(program + " does not work (" + lastLine(output) + ")");
            } catch (CannotStartException e) {
                reasons.add("there is no " + program);
            }
        }
        return new Search(Optional.empty(), String.join(", and ", reasons));
    }

    private static String lastLine(List<String> output) {
        return output.isEmpty() ? "it does not answer" : output.get(output.size() - 1);
    }

    private Ending ask(List<String> arguments, List<String> output) throws CannotStartException {
        List<String> argv = new ArrayList<>(List.of(program));
        argv.addAll(arguments);
        return ProcessGroup.start(new Invocation(argv, Path.of("/"), environment))
                .await(Patience.UNLIMITED.withTimeout(ANSWER), new OutputSink() {
                    @Override
                    public void line(String text) {
                        output.add(text);
                    }

                    @Override
                    public void note(String text) {
                        output.add(text);
                    }
                });
    }

    /**
     * The command that runs a script in a container.
     *
     * @param name what the container is called, so that it can be removed whatever happens
     * @param readable files outside of the workspace that the script needs
     * @param variables what the script finds in its environment
     */
    Invocation run(
            String name,
            Path workspace,
            Path directory,
            List<Path> readable,
            Map<String, String> variables,
            Contained what)
            throws IOException {
        if (!IMAGE.matcher(what.image()).matches()) {
            throw new IOException("'" + what.image() + "' is no name of an image");
        }
        List<String> argv = new ArrayList<>(List.of(program, "run", "--rm", "--init", "--name", name));
        argv.addAll(List.of("--volume", workspace + ":" + workspace, "--workdir", directory.toString()));
        readable.forEach(file -> argv.addAll(List.of("--volume", file + ":" + file + ":ro")));
        Object owner = Files.getAttribute(workspace, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        Object group = Files.getAttribute(workspace, "unix:gid", LinkOption.NOFOLLOW_LINKS);
        argv.addAll(List.of("--user", owner + ":" + group));
        Map<String, String> all = new LinkedHashMap<>(environment);
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            if (CLIENTS_OWN.matcher(variable.getKey()).matches()) {
                argv.addAll(List.of("--env", variable.getKey() + "=" + variable.getValue()));
            } else {
                argv.addAll(List.of("--env", variable.getKey()));
                all.put(variable.getKey(), variable.getValue());
            }
        }
        argv.addAll(List.of("--entrypoint", "sh", what.image(), "-c", starter(what.shell()), "sh"));
        argv.add(what.script().toString());
        return new Invocation(argv, workspace, all);
    }

    /**
     * What runs in a container.
     *
     * @param script the file with the commands, mounted at its own path
     */
    record Contained(String image, Shell shell, Path script) {}

    /** Many images have no bash; then sh runs the script, and says so, because it cannot see failures inside pipes. */
    private static String starter(Shell shell) {
        String sh = "exec sh -e \"$1\"";
        return shell == Shell.SH
                ? sh
                : "if command -v bash >/dev/null 2>&1; then exec bash -e -o pipefail \"$1\"; fi; "
                        + "echo 'note: the image has no bash, so sh runs the script, without pipefail' >&2; " + sh;
    }

    /** Removes a container that may still be there; its absence is no error. */
    void remove(String name) {
        try {
            ask(List.of("rm", "--force", name), new ArrayList<>());
        } catch (CannotStartException e) {
            // then it cannot have been started either
        }
    }
}
