package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.cli.process.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Docker: a service and a program that asks it. Images are always built by BuildKit.
 *
 * @param version the first number of the program's version; from 23 on it builds by a plugin, which may be missing
 */
record Docker(EngineProgram program, int version) implements Engine {

    private static final int BUILDS_BY_PLUGIN = 23;
    private static final String DIRECTORY = "DOCKER_CONFIG";
    private static final String SETTINGS = "config.json";
    private static final Pattern DIGEST = Pattern.compile(".*: digest: (sha256:[0-9a-f]{64}) size: .*");

    @Override
    public Engine with(EngineProgram other) {
        return new Docker(other, version);
    }

    /** Its directory of settings cannot be told only this one thing, so it gets another with all else that is in it. */
    @Override
    public Engine with(Login login, Path directory) throws IOException {
        String home = program.environment().getOrDefault("HOME", "/");
        Path own = Path.of(program.environment().getOrDefault(DIRECTORY, home + "/.docker"))
                .toAbsolutePath();
        if (Files.isDirectory(own)) {
            try (Stream<Path> entries = Files.list(own)) {
                for (Path entry : entries.toList()) {
                    Path name = entry.getFileName();
                    if (!name.toString().equals(SETTINGS)) {
                        Files.createSymbolicLink(directory.resolve(name), entry);
                    }
                }
            }
        }
        login.write(directory.resolve(SETTINGS), own.resolve(SETTINGS));
        return with(program.with(Map.of(DIRECTORY, directory.toString())));
    }

    @Override
    public Invocation check() {
        return program.call("version", "--format", "{{.Server.Version}}");
    }

    @Override
    public Optional<Invocation> buildCheck() {
        return version < BUILDS_BY_PLUGIN ? Optional.empty() : Optional.of(program.call("buildx", "version"));
    }

    /** The excludes are not named here: BuildKit finds them beside the Dockerfile, by their name. */
    @Override
    public Invocation build(BuildOrder order) {
        List<String> arguments = new ArrayList<>(List.of("build", "--progress=plain"));
        if (order.image().pull()) {
            arguments.add("--pull");
        }
        // Of a context elsewhere Docker would look for the Dockerfile there, if it did not read it here.
        arguments.add("--file=" + (order.isElsewhere() ? "-" : order.dockerfile()));
        arguments.addAll(order.arguments());
        Invocation build = program.with(Map.of("DOCKER_BUILDKIT", "1")).call(arguments);
        return order.isElsewhere() ? build.reading(order.dockerfile()) : build;
    }

    @Override
    public Invocation copy(String container, String source, Path target) {
        return program.call("cp", "--follow-link", container + ":" + source, target.toString());
    }

    @Override
    public Invocation push(String name, Path digestFile) {
        return program.call("push", name);
    }

    @Override
    public Optional<String> digest(List<String> said, Path digestFile) {
        return said.stream()
                .map(DIGEST::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .reduce((first, last) -> last);
    }

    @Override
    public Invocation pull(String name) {
        return program.call("pull", "--quiet", name);
    }
}
