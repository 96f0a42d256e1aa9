package io.jenkins.plugins.sluice.library;

import io.jenkins.plugins.sluice.handle.Failure;
import io.jenkins.plugins.sluice.library.Program.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The secrets that Jenkins keeps, for the step {@code withCredentials}. */
final class Secrets {
    private final Map<String, Map<String, String>> byId = new HashMap<>();

    /** @param parts the texts, by the names of the arguments that say which variable is to have them */
    void add(String id, Map<String, String> parts) {
        byId.put(id, parts);
    }

    /** The variables that a step asks for. Files are kept beside the workspace, as Jenkins does. */
    Map<String, String> bound(Request request, Path workspace) throws IOException {
        Map<String, String> env = new LinkedHashMap<>();
        for (Object binding : (List<?>) request.args().get("bindings")) {
            bind((Map<?, ?>) binding, workspace, env);
        }
        return env;
    }

    private void bind(Map<?, ?> binding, Path workspace, Map<String, String> env) throws IOException {
        String id = String.valueOf(binding.get("credentialsId"));
        Map<String, String> parts = byId.get(id);
        if (parts == null) {
            throw new StepTrouble(Failure.Kind.BROKEN, "Could not find credentials '" + id + "'");
        }
        for (Map.Entry<?, ?> argument : binding.entrySet()) {
            String name = String.valueOf(argument.getKey());
            String text = parts.get(name);
            if (text != null) {
                boolean file = name.equals("keyFileVariable") || "FileBinding".equals(binding.get("$class"));
                env.put(String.valueOf(argument.getValue()), file ? file(workspace, text) : text);
            }
        }
    }

    private static String file(Path workspace, String text) throws IOException {
        Path folder = Files.createDirectories(Path.of(workspace + "@tmp", "secretFiles"));
        return Files.writeString(Files.createTempFile(folder, "secret", ""), text)
                .toString();
    }
}
