package io.jenkins.plugins.sluice.handle;

import java.util.List;
import java.util.Map;

/** Parts of scripts of Sluice: fixed texts, and options whose values come in variables and are used within quotes. */
final class ScriptParts {
    /** A private directory that is gone afterwards. */
    static final String SCRATCH =
            """
            work=$(mktemp -d)
            trap 'rm -rf "$work"' EXIT
            """;

    /** Ends with the word {@code foreign} unless the image in {@code SLUICE_IMAGE} was built in this run. */
    static final String IMAGE_IS_OURS = ours("image", "SLUICE_IMAGE");

    /** Likewise unless the container in {@code SLUICE_CONTAINER} ran in this run. */
    static final String CONTAINER_IS_OURS = ours("container", "SLUICE_CONTAINER");

    private ScriptParts() {}

    private static String ours(String kind, String variable) {
        return """
                label=$(docker %s inspect --format '{{with .Config.Labels}}{{index . "sluice.run"}}{{end}}' "$%s")
                if [ "$label" != "$SLUICE_MARK" ]; then
                  echo foreign
                  exit 0
                fi
                """
                .formatted(kind, variable);
    }

    /** An option with a value in a variable, which is put among those of the call. */
    static String option(String option, String variable, String value, Map<String, String> env) {
        env.put(variable, value);
        return option + "\"$" + variable + "\"";
    }

    /** Options as the words of one command. */
    static String words(List<String> options) {
        return String.join(" ", options.stream().filter(word -> !word.isEmpty()).toList());
    }
}
