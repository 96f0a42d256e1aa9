package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.cli.process.Invocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Podman: a program that does everything itself. How it isolates builds is for its own configuration to say. */
record Podman(EngineProgram program) implements Engine {

    private static final Pattern LOOPBACK = Pattern.compile("(localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d+)?/.*");

    @Override
    public Engine with(EngineProgram other) {
        return new Podman(other);
    }

    @Override
    public Engine with(Login login, Path directory) throws IOException {
        Path file = directory.resolve("auth.json");
        login.write(file);
        return with(program.with(Map.of("REGISTRY_AUTH_FILE", file.toString())));
    }

    @Override
    public Invocation check() {
        return program.call("info", "--format", "{{.Version.Version}}");
    }

    @Override
    public Optional<Invocation> buildCheck() {
        return Optional.empty();
    }

    @Override
    public Invocation build(BuildOrder order) {
        List<String> arguments = new ArrayList<>(List.of("build", "--file=" + order.dockerfile()));
        arguments.add("--pull=" + (order.image().pull() ? "always" : "missing"));
        if (order.hasExcludes()) {
            arguments.add("--ignorefile=" + order.ignoreFile());
        }
        arguments.addAll(order.arguments());
        return program.call(arguments);
    }

    @Override
    public Invocation copy(String container, String source, Path target) {
        return program.call("cp", "--archive=false", container + ":" + source, target.toString());
    }

    @Override
    public Invocation push(String name, Path digestFile) {
        List<String> arguments = new ArrayList<>(List.of("push", "--digestfile=" + digestFile));
        arguments.addAll(tls(name));
        arguments.add(name);
        return program.call(arguments);
    }

    @Override
    public Optional<String> digest(List<String> said, Path digestFile) throws IOException {
        return Files.exists(digestFile)
                ? Optional.of(Files.readString(digestFile).strip())
                : Optional.empty();
    }

    @Override
    public Invocation pull(String name) {
        List<String> arguments = new ArrayList<>(List.of("pull", "--quiet"));
        arguments.addAll(tls(name));
        arguments.add(name);
        return program.call(arguments);
    }

    /** A registry of this machine needs no encryption; Docker sees that itself. */
    private static List<String> tls(String name) {
        return LOOPBACK.matcher(name).matches() ? List.of("--tls-verify=false") : List.of();
    }
}
