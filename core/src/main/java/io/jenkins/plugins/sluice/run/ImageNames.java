package io.jenkins.plugins.sluice.run;

import io.jenkins.plugins.sluice.model.UnfitValueException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The rules for names and tags of published images, and for paths of files copied out of containers. */
final class ImageNames {
    /** A repository's name, by the distribution specification of the Open Container Initiative. */
    private static final Pattern NAME =
            Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");

    private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,127}");

    private ImageNames() {}

    /**
     * A name by PipelineLib's rules: lower case, hyphens for slashes, and beginning with the name of the project, so that no
     * project publishes over another.
     */
    static String ofProject(String name, String project) {
        String wanted = plain(name);
        String full = plain(project);
        String brief = plain(project.substring(project.lastIndexOf('/') + 1));
        boolean own = List.of(full, brief).stream()
                .anyMatch(prefix -> wanted.equals(prefix) || wanted.startsWith(prefix + "-"));
        if (!own) {
            throw new UnfitValueException("the image name '" + wanted + "' does not begin with that of the project: '"
                    + full + "' or '" + brief + "'");
        }
        return checked(wanted);
    }

    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replace('/', '-');
    }

    /** A name that a registry takes. */
    static String checked(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new UnfitValueException("'" + name
                    + "' is no name of an image: lower-case letters, digits, '.', '_', '-'" + " and '/' between them");
        }
        return name;
    }

    /** The tags to push, without empty ones and repetitions; the first is the main one. */
    static List<String> tags(List<String> written, boolean pipelineLib) {
        List<String> tags = written.stream()
                .map(tag -> pipelineLib ? plain(tag) : tag)
                .filter(tag -> !tag.isBlank())
                .distinct()
                .toList();
        if (tags.isEmpty()) {
            throw new UnfitValueException("no tag is left to publish under: all are empty");
        }
        tags.stream().filter(tag -> !TAG.matcher(tag).matches()).findFirst().ifPresent(tag -> {
            throw new UnfitValueException(
                    "'" + tag + "' is no tag of an image: letters, digits, '_', '.' and '-', at most 128");
        });
        return tags;
    }

    /** A destination made relative, with steps upwards resolved at the top at the latest. */
    static String inside(String path) {
        Deque<String> steps = new ArrayDeque<>();
        for (String step : path.split("/", -1)) {
            if (step.equals("..")) {
                steps.pollLast();
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return String.join("/", steps);
    }
}
