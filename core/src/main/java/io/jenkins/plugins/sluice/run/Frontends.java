package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.Policy;
import io.jenkins.plugins.sluice.model.UnfitValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the images that would turn a file into a build, in all the ways in which BuildKit lets a file name one. */
final class Frontends {
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.DOTALL;

    /** A directive: a comment before everything else. */
    private static final Pattern DIRECTIVE = Pattern.compile("\\s*(?:#|//)\\s*syntax\\s*=\\s*(\\S+).*", FLAGS);

    /** Looks ahead, so that what looks like one cannot swallow the beginning of another. */
    private static final Pattern PROPERTY = Pattern.compile("(?=\"syntax\"\\s*:\\s*\"([^\"]*)\")", FLAGS);

    private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");
    private static final Pattern COMMENT = Pattern.compile("\\s*((#|//).*)?", FLAGS);
    private static final Pattern SHEBANG = Pattern.compile("\\A#![^\\n]*");
    private static final String ARGUMENT = "BUILDKIT_SYNTAX";
    private static final Pattern ARGUMENT_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private Frontends() {}

    /** Refuses a build by an image that the policy does not allow. */
    static void check(String dockerfile, Map<String, String> arguments, StageContext context) {
        List<String> images = new ArrayList<>(of(dockerfile));
        arguments.forEach((name, value) -> {
            if (!ARGUMENT_NAME.matcher(name).matches()) {
                throw new UnfitValueException("'" + name + "' is no name of a build argument");
            }
            if (name.equals(ARGUMENT)) {
                images.add(value.strip().split("\\s", 2)[0]);
            }
        });
        context.site.blubberFrontend().ifPresent(own -> images.removeIf(own::equals));
        images.forEach(image -> context.checkAllowed(Policy.Kind.FRONTEND, image));
    }

    private static List<String> of(String dockerfile) {
        List<String> images = new ArrayList<>();
        String text = dockerfile.startsWith("\uFEFF") ? dockerfile.substring(1) : dockerfile;
        String data = SHEBANG.matcher(text).replaceFirst("").stripLeading();
        if (data.startsWith("{")) {
            PROPERTY.matcher(plain(data)).results().forEach(found -> images.add(found.group(1)));
        }
        // What ends a line for BuildKit: anything else that looks like an end would hide the lines below it.
        for (String line : text.split("\n", -1)) {
            if (!COMMENT.matcher(line).matches()) {
                break;
            }
            Matcher directive = DIRECTIVE.matcher(line);
            if (directive.matches()) {
                images.add(directive.group(1));
            }
        }
        return images;
    }

    /** The text of JSON without the escapes that any of its letters may be written as. */
    private static String plain(String json) {
        return ESCAPE.matcher(json)
                .replaceAll(
                        found -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(found.group(1), 16))));
    }
}
