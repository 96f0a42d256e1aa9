package io.jenkins.plugins.sluice.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.sluice.model.UnfitValueException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What BuildKit is given to build from a Blubber file: the file itself, below a line that names the frontend which
 * understands it.
 */
final class BlubberFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern SYNTAX = Pattern.compile("\\A\\s*#\\s*syntax\\s*=", Pattern.CASE_INSENSITIVE);

    /** The first instruction of a Dockerfile, below comments. */
    private static final Pattern DOCKERFILE =
            Pattern.compile("\\A(\\s*(#[^\\n]*)?\\n)*\\s*(FROM|ARG)\\s", Pattern.CASE_INSENSITIVE);

    private BlubberFile() {}

    /** From what stands in the configuration; JSON is YAML, too. */
    static String of(Map<?, ?> inline, Optional<String> frontend) {
        try {
            return syntax(frontend, "the Blubber file of the stage") + MAPPER.writeValueAsString(inline) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values can always be written", e);
        }
    }

    /** From a file; one that names a frontend, or is a Dockerfile, is taken as it is. */
    static String of(String text, String path, Optional<String> frontend) {
        boolean complete =
                SYNTAX.matcher(text).find() || DOCKERFILE.matcher(text).lookingAt();
        return complete ? text : syntax(frontend, path) + text;
    }

    private static String syntax(Optional<String> frontend, String what) {
        String image = frontend.orElseThrow(() -> new UnfitValueException(
                what + " needs a frontend: name its image in the settings of the site (blubber.frontend)"));
        return "# syntax=" + image + "\n";
    }
}
