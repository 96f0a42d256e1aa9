package io.jenkins.plugins.sluice.handle;

import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.model.Shell;
import io.jenkins.plugins.sluice.run.Instruction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Scripts as Jenkins' {@code sh}, within the steps that give them time, secrets and variables. */
final class ScriptCalls {
    private ScriptCalls() {}

    /** A script of a stage on the agent itself; the step answers with its exit code. */
    static Call of(Instruction.RunScript run) {
        Map<String, String> env = new LinkedHashMap<>(run.env());
        String text = header(run.shell(), run.directory(), env) + run.text();
        Call call = Call.of("sh", Call.arguments("script", text, "returnStatus", true));
        return surrounded(call, run.timeout(), run.credentials(), env);
    }

    /** A script of Sluice itself; the step answers with what it printed. Values come in variables only. */
    static Call printing(String script, Map<String, String> env, Optional<Duration> limit, List<Credential> secrets) {
        Map<String, String> set = new LinkedHashMap<>(env);
        String text = header(Shell.SH, "", set) + script;
        return surrounded(Call.of("sh", Call.arguments("script", text, "returnStdout", true)), limit, secrets, set);
    }

    /** The step takes a variable without a value for one to remove: those are set here, and taken out of the map. */
    private static String header(Shell shell, String directory, Map<String, String> env) {
        StringBuilder header = new StringBuilder(
                shell == Shell.BASH ? "#!/usr/bin/env bash\nset -e -o pipefail\n" : "#!/bin/sh\nset -e\n");
        env.forEach((name, value) -> {
            if (value.isEmpty()) {
                header.append("export ").append(name).append("=''\n");
            }
        });
        env.values().removeIf(String::isEmpty);
        header.append("export SLUICE_WORKSPACE=\"$PWD\"\n");
        if (!directory.isEmpty() && !directory.equals(".")) {
            header.append("cd ").append(ShellWord.quoted("./" + directory)).append('\n');
        }
        return header.toString();
    }

    private static Call surrounded(
            Call call, Optional<Duration> limit, List<Credential> credentials, Map<String, String> env) {
        Call all = call;
        if (limit.isPresent()) {
            all = all.within(timeout(limit.get()));
        }
        all = withSecrets(all, credentials);
        if (!env.isEmpty()) {
            List<String> overrides = new ArrayList<>();
            env.forEach((name, value) -> overrides.add(name + "=" + value));
            all = all.within(Call.of("withEnv", Call.arguments("overrides", overrides)));
        }
        return all;
    }

    /** The same with secrets in its environment. */
    static Call withSecrets(Call call, List<Credential> credentials) {
        if (credentials.isEmpty()) {
            return call;
        }
        List<Map<String, Object>> bindings = new ArrayList<>();
        credentials.forEach(credential -> bindings.add(binding(credential)));
        return call.within(Call.of("withCredentials", Call.arguments("bindings", bindings)));
    }

    /** The variables that hold a secret itself, and not the name of its file. */
    static List<String> secretVariables(List<Credential> credentials) {
        return credentials.stream()
                .flatMap(credential -> credential.variables().entrySet().stream())
                .filter(entry -> entry.getKey() == Credential.Part.TEXT || entry.getKey() == Credential.Part.PASSWORD)
                .map(Map.Entry::getValue)
                .toList();
    }

    static Call timeout(Duration limit) {
        return Call.of("timeout", Call.arguments("time", Math.max(1, limit.toMillis()), "unit", "MILLISECONDS"));
    }

    private static Map<String, Object> binding(Credential credential) {
        Map<String, Object> binding =
                switch (credential.type()) {
                    case SECRET_TEXT -> Call.arguments("$class", "StringBinding");
                    case USERNAME_PASSWORD -> Call.arguments("$class", "UsernamePasswordMultiBinding");
                    case SSH_KEY -> Call.arguments("$class", "SSHUserPrivateKeyBinding");
                    case FILE -> Call.arguments("$class", "FileBinding");
                };
        binding.put("credentialsId", credential.id());
        credential.variables().forEach((part, variable) -> binding.put(parameter(credential.type(), part), variable));
        return binding;
    }

    /** What the binding calls the variable for a part of the secret. */
    private static String parameter(Credential.Type type, Credential.Part part) {
        return switch (part) {
            case TEXT -> "variable";
            case USERNAME -> "usernameVariable";
            case PASSWORD -> "passwordVariable";
            case FILE -> type == Credential.Type.SSH_KEY ? "keyFileVariable" : "variable";
        };
    }
}
