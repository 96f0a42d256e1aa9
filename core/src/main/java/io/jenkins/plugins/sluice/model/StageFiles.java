package io.jenkins.plugins.sluice.model;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which paths below the top of the repository a stage names. What a script does to files that nobody names cannot be seen;
 * where the workspace is shared, a script is taken to use all of it.
 */
final class StageFiles {
    private static final String TOP = ".";

    /** What may be a path within a command. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.@%+~/-]+");

    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{$]");

    private StageFiles() {}

    /** The paths that it leaves for others: artifacts and copies, or where all is shared what a script may write. */
    static Set<String> written(Stage stage, boolean shared) {
        Set<String> paths = new LinkedHashSet<>();
        String directory = stage.settings().directory();
        stage.keeps().artifacts().forEach(pattern -> add(paths, directory, fixedPart(pattern.toString())));
        for (Action action : stage.work().actions()) {
            if (action.kind() == Action.Kind.COPY) {
                items(action.settings().written()).stream()
                        .filter(item -> shared || isArchived(item))
                        .forEach(item -> add(paths, directory, fixedPart(text(item, "destination"))));
            }
        }
        if (shared && hasScript(stage)) {
            paths.add(TOP);
        }
        return paths;
    }

    /** The paths that its script, its environment and its builds name. */
    static Set<String> read(Stage stage, boolean shared) {
        Set<String> paths = new LinkedHashSet<>();
        String directory = stage.settings().directory();
        stage.work().steps().flatMap(s -> s.script()).ifPresent(script -> {
            script.commands().forEach(command -> words(paths, directory, command.toString()));
            stage.settings().env().values().forEach(value -> words(paths, directory, value.toString()));
            if (shared) {
                paths.add(TOP);
            }
        });
        for (Action action : stage.work().actions()) {
            if (action.kind() == Action.Kind.BUILD) {
                items(action.settings().written()).forEach(item -> {
                    add(paths, directory, fixedPart(text(item, "context")));
                    add(paths, directory, fixedPart(text(item, "dockerfile")));
                });
            }
        }
        return paths;
    }

    private static boolean hasScript(Stage stage) {
        return stage.work().steps().flatMap(s -> s.script()).isPresent();
    }

    private static void words(Set<String> paths, String directory, String text) {
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            String word = matcher.group();
            add(paths, directory, word.contains("...") ? TOP : word);
            if (!directory.equals(TOP)) {
                add(paths, TOP, word);
            }
        }
    }

    private static void add(Set<String> paths, String directory, Optional<String> path) {
        path.ifPresent(p -> add(paths, directory, p));
    }

    private static void add(Set<String> paths, String directory, String path) {
        RepoPath.resolve(directory, path).ifPresent(paths::add);
    }

    /** The directory that a pattern begins with; the path itself without a wildcard; empty if there is no path. */
    private static Optional<String> fixedPart(String pattern) {
        if (pattern.isEmpty()) {
            return Optional.empty();
        }
        Matcher wildcard = WILDCARD.matcher(pattern);
        if (!wildcard.find()) {
            return Optional.of(pattern);
        }
        int slash = pattern.lastIndexOf('/', wildcard.start());
        return Optional.of(slash < 0 ? TOP : pattern.substring(0, slash));
    }

    private static List<?> items(@Nullable Object written) {
        return written instanceof List<?> list ? list : written == null ? List.of() : List.of(written);
    }

    private static boolean isArchived(@Nullable Object copy) {
        return copy instanceof Map<?, ?> map && !Value.isFalsy(map.get("archive"));
    }

    private static String text(@Nullable Object item, String key) {
        return item instanceof Map<?, ?> map && map.get(key) instanceof String text ? text : "";
    }
}
