package io.jenkins.plugins.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who stays outside of the web page, whatever they try. */
class WebDoorTest {
    @TempDir
    static Path repository;

    private static WebSample sample;
    private static WebClient user;
    private static WebClient stranger;
    private static String gate;

    @BeforeAll
    static void serve() throws Exception {
        sample = WebSample.of(repository, WebSample.CONFIG);
        user = WebClient.of(sample);
        stranger = WebClient.stranger(sample);
        gate = "/runs/1/gates/1";
    }

    @AfterAll
    static void stop() {
        sample.close();
    }

    private static String host() {
        return URI.create(sample.origin()).getAuthority();
    }

    private static Map<String, String> rejection() throws Exception {
        Map<String, String> fields = new HashMap<>();
        fields.put("csrf", user.formKey("/runs/1"));
        fields.put("decision", "reject");
        fields.put("voter", "mallory"); // who would be refused: the run stays as it is
        fields.put("comment", "because");
        return fields;
    }

    private static int votes() throws IOException {
        return sample.run(1).state().stage(1).gate().orElseThrow().ballots().size();
    }

    @Test
    void listensOnTheLoopbackAddressOnly() {
        assertThat(sample.address()).startsWith("http://127.0.0.1:");
    }

    @Test
    void tokenIsExchangedForACookieAndLeavesTheAddress() throws Exception {
        HttpResponse<String> reply =
                stranger.get(sample.address().substring(sample.origin().length()));
        assertThat(reply.statusCode()).isEqualTo(303);
        assertThat(reply.headers().firstValue("Location")).contains("/");
        assertThat(reply.headers().firstValue("Set-Cookie").orElseThrow())
                .matches("sluice-\\d+=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Strict");
        assertThat(sample.address()).matches(".*\\?token=[A-Za-z0-9_-]{43}");
        String token = sample.address().substring(sample.address().indexOf('=') + 1);
        assertThat(reply.headers().firstValue("Set-Cookie").orElseThrow()).doesNotContain(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/runs/1", "/runs/1/parts", "/style.css", "/app.js", "/runs/1/plan.svg", "/nothing"})
    void withoutTheCookieThereIsNothing(String path) throws Exception {
        HttpResponse<String> reply = stranger.get(path);
        assertThat(reply.statusCode()).isEqualTo(403);
        assertThat(reply.body()).contains("open the address with the token").doesNotContain("api");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?token=wrong", "/?token=", "/runs/1?token=wrong"})
    void wrongTokenIsNoToken(String path) throws Exception {
        HttpResponse<String> reply = stranger.get(path);
        assertThat(reply.statusCode()).isEqualTo(403);
        assertThat(reply.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void wrongCookieIsNoCookie() throws Exception {
        String name = "sluice-" + URI.create(sample.origin()).getPort();
        HttpRequest request =
                stranger.request("/").header("Cookie", name + "=wrong; other=x").build();
        assertThat(stranger.send(request).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1", "127.0.0.1:1", "localhost", "[::1]:80", ""})
    void otherNamesOfThisServerAreRefused(String name) throws Exception {
        String reply = user.raw("GET / HTTP/1.1\r\nHost: " + name + "\r\nCOOKIE\r\nConnection: close\r\n\r\n");
        assertThat(reply)
                .startsWith("HTTP/1.1 403")
                .contains("has the name 127.0.0.1:")
                .doesNotContain("Runs");
    }

    @Test
    void rightNamesAreNotRefused() throws Exception {
        int port = URI.create(sample.origin()).getPort();
        for (String name : List.of("127.0.0.1:" + port, "localhost:" + port)) {
            String reply = user.raw("GET / HTTP/1.1\r\nHost: " + name + "\r\nCOOKIE\r\nConnection: close\r\n\r\n");
            assertThat(reply).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void twoHostsAreNoHost() throws Exception {
        String reply = user.raw("GET / HTTP/1.1\r\nHost: " + host() + "\r\nHost: evil.example\r\nCOOKIE\r\n"
                + "Connection: close\r\n\r\n");
        assertThat(reply).doesNotStartWith("HTTP/1.1 200");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TRACE", "PUT", "DELETE", "OPTIONS", "PATCH", "CONNECT", "BREW"})
    void otherMethodsAreRefused(String method) throws Exception {
        String reply = user.raw(
                method + " / HTTP/1.1\r\nHost: " + host() + "\r\nCOOKIE\r\nX-Mine: y\r\nConnection: close\r\n\r\n");
        assertThat(reply)
                .startsWith("HTTP/1.1 405")
                .contains("Allow: GET, HEAD, POST")
                .doesNotContain("X-Mine");
    }

    @Test
    void headHasNoBodyAndPagesTakeNoPost() throws Exception {
        HttpRequest head = user.request("/")
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(user.send(head).statusCode()).isEqualTo(200);
        assertThat(user.send(head).body()).isEmpty();
        assertThat(user.post("/runs/1", rejection()).statusCode()).isEqualTo(405);
        assertThat(user.get(gate).statusCode()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "http://127.0.0.1:1", "https://127.0.0.1", "", "null"})
    void formsFromElsewhereAreRefused(String origin) throws Exception {
        int before = votes();
        HttpRequest request = WebClient.form(user.request(gate).header("Origin", origin), rejection())
                .build();
        assertThat(user.send(request).statusCode()).isEqualTo(403);
        assertThat(votes()).isEqualTo(before);
    }

    @Test
    void withoutOriginTheBrowserMustSayThatItIsOurPage() throws Exception {
        int before = votes();
        HttpRequest silent = WebClient.form(user.request(gate), rejection()).build();
        assertThat(user.send(silent).statusCode()).isEqualTo(403);
        for (String site : List.of("cross-site", "same-site", "none")) {
            HttpRequest foreign = WebClient.form(user.request(gate).header("Sec-Fetch-Site", site), rejection())
                    .build();
            assertThat(user.send(foreign).statusCode()).isEqualTo(403);
        }
        assertThat(votes()).isEqualTo(before);
        for (String origin : List.of("", "null")) {
            HttpRequest.Builder own = user.request(gate).header("Sec-Fetch-Site", "same-origin");
            HttpRequest request = WebClient.form(origin.isEmpty() ? own : own.header("Origin", origin), rejection())
                    .build();
            assertThat(user.send(request).statusCode()).isEqualTo(200);
        }
        assertThat(votes()).isEqualTo(before + 2);
    }

    @Test
    void formsWithoutOurKeyAreRefused() throws Exception {
        int before = votes();
        Map<String, String> fields = rejection();
        fields.remove("csrf");
        assertThat(user.post(gate, fields).statusCode()).isEqualTo(403);
        fields.put("csrf", "wrong");
        assertThat(user.post(gate, fields).statusCode()).isEqualTo(403);
        assertThat(stranger.post(gate, rejection()).statusCode()).isEqualTo(403);
        assertThat(votes()).isEqualTo(before);
    }

    @Test
    void onlyFormsAreRead() throws Exception {
        HttpRequest json = user.request(gate)
                .header("Origin", sample.origin())
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("csrf=x"))
                .build();
        assertThat(user.send(json).statusCode()).isEqualTo(415);
        HttpRequest torn = user.request(gate)
                .header("Origin", sample.origin())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("csrf=%zz"))
                .build();
        assertThat(user.send(torn).statusCode()).isEqualTo(400);
    }

    @Test
    void largeFormsAreRefused() throws Exception {
        int before = votes();
        Map<String, String> fields = rejection();
        fields.put("comment", "x".repeat(70_000));
        assertThat(user.post(gate, fields).statusCode()).isEqualTo(413);
        assertThat(votes()).isEqualTo(before);
    }

    @Test
    void everyReplyCarriesTheRulesForBrowsers() throws Exception {
        for (String path : List.of("/", "/runs/1", "/nothing", "/app.js")) {
            var headers = user.get(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy"))
                    .contains("default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self';"
                            + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).contains("same-origin");
            assertThat(headers.firstValue("Cache-Control")).contains("no-store");
        }
        assertThat(user.get("/runs/1/plan.svg")
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow())
                .startsWith("default-src 'none'; style-src 'unsafe-inline';")
                .endsWith("sandbox");
    }

    @Test
    void slowClientsDoNotKeepOthersFromTheirPages() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 20; i++) {
                Socket socket = new Socket(
                        InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                        URI.create(sample.origin()).getPort());
                socket.getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            Instant start = Instant.now();
            assertThat(user.get("/").statusCode()).isEqualTo(200);
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }
}
