package io.jenkins.plugins.sluice.config;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/** How a text is written so that every reader of YAML, of 1.1 or 1.2, takes it for that text and not for a number. */
final class YamlScalar {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.+/@-]*");
    private static final Pattern NUMBER = Pattern.compile(
            "[0-9][0-9_]*(\\.[0-9_]*)?([eE][-+]?[0-9]+)?|0[oxb][0-9A-Fa-f_]+", Pattern.CASE_INSENSITIVE);

    private YamlScalar() {}

    /** With the quotes that were there before, if there were any. */
    static String written(String value, ScalarStyle style) {
        if (value.codePoints().anyMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029)) {
            return inDoubleQuotes(value);
        }
        return switch (style) {
            case DOUBLE_QUOTED -> inDoubleQuotes(value);
            case SINGLE_QUOTED -> inSingleQuotes(value);
            default -> canBePlain(value) ? value : inSingleQuotes(value);
        };
    }

    static String key(String name) {
        return written(name, ScalarStyle.PLAIN);
    }

    private static boolean canBePlain(String value) {
        return PLAIN.matcher(value).matches()
                && !NUMBER.matcher(value).matches()
                && new Resolver().resolve(NodeId.scalar, value, true).equals(Tag.STR);
    }

    private static String inSingleQuotes(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static String inDoubleQuotes(String value) {
        StringBuilder text = new StringBuilder("\"");
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                text.append('\\').appendCodePoint(c);
            } else if (Character.isISOControl(c) || c == 0x2028 || c == 0x2029) {
                text.append(String.format("\\u%04x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.append('"').toString();
    }
}
