package io.jenkins.plugins.sluice.config;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * The kind of a plain scalar by YAML 1.2's core schema ({@code yes}, {@code on} and {@code 0777} are texts and numbers as
 * written, not booleans and octals), which is also how JSON Schema validators in editors see the file.
 */
final class ScalarKinds {
    private static final Set<String> NOTHING = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> BOOLEAN = Set.of("true", "True", "TRUE", "false", "False", "FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private ScalarKinds() {}

    static ConfigScalar.Kind of(String text) {
        if (NOTHING.contains(text)) {
            return ConfigScalar.Kind.NOTHING;
        }
        char first = text.charAt(0);
        if (Character.isLetter(first)) {
            return BOOLEAN.contains(text) ? ConfigScalar.Kind.BOOLEAN : ConfigScalar.Kind.TEXT;
        }
        if (INTEGER.matcher(text).matches()) {
            return ConfigScalar.Kind.INTEGER;
        }
        return DECIMAL.matcher(text).matches() ? ConfigScalar.Kind.DECIMAL : ConfigScalar.Kind.TEXT;
    }
}
