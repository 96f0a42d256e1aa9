package io.jenkins.plugins.sluice.cli.web;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is done for some requests.
 *
 * @param method {@code GET} (which is {@code HEAD}, too) or {@code POST}
 * @param pattern the path as it is sent, with {@code {run}}, {@code {stage}} and {@code {digest}} for numbers and digests, and
 *     {@code {token}} for a word of letters, digits, {@code -} and {@code _}; nothing else matches anything
 * @param session whether it is only for who has the cookie; a {@code POST} then needs the key of our forms, too
 */
record Route(String method, String pattern, boolean session, Handler handler) {

    private static final Map<String, String> VARIABLES = Map.of(
            "run", "[1-9][0-9]{0,8}",
            "stage", "(?:0|[1-9][0-9]{0,6})",
            "digest", "[0-9a-f]{64}",
            "token", "[A-Za-z0-9_-]{1,200}");

    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z]+)}");

    /** Does it. */
    @FunctionalInterface
    interface Handler {
        Reply handle(Request request) throws IOException;
    }

    /** For who looks. */
    static Route get(String pattern, Handler handler) {
        return new Route("GET", pattern, true, handler);
    }

    /** For who sends one of our forms. */
    static Route post(String pattern, Handler handler) {
        return new Route("POST", pattern, true, handler);
    }

    /** What the path is held against. */
    Pattern regex() {
        StringBuilder regex = new StringBuilder();
        Matcher variables = VARIABLE.matcher(pattern);
        int end = 0;
        while (variables.find()) {
            regex.append(Pattern.quote(pattern.substring(end, variables.start())));
            String name = variables.group(1);
            regex.append("(?<")
                    .append(name)
                    .append('>')
                    .append(VARIABLES.get(name))
                    .append(')');
            end = variables.end();
        }
        return Pattern.compile(
                regex.append(Pattern.quote(pattern.substring(end))).toString());
    }

    boolean takes(String sent) {
        return method.equals(sent) || (method.equals("GET") && sent.equals("HEAD"));
    }
}
