package io.jenkins.plugins.sluice.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Talks to the web page without a browser. */
final class WebClient {

    private final String origin;
    private final String cookie;
    private final HttpClient http = HttpClient.newHttpClient();

    private WebClient(String origin, String cookie) {
        this.origin = origin;
        this.cookie = cookie;
    }

    /** Who has opened the address with the token. */
    static WebClient of(WebSample sample) throws Exception {
        HttpResponse<String> reply = new WebClient(sample.origin(), "")
                .get(sample.address().substring(sample.origin().length()));
        String cookie = reply.headers().firstValue("Set-Cookie").orElseThrow();
        return new WebClient(sample.origin(), cookie.substring(0, cookie.indexOf(';')));
    }

    /** Who has not. */
    static WebClient stranger(WebSample sample) {
        return new WebClient(sample.origin(), "");
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(origin + path)).timeout(Duration.ofSeconds(30));
        return cookie.isEmpty() ? builder : builder.header("Cookie", cookie);
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    /** The key that our forms carry. */
    String formKey(String path) throws IOException, InterruptedException {
        Matcher key = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"")
                .matcher(get(path).body());
        if (!key.find()) {
            throw new AssertionError("there is no form at " + path);
        }
        return key.group(1);
    }

    static HttpRequest.Builder form(HttpRequest.Builder request, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(e -> encoded(e.getKey()) + "=" + encoded(e.getValue()))
                .collect(Collectors.joining("&"));
        return request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    /** Sends a form as the page does. */
    HttpResponse<String> post(String path, Map<String, String> fields) throws IOException, InterruptedException {
        return send(form(request(path).header("Origin", origin), fields).build());
    }

    /** Sends these very bytes and returns whatever comes back. */
    String raw(String text) throws IOException {
        URI address = URI.create(origin);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream()
                    .write(text.replace("COOKIE", "Cookie: " + cookie).getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            ByteArrayOutputStream reply = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(reply);
            return reply.toString(StandardCharsets.UTF_8);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
