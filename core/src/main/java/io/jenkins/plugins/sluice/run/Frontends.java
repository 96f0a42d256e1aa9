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
    /** A directive: a comment before everything else. */
    private static final Pattern DIRECTIVE =
            Pattern.compile("\\s*(?:#|//)\\s*syntax\\s*=\\s*(\\S+).*", Pattern.CASE_INSENSITIVE);

    private static final Pattern PROPERTY =
            Pattern.compile("\"syntax\"\\s*:\\s*\"([^\"]*)\"", Pattern.CASE_INSENSITIVE);
    private static final Pattern COMMENT = Pattern.compile("\\s*((#|//).*)?");
    private static final String ARGUMENT = "BUILDKIT_SYNTAX";

    private Frontends() {}

    /** Refuses a build by an image that the policy does not allow. */
    static void check(String dockerfile, Map<String, String> arguments, StageContext context) {
        Policy policy = context.values.policy();
        List<String> images = new ArrayList<>(of(dockerfile));
        arguments.forEach((name, image) -> {
            if (name.equals(ARGUMENT)) {
                images.add(image);
            }
        });
        context.site.blubberFrontend().ifPresent(own -> images.removeIf(own::equals));
        images.stream()
                .filter(image -> !policy.allowsFrontend(image))
                .findFirst()
                .ifPresent(image -> {
                    throw new UnfitValueException("the policy does not allow the frontend '" + image + "'; "
                            + Policy.allowed(policy.frontends()));
                });
    }

    private static List<String> of(String dockerfile) {
        List<String> images = new ArrayList<>();
        String text = dockerfile.startsWith("\uFEFF") ? dockerfile.substring(1) : dockerfile;
        if (text.stripLeading().startsWith("{")) {
            PROPERTY.matcher(text).results().forEach(found -> images.add(found.group(1)));
        }
        for (String line : text.split("\\R", -1)) {
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
}
