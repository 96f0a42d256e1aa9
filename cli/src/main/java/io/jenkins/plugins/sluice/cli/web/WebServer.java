package io.jenkins.plugins.sluice.cli.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.jenkins.plugins.sluice.report.Masker;
import io.jenkins.plugins.sluice.workspace.FileErrors;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Shows runs and takes decisions, on the loopback address of this machine, until it is closed. */
public final class WebServer implements AutoCloseable {

    private static final int THREADS = 32;

    /** An open page asks once a second. */
    private static final Duration LOOKING = Duration.ofMillis(1_500);

    private static final String CSP = "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self';"
            + " connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private final HttpServer server;
    private final ExecutorService threads;
    private final Door door;
    private final Routes routes;
    private final Workers workers;
    private final Masker masker;
    private final Path answerBase;
    private volatile long asked = System.nanoTime() - Duration.ofDays(1).toNanos();

    private WebServer(HttpServer server, WebSettings settings) {
        this.server = server;
        this.threads = threads();
        this.door = new Door(Keys.random(), server.getAddress().getPort());
        this.workers = new Workers(settings);
        this.masker = settings.masker();
        this.answerBase = settings.state().answerBaseFile();
        this.routes = new Routes(new Pages(settings, workers, door.formKey()).routes());
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    /**
     * Starts to answer.
     *
     * @throws java.net.BindException if the port is not free
     */
    public static WebServer start(WebSettings settings) throws IOException {
        // Seconds; the server reads them when its class is loaded. Who sends or takes bytes too slowly is cut off.
        limit("sun.net.httpserver.maxReqTime", "10");
        limit("sun.net.httpserver.maxRspTime", "300");
        limit("sun.net.httpserver.idleInterval", "30");
        limit("sun.net.httpserver.nodelay", "true");
        InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, settings.port()), 64);
        WebServer web = new WebServer(server, settings);
        server.start();
        Files.writeString(web.answerBase, web.base());
        return web;
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "\n";
    }

    private static void limit(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /** No request can take them all: slow ones end after some seconds, and idle connections need none. */
    private static ExecutorService threads() {
        ThreadPoolExecutor threads =
                new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "sluice-web");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** The address to open in a browser, with the token that lets in whoever has it. */
    public String address(String path) {
        return door.address(path);
    }

    /** If somebody looks, waits until they have seen what there is now. */
    public void letSeeTheEnd() {
        try {
            if (Duration.ofNanos(System.nanoTime() - asked).compareTo(LOOKING) < 0) {
                TimeUnit.NANOSECONDS.sleep(LOOKING.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes no more requests, and waits for the runs that it goes on with. */
    @Override
    public void close() {
        try {
            // Another server may have taken its place.
            if (Files.exists(answerBase) && Files.readString(answerBase).equals(base())) {
                Files.delete(answerBase);
            }
        } catch (IOException e) {
            System.getLogger(WebServer.class.getName())
                    .log(System.Logger.Level.WARNING, "{0} is left over", answerBase);
        }
        server.stop(0);
        threads.shutdownNow();
        workers.await();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked = System.nanoTime();
            Request request = new Request(exchange);
            Reply reply;
            try {
                reply = reply(request);
            } catch (IOException e) {
                reply = broken("something cannot be read or written: " + FileErrors.words(e));
            } catch (RuntimeException | StackOverflowError e) {
                reply = broken("internal error: " + e);
            }
            send(exchange, request, reply);
        }
    }

    private Reply broken(String why) {
        return Reply.text(500, masker.mask(why));
    }

    private Reply reply(Request request) throws IOException {
        Optional<Reply> refused = door.refuse(request);
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<Route> route = routes.find(request);
        if (route.isPresent() && !route.get().session()) {
            return route.get().handler().handle(request);
        }
        refused = route.filter(r -> r.method().equals("GET")).flatMap(r -> door.exchange(request));
        if (refused.isEmpty()) {
            refused = door.refuseStranger(request);
        }
        if (refused.isEmpty() && request.method().equals("POST")) {
            refused = request.readForm();
            if (refused.isEmpty()) {
                refused = door.refuseForeign(request);
            }
        }
        if (refused.isPresent()) {
            return refused.get();
        }
        return route.isPresent() ? route.get().handler().handle(request) : routes.missing(request);
    }

    private static void send(HttpExchange exchange, Request request, Reply reply) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Security-Policy", CSP);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
        reply.headers().forEach(headers::set);
        if (reply.status() >= 400) {
            headers.set("Connection", "close"); // a body that nobody has read must not be taken for the next request
        }
        boolean silent = request.method().equals("HEAD") || reply.length() == 0 || reply.status() == 304;
        if (silent) {
            if (request.method().equals("HEAD") && reply.length() >= 0) {
                headers.set("Content-Length", String.valueOf(reply.length()));
            }
            exchange.sendResponseHeaders(reply.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(reply.status(), reply.length() < 0 ? 0 : reply.length());
        try (OutputStream out = exchange.getResponseBody()) {
            reply.body().to(out);
        }
    }
}
