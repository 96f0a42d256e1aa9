package io.jenkins.plugins.sluice.cli.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;

/** A request that has passed the door. One thread has it. */
final class Request {

    /** The most that a form may hold, in bytes. */
    static final int LARGEST_FORM = 64 * 1024;

    private static final String FORM = "application/x-www-form-urlencoded";

    private final HttpExchange exchange;
    private Optional<Matcher> path = Optional.empty();
    private Map<String, String> form = Map.of();

    Request(HttpExchange exchange) {
        this.exchange = exchange;
    }

    String method() {
        return exchange.getRequestMethod();
    }

    /** The path as it was sent. */
    String path() {
        return Objects.requireNonNullElse(exchange.getRequestURI().getRawPath(), "");
    }

    /** A header that may come once only; empty if it does not. */
    Optional<String> header(String name) {
        Headers headers = exchange.getRequestHeaders();
        List<String> values = headers.getOrDefault(name, List.of());
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }

    boolean hasHeader(String name) {
        return exchange.getRequestHeaders().containsKey(name);
    }

    /** All values of the cookies of a name: a browser may have several. */
    List<String> cookies(String name) {
        return exchange.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
                .flatMap(line -> List.of(line.split(";", -1)).stream())
                .map(String::strip)
                .filter(cookie -> cookie.startsWith(name + "="))
                .map(cookie -> cookie.substring(name.length() + 1))
                .toList();
    }

    /** A value of the query; empty if it is not there. */
    Optional<String> query(String name) {
        String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
        return Optional.ofNullable(pairs(query).get(name));
    }

    /** Keeps the values of the variables of its route. */
    void matched(Matcher match) {
        path = Optional.of(match);
    }

    /** The value of a variable of the route. */
    String variable(String name) {
        return path.map(match -> match.group(name)).orElseThrow();
    }

    int number(String name) {
        return Integer.parseInt(variable(name));
    }

    /**
     * Reads the form that is the body.
     *
     * @return why that cannot be done
     */
    Optional<Reply> readForm() throws IOException {
        String type = header("Content-Type").orElse("");
        if (!type.equals(FORM) && !type.startsWith(FORM + ";")) {
            return Optional.of(Reply.text(415, "a form is sent as " + FORM));
        }
        Optional<byte[]> body = body();
        if (body.isEmpty()) {
            return Optional.of(Reply.text(413, "a form may have at most 64 KiB"));
        }
        try {
            form = pairs(new String(body.get(), StandardCharsets.UTF_8));
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(Reply.text(400, "the form cannot be read"));
        }
    }

    /** All headers. */
    Map<String, List<String>> headers() {
        return exchange.getRequestHeaders();
    }

    /** The body, which can be read once; empty if it is larger than a form may be. */
    Optional<byte[]> body() throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LARGEST_FORM + 1);
        return body.length > LARGEST_FORM ? Optional.empty() : Optional.of(body);
    }

    /** A field of the form; empty text if it is not there. */
    String field(String name) {
        return form.getOrDefault(name, "");
    }

    boolean hasField(String name) {
        return form.containsKey(name);
    }

    /** Whether our script has sent it, and wants data instead of a page. */
    boolean wantsData() {
        return header("Accept").filter("application/json"::equals).isPresent();
    }

    private static Map<String, String> pairs(String text) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
                pairs.put(URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8), value);
            }
        }
        return pairs;
    }
}
