package io.jenkins.plugins.sluice.cli;

import io.jenkins.plugins.sluice.config.Words;
import io.jenkins.plugins.sluice.problem.Suggestion;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.TypeConversionException;

/** The kinds of options that the commands use. */
final class Options {

    private Options() {}

    /** {@code --name LABEL}: one text. */
    static OptionSpec text(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build();
    }

    /** {@code --name LABEL}, as often as the user likes. */
    static OptionSpec texts(String name, String label, String description) {
        return OptionSpec.builder(name)
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("1")
                .description(description)
                .build();
    }

    /** {@code --name KEY=VALUE}, as often as the user likes. */
    static OptionSpec pairs(String name, String description) {
        return OptionSpec.builder(name)
                .paramLabel("NAME=VALUE")
                .type(Map.class)
                .auxiliaryTypes(String.class, String.class)
                .arity("1")
                .description(description)
                .build();
    }

    /** {@code --name}: yes if it is there. */
    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    /** {@code --name N}: a whole number of at least {@code least}. */
    static OptionSpec number(int least, String description, String... names) {
        return number(least, Integer.MAX_VALUE, description, names);
    }

    /** The same with a largest number. */
    static OptionSpec number(int least, int most, String description, String... names) {
        ITypeConverter<Integer> converter = text -> between(least, most, text);
        return OptionSpec.builder(names)
                .paramLabel("N")
                .type(Integer.class)
                .converters(converter)
                .description(description)
                .build();
    }

    /** {@code --name a|b|c}: one of a few words; the first is the default. */
    static OptionSpec choice(String name, String description, String... words) {
        ITypeConverter<String> converter = text -> oneOf(List.of(words), text);
        return OptionSpec.builder(name)
                .paramLabel(String.join("|", words))
                .type(String.class)
                .converters(converter)
                .defaultValue(words[0])
                .description(description)
                .build();
    }

    /** The number of bytes that the user means. */
    static long size(String option, String text) {
        return Words.size(text)
                .orElseThrow(() -> new UsageException(
                        option + ": '" + text + "' is no size; give a number and a unit: 500KiB, 10MiB or 2GiB"));
    }

    /** One argument without a name, or none. */
    static PositionalParamSpec argument(String label, String arity, String description) {
        return argument(label, arity, description, 0);
    }

    /** The same at another position. */
    static PositionalParamSpec argument(String label, String arity, String description, int position) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .type(arity.endsWith("*") ? List.class : String.class)
                .auxiliaryTypes(String.class)
                .arity(arity)
                .required(arity.equals("1"))
                .index(arity.endsWith("*") ? position + "..*" : String.valueOf(position))
                .description(description)
                .build();
    }

    private static int between(int least, int most, String text) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, like a number that is too small
        }
        String limit = most == Integer.MAX_VALUE ? "" : " and at most " + most;
        throw new TypeConversionException("'" + text + "' is not a whole number of at least " + least + limit);
    }

    private static String oneOf(List<String> words, String text) {
        if (words.contains(text)) {
            return text;
        }
        String hint = Suggestion.nearest(text, words)
                .map(word -> "; did you mean '" + word + "'?")
                .orElse("");
        throw new TypeConversionException("'" + text + "' is none of " + String.join(", ", words) + hint);
    }
}
