package io.jenkins.plugins.sluice.config;

import io.jenkins.plugins.sluice.problem.Place;
import io.jenkins.plugins.sluice.problem.Problem;
import io.jenkins.plugins.sluice.problem.ProblemCode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lexical rules of single values: names, durations and paths. */
public final class Words {
    static final String NAME_PATTERN = "[A-Za-z0-9][A-Za-z0-9._-]*";
    static final String ENV_NAME_PATTERN = "[A-Za-z_][A-Za-z0-9_]*";
    static final String DURATION_PATTERN = "[0-9]{1,9}(s|m|h|d)";

    private static final Pattern NAME = Pattern.compile(NAME_PATTERN);
    private static final Pattern ENV_NAME = Pattern.compile(ENV_NAME_PATTERN);
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(s|m|h|d)");

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,6})(B|KiB|MiB|GiB|TiB)");

    private Words() {}

    static Optional<Problem> problem(String word, Shape.TextKind kind, Place place) {
        return switch (kind) {
            case NAME ->
                NAME.matcher(word).matches()
                        ? Optional.empty()
                        : Optional.of(ProblemCode.INVALID_NAME.at(place, word, "name"));
            case ENV_NAME ->
                ENV_NAME.matcher(word).matches()
                        ? Optional.empty()
                        : Optional.of(ProblemCode.INVALID_VALUE.at(
                                place, word, "names of environment variables have letters, digits and '_' only"));
            case DURATION ->
                duration(word).isPresent()
                        ? Optional.empty()
                        : Optional.of(ProblemCode.INVALID_DURATION.at(place, word));
            case PATH, GLOB -> pathProblem(word, place);
            case TEXT, BOOLEAN, INTEGER, COUNT -> Optional.empty();
        };
    }

    private static Optional<Problem> pathProblem(String word, Place place) {
        if (word.isBlank()) {
            return Optional.of(ProblemCode.EMPTY_VALUE.at(place, "the path", "write '.' for the directory itself"));
        }
        boolean bad = word.startsWith("/") || word.startsWith("~") || word.indexOf('\0') >= 0 || word.contains("\\");
        return bad ? Optional.of(ProblemCode.PATH_OUTSIDE.at(place, word)) : Optional.empty();
    }

    /** {@code 90s}, {@code 30m}, {@code 2h} or {@code 2d}; empty if the text is none of these. */
    public static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }

    /** Bytes: {@code 800B}, {@code 500KiB}, {@code 10MiB} or {@code 2GiB}; empty if the text is none of these. */
    public static Optional<Long> size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "B" -> number;
                    case "KiB" -> number << 10;
                    case "MiB" -> number << 20;
                    case "GiB" -> number << 30;
                    default -> number << 40;
                });
    }
}
