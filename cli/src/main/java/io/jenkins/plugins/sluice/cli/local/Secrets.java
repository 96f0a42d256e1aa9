package io.jenkins.plugins.sluice.cli.local;

import io.jenkins.plugins.sluice.model.Credential;
import io.jenkins.plugins.sluice.report.Masker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The secrets of this machine: variables {@code SLUICE_SECRET_NAME} of the environment, and lines {@code NAME=value} of a
 * file, which win. {@code NAME_FILE} names a file whose content is the secret, for keys and other long ones.
 */
public final class Secrets {

    /** What the names of the variables begin with. No stage inherits such a variable. */
    public static final String PREFIX = "SLUICE_SECRET_";

    private final Map<String, String> values;

    private Secrets(Map<String, String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** Reads the secrets of the environment and of a file. */
    public static Secrets read(Map<String, String> environment, Optional<Path> file) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            if (variable.getKey().startsWith(PREFIX)) {
                add(variable.getKey().substring(PREFIX.length()), variable.getValue(), values);
            }
        }
        if (file.isPresent()) {
            int number = 0;
            for (String line : Files.readAllLines(file.get())) {
                number++;
                int equals = line.indexOf('=');
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                if (equals < 1) {
                    // The line itself is not shown: it may be a secret.
                    throw new FileSystemException(file.get() + ":" + number, null, "this is no NAME=value line");
                }
                String name = line.substring(0, equals).strip();
                add(
                        name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name,
                        line.substring(equals + 1),
                        values);
            }
        }
        return new Secrets(values);
    }

    private static void add(String name, String value, Map<String, String> values) throws IOException {
        if (name.endsWith("_FILE")) {
            String content = Files.readString(Path.of(value), StandardCharsets.UTF_8);
            values.put(name.substring(0, name.length() - "_FILE".length()), content);
        } else {
            values.put(name, value);
        }
    }

    /** The value of a part of a credential. */
    Optional<String> value(Credential credential, Credential.Part part) {
        return Optional.ofNullable(values.get(credential.lookupName(part))).filter(value -> !value.isEmpty());
    }

    /** The names that a credential would be found by and that are missing, as variables of the environment. */
    public List<String> missing(Credential credential) {
        return credential.variables().keySet().stream()
                .filter(part -> value(credential, part).isEmpty())
                .map(part -> PREFIX + credential.lookupName(part))
                .toList();
    }

    /** Hides all of them, also those that no stage asks for. */
    public Masker masker() {
        return Masker.of(values.values());
    }

    /** The names of the secrets that a text holds in some form. */
    List<String> namesIn(String text) {
        return values.entrySet().stream()
                .filter(e -> !Masker.of(List.of(e.getValue())).mask(text).equals(text))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The secrets of some names, one after another. */
    String valuesOf(List<String> names) {
        return names.stream().map(name -> values.getOrDefault(name, "")).collect(Collectors.joining("\0"));
    }

    /** The names of secrets that are too short to be hidden: they would make every text unreadable. */
    public List<String> tooShort() {
        return values.entrySet().stream()
                .filter(e -> !e.getValue().isEmpty() && Masker.tooShort(e.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
