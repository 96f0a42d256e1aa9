package io.jenkins.plugins.sluice.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Git's own server behind HTTP on the loopback, with a password. */
final class GitHttp implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Path root;
    private final String expected;

    GitHttp(Path root, String user, String password) throws IOException {
        this.root = root;
        this.expected =
                "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String address(String repository) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + repository;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!expected.equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.getResponseHeaders().set("WWW-Authenticate", "Basic realm=\"charts\"");
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            byte[] said = backend(exchange);
            String text = new String(said, StandardCharsets.ISO_8859_1);
            int body = text.indexOf("\r\n\r\n");
            int status = 200;
            for (String header : text.substring(0, body).split("\r\n", -1)) {
                String[] parts = header.split(": ", 2);
                if (parts[0].equals("Status")) {
                    status = Integer.parseInt(parts[1].substring(0, 3));
                } else {
                    exchange.getResponseHeaders().set(parts[0], parts[1]);
                }
            }
            exchange.sendResponseHeaders(status, 0);
            exchange.getResponseBody().write(said, body + 4, said.length - body - 4);
        }
    }

    private byte[] backend(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        ProcessBuilder builder = new ProcessBuilder("git", "http-backend");
        Map<String, String> environment = builder.environment();
        environment.put("GIT_PROJECT_ROOT", root.toString());
        environment.put("GIT_HTTP_EXPORT_ALL", "1");
        environment.put("REMOTE_USER", "bot");
        environment.put("REQUEST_METHOD", exchange.getRequestMethod());
        environment.put("PATH_INFO", exchange.getRequestURI().getPath());
        String query = exchange.getRequestURI().getQuery();
        environment.put("QUERY_STRING", query == null ? "" : query);
        environment.put("CONTENT_LENGTH", String.valueOf(request.length));
        for (String header : new String[] {"Content-Type", "Content-Encoding", "Git-Protocol"}) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                String name = header.toUpperCase(Locale.ROOT).replace('-', '_');
                environment.put(name.equals("CONTENT_TYPE") ? name : "HTTP_" + name, value);
            }
        }
        Process process = builder.start();
        try (InputStream in = new ByteArrayInputStream(request);
                var out = process.getOutputStream()) {
            in.transferTo(out);
        }
        return process.getInputStream().readAllBytes();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
