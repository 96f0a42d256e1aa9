package io.jenkins.plugins.sluice.cli.engine;

import io.jenkins.plugins.sluice.cli.process.Ending;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an engine's program said, and how it ended.
 *
 * @param lines the last ones, with its warnings among them
 */
record Answer(Ending ending, List<String> lines) {

    /** What a wanted line begins with, to tell it from warnings. */
    static final String MARK = "sluice ";

    /** What the programs add to every complaint. */
    private static final Pattern SEE_HELP = Pattern.compile("(See|Run) '.* --help'.*");

    boolean isYes() {
        return ending.isSuccess();
    }

    /** The values that were asked for: what comes after the mark. */
    List<String> values() {
        return lines.stream()
                .filter(line -> line.startsWith(MARK))
                .map(line -> line.substring(MARK.length()).strip())
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** The first of them. */
    Optional<String> value() {
        return values().stream().findFirst();
    }

    /** The line that most likely says what went wrong. */
    String words() {
        List<String> spoken = lines.stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !SEE_HELP.matcher(line).matches())
                .toList();
        Optional<String> error = spoken.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).contains("error"))
                .reduce((first, last) -> last);
        return error.orElse(spoken.isEmpty() ? "it does not say why" : spoken.get(spoken.size() - 1));
    }
}
